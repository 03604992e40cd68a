import { CARRIAGE_RETURN, type CsvDialect, LINE_FEED } from './csv-dialect.ts';

/** Where a field stands: within its quotes, if it has any. */
export interface CsvField {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  /** Holds doubled or escaped quotes. */
  readonly isEscaped: boolean;
}

export interface CsvRecord {
  readonly fields: readonly CsvField[];
  /** Byte after the line end. */
  readonly end: number;
  readonly problem: 'text-after-quote' | 'open-quote' | null;
}

/**
 * Takes one record apart. A quote counts only at the start of a field; text behind a closing quote makes the record bad and
 * belongs to the field up to the next delimiter. Null when the record goes on behind `to`. This is the definition of
 * where a CSV record ends; the fast paths are tested against it.
 */
export function splitRecord(b: Uint8Array, from: number, to: number, dialect: CsvDialect): CsvRecord | null {
  const { delimiter, quote } = dialect;
  const fields: CsvField[] = [];
  let problem: CsvRecord['problem'] = null;
  let p = from;
  for (;;) {
    let field: CsvField;
    if (p < to && b[p] === quote) {
      const close = closingQuote(b, p + 1, to, dialect);
      if (close === null) return null;
      field = { start: p + 1, end: close.at, isQuoted: true, isEscaped: close.isEscaped };
      p = close.at + 1;
      if (p < to && b[p] !== delimiter && b[p] !== LINE_FEED && !(b[p] === CARRIAGE_RETURN && b[p + 1] === LINE_FEED))
        problem = 'text-after-quote';
      while (p < to && b[p] !== delimiter && b[p] !== LINE_FEED) p++;
    } else {
      const start = p;
      while (p < to && b[p] !== delimiter && b[p] !== LINE_FEED) p++;
      const end = p > start && b[p] === LINE_FEED && b[p - 1] === CARRIAGE_RETURN ? p - 1 : p;
      field = { start, end, isQuoted: false, isEscaped: false };
    }
    if (p >= to) return null;
    fields.push(field);
    if (b[p++] === LINE_FEED) return { fields, end: p, problem };
  }
}

function closingQuote(b: Uint8Array, from: number, to: number, dialect: CsvDialect): { at: number; isEscaped: boolean } | null {
  const { quote, escape: escaper } = dialect;
  let isEscaped = false;
  for (let p = from; p < to; p++) {
    const c = b[p];
    if (c === escaper && escaper !== quote && p + 1 < to && (b[p + 1] === quote || b[p + 1] === escaper)) {
      isEscaped = true;
      p++;
    } else if (c === quote) {
      if (escaper !== quote) return { at: p, isEscaped };
      if (p + 1 >= to) return null;
      if (b[p + 1] !== quote) return { at: p, isEscaped };
      isEscaped = true;
      p++;
    }
  }
  return null;
}

/** Bytes of a field without the characters that escape its quotes. */
export function unescaped(b: Uint8Array, start: number, end: number, dialect: CsvDialect): Uint8Array {
  const { quote, escape: escaper } = dialect;
  const out = new Uint8Array(end - start);
  let length = 0;
  for (let p = start; p < end; p++) {
    if (b[p] === escaper && p + 1 < end && (b[p + 1] === quote || b[p + 1] === escaper)) p++;
    out[length++] = b[p] as number;
  }
  return out.subarray(0, length);
}

/** Whether a line holds nothing at all. */
export const isBlankLine = (b: Uint8Array, p: number): boolean =>
  b[p] === LINE_FEED || (b[p] === CARRIAGE_RETURN && b[p + 1] === LINE_FEED);
