import { valueError } from '../../diagnostics/codes/values.ts';

/** Longest text that a padding or repeating function makes. */
export const TEXT_MAX = 1_000_000;

const SURROGATE = /[\ud800-\udfff]/;

/** Positions and lengths are in characters (code points). Text without surrogates needs no counting: nearly all of it. */
const isPlain = (text: string): boolean => !SURROGATE.test(text);

export function characterCount(text: string): number {
  if (isPlain(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Characters `from` (inclusive) to `to` (exclusive), counted from 0. */
export function sliceCharacters(text: string, from: number, to: number): string {
  if (to <= from) return '';
  return isPlain(text) ? text.slice(from, to) : [...text].slice(from, to).join('');
}

/** Position of `needle` in characters from 0, at or after character `from`; -1 when absent. */
export function findCharacters(text: string, needle: string, from: number): number {
  if (isPlain(text)) return text.indexOf(needle, from);
  const unit = [...text].slice(0, from).join('').length;
  const at = text.indexOf(needle, unit);
  return at < 0 ? -1 : characterCount(text.slice(0, at));
}

/** `text` cut or filled up with `pad` to `length` characters. */
export function padTo(name: string, text: string, length: number, pad: string): { readonly text: string; readonly filling: string } {
  if (length > TEXT_MAX) throw valueError('VS5110', { name, limit: TEXT_MAX });
  const missing = length - characterCount(text);
  if (missing <= 0) return { text: sliceCharacters(text, 0, length), filling: '' };
  const padLength = characterCount(pad);
  if (padLength === 0) return { text, filling: '' };
  return { text, filling: sliceCharacters(pad.repeat(Math.ceil(missing / padLength)), 0, missing) };
}

/** All pieces between separators; an empty separator does not split. */
export const splitText = (text: string, separator: string): string[] => (separator === '' ? [text] : text.split(separator));

/** Piece `n` (from 1) of `splitText`; null where there are fewer. */
export function pieceOf(text: string, separator: string, n: number): string | null {
  if (n < 1) return null;
  if (separator === '') return n === 1 ? text : null;
  let start = 0;
  for (let i = 1; ; i++) {
    const end = text.indexOf(separator, start);
    if (i === n) return end < 0 ? text.slice(start) : text.slice(start, end);
    if (end < 0) return null;
    start = end + separator.length;
  }
}
