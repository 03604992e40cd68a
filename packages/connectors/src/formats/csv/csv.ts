import { defineFormat, type FormatDefinition } from '@velostream/core/connect';
import { csvDecoder } from './csv-decoder.ts';
import { csvEncoder } from './csv-encoder.ts';
import { inferCsv } from './csv-infer.ts';
import { CSV_OPTIONS, type CsvOptions } from './csv-options.ts';

/**
 * Comma-separated values as in RFC 4180, with any one-character delimiter, quote and escape. Empty fields are NULL, `""` is
 * the empty string. A record that does not fit is reported with its number and never dropped silently.
 */
export const csv = (): FormatDefinition<CsvOptions> =>
  defineFormat<CsvOptions>({
    name: 'csv',
    aliases: ['text/csv'],
    extensions: ['csv', 'tsv'],
    options: CSV_OPTIONS,
    infer: inferCsv,
    decoder: csvDecoder,
    encoder: csvEncoder,
  });
