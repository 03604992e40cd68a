import type { Field } from '@velostream/core/connect/formats';
import { TextTypeFinder } from '../decode/infer-text.ts';
import { createUtf8 } from '../decode/utf8.ts';
import { csvDialect, LINE_FEED } from './csv-dialect.ts';
import type { CsvOptions } from './csv-options.ts';
import { readHead } from './read-head.ts';
import { type CsvField, isBlankLine, splitRecord, unescaped } from './split-record.ts';

/** Columns and types from the first bytes of a file; a record that the sample cuts off is left out. Quoted text counts like any other. */
export function inferCsv(sample: Uint8Array, complete: boolean, options: CsvOptions): readonly Field[] {
  const bytes = complete && sample.at(-1) !== LINE_FEED ? closed(sample) : sample;
  const head = readHead(bytes, { ...options, isStart: true, name: 'sample' }, complete);
  if (head === null) return [];
  const dialect = csvDialect(options);
  const utf8 = createUtf8();
  const finders = head.names.map(() => new TextTypeFinder());
  const textOf = ({ start, end, isEscaped }: CsvField): string => {
    const content = isEscaped ? unescaped(bytes, start, end, dialect) : bytes.subarray(start, end);
    return utf8.read(content, 0, content.length) ?? '\uFFFD';
  };
  for (let p = head.end; p < bytes.length; ) {
    if (isBlankLine(bytes, p)) {
      p = bytes.indexOf(LINE_FEED, p) + 1;
      continue;
    }
    const record = splitRecord(bytes, p, bytes.length, dialect);
    if (record === null) break;
    p = record.end;
    if (record.problem !== null || record.fields.length !== finders.length) continue;
    record.fields.forEach((field, i) => {
      if (finders[i]!.isSettled) return;
      const { start, end } = field;
      if (start < end) finders[i]!.seeBytes(bytes, start, end, () => textOf(field));
    });
  }
  return head.names.map((name, i) => ({ name, type: finders[i]!.type(options.exact_decimals), nullable: true }));
}

function closed(sample: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(sample.length + 1);
  bytes.set(sample);
  bytes[sample.length] = LINE_FEED;
  return bytes;
}
