import type { Value } from '../../src/engine/api.ts';
import { type Token, tokenText } from './tokens.ts';

const DAY_MS = 86_400_000;

/** ms of `00:01:30.5` (on the first day of the epoch), of ISO text in UTC, or of a plain number. */
export function timeOf(text: string): number {
  const clock = /^(\d\d):(\d\d):(\d\d)(\.\d+)?$/.exec(text);
  if (clock)
    return (Number(clock[1]) * 60 + Number(clock[2])) * 60_000 + Number(clock[3]) * 1000 + Math.round(Number(clock[4] ?? 0) * 1000);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const ms = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`);
  if (Number.isNaN(ms)) throw new Error(`"${text}" is no time`);
  return ms;
}

/** A cell of a feed as a value of its column. `type` is the declared SQL type. */
export function readCell({ text, quoted }: Token, type: string): unknown {
  if (!quoted && text === 'NULL') return null;
  const kind = /^\w+/.exec(type.toUpperCase())?.[0] ?? '';
  if (kind === 'STRING' || kind === 'DECIMAL' || kind === 'SCALED_INTEGER' || kind === 'JSON') return text;
  if (quoted) return text;
  if (kind === 'TIMESTAMP') return timeOf(text);
  if (kind === 'DATE' || kind === 'TIME') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
  if (/^[[{]/.test(text)) return JSON.parse(text);
  return /^-?(\d|\.\d|Infinity|NaN)/.test(text) ? Number(text) : text;
}

/** A value of a result as a cell; FLOATs show that they are: `3.0`. Times of the first day are shown as such. */
export function showCell(value: Value, type: string): Token {
  const bare = (text: string): Token => ({ text, quoted: false });
  if (value === null) return bare('NULL');
  if (typeof value === 'string') return type.startsWith('DECIMAL') ? bare(value) : { text: value, quoted: true };
  if (typeof value === 'number') {
    if (type === 'TIMESTAMP') return bare(timeText(value));
    return bare(type === 'FLOAT' && Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value));
  }
  if (typeof value === 'object') return bare(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)));
  return bare(String(value));
}

function timeText(ms: number): string {
  const iso = new Date(ms).toISOString().replace('.000Z', '').replace('Z', '');
  return ms >= 0 && ms < DAY_MS ? iso.slice(11) : iso;
}

const FLOAT_TOLERANCE = 1e-9;

/** Equal texts; or two FLOATs that differ by rounding alone. */
export function sameCell(actual: Token, expected: Token, type: string): boolean {
  if (tokenText(actual) === tokenText(expected)) return true;
  if (type !== 'FLOAT' || expected.quoted) return false;
  const [a, b] = [Number(actual.text), Number(expected.text)];
  return /[.eN]/.test(expected.text) && Math.abs(a - b) <= FLOAT_TOLERANCE * Math.max(1, Math.abs(b));
}
