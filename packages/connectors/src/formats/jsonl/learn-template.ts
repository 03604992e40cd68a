import { keyFinder } from './key-finder.ts';
import { skipSpace, skipString, skipValue, stringHadEscape } from './skip-value.ts';

/** The bytes before each value of a record, and the column that each value goes to (-1: none). */
export interface Template {
  /** One more than there are values: the last one ends the record with its line end. */
  readonly pieces: readonly Uint8Array[];
  readonly targets: readonly number[];
  /** Whether each value is a string, undefined for arrays and objects. */
  readonly strings: readonly (boolean | undefined)[];
}

const MEMBERS_MAX = 256;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/**
 * How the record at `from` is laid out, for records written by one program look alike but for their values. Null when the
 * record is nothing to go by: malformed, empty, with escapes in keys, or with a wanted key twice.
 */
export function learnTemplate(b: Uint8Array, from: number, keys: readonly Uint8Array[]): Template | null {
  const find = keyFinder(keys);
  const pieces: Uint8Array[] = [];
  const targets: number[] = [];
  const strings: (boolean | undefined)[] = [];
  let pieceStart = from;
  let p = skipSpace(b, from);
  if (b[p++] !== 0x7b) return null;
  for (;;) {
    p = skipSpace(b, p);
    const keyStart = p + 1;
    const keyEnd = b[p] === QUOTE ? skipString(b, keyStart) : -1;
    if (keyEnd < 0 || stringHadEscape()) return null;
    const target = find(b, keyStart, keyEnd - 1);
    if (target >= 0 && targets.includes(target)) return null;
    p = skipSpace(b, keyEnd);
    if (b[p++] !== 0x3a) return null;
    p = skipSpace(b, p);
    pieces.push(b.slice(pieceStart, p));
    targets.push(target);
    strings.push(b[p] === 0x7b || b[p] === 0x5b ? undefined : b[p] === QUOTE);
    pieceStart = skipValue(b, p);
    if (pieceStart < 0 || targets.length > MEMBERS_MAX) return null;
    p = skipSpace(b, pieceStart);
    const c = b[p++];
    if (c === 0x7d) break;
    if (c !== 0x2c) return null;
  }
  p = skipSpace(b, p);
  if (b[p] !== LINE_FEED) return null;
  pieces.push(b.slice(pieceStart, p + 1));
  return { pieces, targets, strings };
}
