import { FAST_DEPTH_MAX } from './jsonl-kernel-plan.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export const isSpace = (c: number | undefined): boolean => c === 0x20 || c === 0x09 || c === 0x0d;

/** What may follow a value within its line: `,` `}` `]`, space or the line end. */
export const isValueEnd = (c: number | undefined): boolean => c === 0x2c || c === 0x7d || c === 0x5d || c === 0x0a || isSpace(c);

export function skipSpace(b: Uint8Array, start: number): number {
  let p = start;
  while (isSpace(b[p])) p++;
  return p;
}

let hadEscape = false;
/** Whether the string that was passed over last holds a backslash. */
export const stringHadEscape = (): boolean => hadEscape;

/** Byte after the closing quote of a string whose content starts at `p`; -1 when a control character (a line end, too) comes first. */
export function skipString(b: Uint8Array, start: number): number {
  hadEscape = false;
  for (let p = start; ; p++) {
    const c = b[p] as number;
    if (c === QUOTE) return p + 1;
    if (c < 0x20) return -1;
    if (c === BACKSLASH) {
      hadEscape = true;
      if ((b[++p] as number) < 0x20) return -1;
    }
  }
}

/** Byte after a number, `true`, `false` or `null`, told by their characters alone; -1 for anything else. */
export function skipScalar(b: Uint8Array, start: number): number {
  let p = start;
  const c = b[p] as number;
  if (c === 0x74 || c === 0x6e || c === 0x66) {
    const word = c === 0x74 ? 'true' : c === 0x6e ? 'null' : 'false';
    for (let i = 0; i < word.length; i++) if (b[p + i] !== word.charCodeAt(i)) return -1;
    p += word.length;
  } else {
    if (c !== 0x2d && (c < 0x30 || c > 0x39)) return -1;
    while (isNumberPart(b[p] as number)) p++;
  }
  return isValueEnd(b[p]) ? p : -1;
}

/** Digits, `+`, `-`, `.`, `e` and `E`. */
const isNumberPart = (c: number): boolean => (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x2d || c === 0x2b || c === 0x65 || c === 0x45;

const closers = new Uint8Array(FAST_DEPTH_MAX);

/** Byte after the value at `p`; -1 for the complete reader. Brackets must match; what is between them is not checked. */
export function skipValue(b: Uint8Array, start: number): number {
  const c = b[start];
  if (c === QUOTE) return skipString(b, start + 1);
  if (c !== 0x7b && c !== 0x5b) return skipScalar(b, start);
  let depth = 0;
  for (let p = start; ; p++) {
    const d = b[p] as number;
    if (d === QUOTE) {
      p = skipString(b, p + 1) - 1;
      if (p < 0) return -1;
    } else if (d === 0x7b || d === 0x5b) {
      if (depth === FAST_DEPTH_MAX) return -1;
      closers[depth++] = d + 2;
    } else if (d === 0x7d || d === 0x5d) {
      if (closers[--depth] !== d) return -1;
      if (depth === 0) return p + 1;
    } else if (d === 0x0a) return -1;
  }
}
