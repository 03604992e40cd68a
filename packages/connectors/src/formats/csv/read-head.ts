import { connectorError } from '@velostream/core/connect';
import { afterMark } from '../decode/byte-mark.ts';
import { createUtf8 } from '../decode/utf8.ts';
import { type CsvDialect, csvDialect, LINE_FEED } from './csv-dialect.ts';
import { numberedNames, uniqueNames } from './csv-names.ts';
import type { CsvOptions } from './csv-options.ts';
import { type CsvField, isBlankLine, splitRecord, unescaped } from './split-record.ts';

export interface CsvHead {
  readonly names: readonly string[];
  /** Where the first record starts. */
  readonly end: number;
}

export interface HeadOptions extends CsvOptions {
  /** Whether the bytes are the beginning of the file. */
  readonly isStart: boolean;
  readonly name: string;
}

/** Names of the columns from the first bytes of a file; null when more bytes are needed, or when an ended file has none. */
export function readHead(b: Uint8Array, options: HeadOptions, isLast: boolean): CsvHead | null {
  if (b.length < 3 && !isLast) return null;
  let p = options.isStart ? afterMark(b, options.name) : 0;
  for (let line = 0; options.isStart && line < options.skip_lines; line++) {
    const feed = b.indexOf(LINE_FEED, p);
    if (feed < 0) return null;
    p = feed + 1;
  }
  while (p < b.length && isBlankLine(b, p)) p = b.indexOf(LINE_FEED, p) + 1;
  const dialect = csvDialect(options);
  const record = splitRecord(b, p, b.length, dialect);
  if (record === null) {
    if (isLast && p < b.length) throw connectorError('VS4303', { problem: 'a quoted field of the first line is never closed' });
    return null;
  }
  if (!options.header || !options.isStart) return { names: numberedNames(record.fields.length), end: p };
  const names = record.fields.map((field) => textOf(b, field, dialect, options.name));
  return { names: uniqueNames(names), end: record.end };
}

function textOf(b: Uint8Array, field: CsvField, dialect: CsvDialect, file: string): string {
  const bytes = field.isEscaped ? unescaped(b, field.start, field.end, dialect) : b.subarray(field.start, field.end);
  const text = createUtf8().read(bytes, 0, bytes.length);
  if (text === undefined) throw connectorError('VS4308', { file, encoding: 'not UTF-8' });
  return text.trim();
}
