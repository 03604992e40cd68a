import type { Encoder } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { type Field, type RecordBatch, type Scalar, scalarAt, textWriter } from '@velostream/core/connect/formats';
import { csvDialect } from './csv-dialect.ts';
import type { CsvOptions } from './csv-options.ts';

/**
 * Encoder of CSV that `csv().decoder` reads back. NULL is an empty field, the empty string is `""`, decimals have all digits of
 * their scale, a non-finite FLOAT is empty. Formulas are data like any other: nothing is put before `=` or `+`.
 */
export function csvEncoder(fields: readonly Field[], options: CsvOptions): Encoder {
  const { delimiter, quote, escape: escaper } = csvDialect(options);
  const comma = String.fromCharCode(delimiter);
  const q = quote < 0 ? '' : String.fromCharCode(quote);
  const before = String.fromCharCode(Math.max(0, escaper));
  const utf8 = new TextEncoder();
  const mustQuote = (text: string): boolean =>
    text === '' ||
    text.includes(comma) ||
    text.includes('\n') ||
    text.includes('\r') ||
    (q !== '' && text.includes(q)) ||
    text.includes('\uFEFF');
  const quoted = (text: string): string => {
    const inner = before === q ? text.replaceAll(q, q + q) : text.replaceAll(before, before + before).replaceAll(q, before + q);
    return q + inner + q;
  };
  const written = (name: string, text: string): string => {
    if (!mustQuote(text)) return text;
    if (q === '')
      throw connectorError('VS4404', { column: name, type: 'STRING with delimiters or line ends', format: 'csv without quotes' });
    return quoted(text);
  };
  const writers = fields.map((field) => {
    const write = textWriter(field.type);
    return (value: Scalar): string => {
      const text = value === null ? undefined : write(value);
      return text === undefined ? '' : written(field.name, text);
    };
  });
  const header = `${fields.map((field) => written(field.name, field.name)).join(comma)}\n`;
  return {
    start: () => utf8.encode(options.header ? header : ''),
    encode: (batch) => utf8.encode(lines(batch, writers, comma)),
    finish: () => new Uint8Array(0),
  };
}

function lines(batch: RecordBatch, writers: readonly ((value: Scalar) => string)[], comma: string): string {
  let text = '';
  for (let row = 0; row < batch.length; row++) {
    for (let c = 0; c < writers.length; c++) {
      if (c > 0) text += comma;
      text += writers[c]!(scalarAt(batch.columns[c]!, row));
    }
    text += '\n';
  }
  return text;
}
