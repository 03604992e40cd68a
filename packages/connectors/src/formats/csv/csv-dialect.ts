import { connectorError } from '@velostream/core/connect';
import type { CsvOptions } from './csv-options.ts';

/** The characters of a CSV file as bytes. */
export interface CsvDialect {
  readonly delimiter: number;
  /** -1: there are no quoted fields. */
  readonly quote: number;
  /** The quote itself where quotes are doubled. */
  readonly escape: number;
}

export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;

export function csvDialect(options: CsvOptions): CsvDialect {
  const delimiter = byteOf('delimiter', options.delimiter === '\\t' || options.delimiter === 'tab' ? '\t' : options.delimiter);
  const quote = options.quote === '' ? -1 : byteOf('quote', options.quote);
  const escaper = options.escape === undefined || options.escape === '' ? quote : byteOf('escape', options.escape);
  if (delimiter === quote) throw optionError('delimiter', 'it is the quote as well');
  if (escaper === delimiter && escaper !== quote) throw optionError('escape', 'it is the delimiter as well');
  return { delimiter, quote, escape: escaper };
}

/** One ASCII character that ends no line: anything else could stand inside a character of UTF-8. */
function byteOf(option: string, text: string): number {
  const code = text.charCodeAt(0);
  if (text.length !== 1 || code > 0x7e || code === LINE_FEED || code === CARRIAGE_RETURN || code === 0) {
    throw optionError(option, `"${text}" is not one ASCII character`);
  }
  return code;
}

const optionError = (option: string, problem: string) => connectorError('VS4101', { connector: 'csv', option, problem });
