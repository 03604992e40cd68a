import { defineFormat, type FormatDefinition } from '@velostream/core/connect';
import { jsonlDecoder } from './jsonl-decoder.ts';
import { jsonlEncoder } from './jsonl-encoder.ts';
import { inferJsonl } from './jsonl-infer.ts';
import { JSONL_OPTIONS, type JsonlOptions } from './jsonl-options.ts';

/**
 * One JSON object per line. Keys may come in any order and be missing (NULL); the last of equal keys wins; integers of 64 bits
 * and declared decimals are exact. A line that is no JSON object is reported with its number. Values of columns that a
 * query does not read are passed over without being checked character by character.
 */
export const jsonl = (): FormatDefinition<JsonlOptions> =>
  defineFormat<JsonlOptions>({
    name: 'jsonl',
    aliases: ['jsonlines', 'ndjson', 'json_lines'],
    extensions: ['jsonl', 'ndjson'],
    options: JSONL_OPTIONS,
    infer: inferJsonl,
    decoder: jsonlDecoder,
    encoder: jsonlEncoder,
  });
