import type { Value } from '../../protocol/query.ts';
import { rescale } from '../../values/decimal.ts';
import { parseDecimal } from '../../values/decimal-text.ts';
import { compareExact } from '../../values/exact.ts';

export type Operator =
  | 'equals'
  | 'not_equals'
  | 'greater_than'
  | 'less_than'
  | 'greater_than_or_equal'
  | 'less_than_or_equal'
  | 'between'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'starts_with'
  | 'ends_with'
  | 'matches';

const SPELLINGS: Readonly<Record<string, Operator>> = {
  equals: 'equals',
  equal: 'equals',
  eq: 'equals',
  '==': 'equals',
  '=': 'equals',
  notequals: 'not_equals',
  notequal: 'not_equals',
  ne: 'not_equals',
  neq: 'not_equals',
  '!=': 'not_equals',
  '<>': 'not_equals',
  greaterthan: 'greater_than',
  gt: 'greater_than',
  '>': 'greater_than',
  lessthan: 'less_than',
  lt: 'less_than',
  '<': 'less_than',
  greaterthanorequal: 'greater_than_or_equal',
  greaterthanorequals: 'greater_than_or_equal',
  gte: 'greater_than_or_equal',
  ge: 'greater_than_or_equal',
  '>=': 'greater_than_or_equal',
  lessthanorequal: 'less_than_or_equal',
  lessthanorequals: 'less_than_or_equal',
  lte: 'less_than_or_equal',
  le: 'less_than_or_equal',
  '<=': 'less_than_or_equal',
  between: 'between',
  in: 'in',
  notin: 'not_in',
  contains: 'contains',
  startswith: 'starts_with',
  endswith: 'ends_with',
  matches: 'matches',
  regex: 'matches',
};

/** An operator in any spelling; undefined for a word that is none. */
export const operatorOf = (word: unknown): Operator | undefined =>
  SPELLINGS[
    String(word)
      .trim()
      .toLowerCase()
      .replace(/[_\-\s](?=\w)/g, '')
  ];

const SIGNS: Readonly<Partial<Record<Operator, string>>> = {
  equals: '=',
  not_equals: '!=',
  greater_than: '>',
  less_than: '<',
  greater_than_or_equal: '>=',
  less_than_or_equal: '<=',
};

/** `> 0`, `[10, 100]`, `in [a, b]` */
export function operatorText(op: Operator, expected: unknown): string {
  if (op === 'between') return `[${(expected as readonly unknown[]).map(show).join(', ')}]`;
  if (op === 'in' || op === 'not_in') return `${op.replace('_', ' ')} [${(expected as readonly unknown[]).map(show).join(', ')}]`;
  return `${SIGNS[op] ?? op.replace('_', ' ')} ${show(expected)}`;
}

export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
  return String(value);
}

/** Numbers within it are equal: what a person writes has fewer digits than what is calculated. */
const TOLERANCE = 0.0001;

/** A value as a number, texts of numbers included; undefined where it is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return undefined;
}

/** Whether two values are equal as a test sees it: numbers with tolerance, decimal texts exactly, booleans also as words. */
export function sameValue(actual: unknown, expected: unknown, tolerance = TOLERANCE): boolean {
  if (actual === null || actual === undefined || expected === null || expected === undefined)
    return (actual ?? null) === (expected ?? null);
  if (typeof actual === 'boolean' || typeof expected === 'boolean') return String(actual).toLowerCase() === String(expected).toLowerCase();
  if (typeof actual === 'string' && typeof expected === 'string') return actual === expected || sameDecimal(actual, expected);
  const a = numberOf(actual);
  const b = numberOf(expected);
  if (a !== undefined && b !== undefined) return a === b || Math.abs(a - b) <= tolerance;
  if (typeof actual === 'object' || typeof expected === 'object') return show(actual) === show(expected);
  return String(actual) === String(expected);
}

/** `12.3` and `12.30` are one number. */
function sameDecimal(a: string, b: string): boolean {
  const x = parseDecimal(a);
  const y = parseDecimal(b);
  if (x === undefined || y === undefined) return false;
  const scale = Math.max(x.scale, y.scale);
  return compareExact(rescale(x.unscaled, x.scale, scale), rescale(y.unscaled, y.scale, scale)) === 0;
}

function order(a: unknown, b: unknown): number | undefined {
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== undefined && y !== undefined) return x - y;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return undefined;
}

/** Whether `actual op expected` holds. Values that cannot be compared do not. */
export function holds(op: Operator, actual: Value | number | undefined, expected: unknown, tolerance = TOLERANCE): boolean {
  switch (op) {
    case 'equals':
      return sameValue(actual, expected, tolerance);
    case 'not_equals':
      return !sameValue(actual, expected, tolerance);
    case 'in':
      return (expected as readonly unknown[]).some((x) => sameValue(actual, x) || String(actual) === String(x));
    case 'not_in':
      return !(expected as readonly unknown[]).some((x) => sameValue(actual, x) || String(actual) === String(x));
    case 'between': {
      const [low, high] = expected as readonly unknown[];
      return holds('greater_than_or_equal', actual, low) && holds('less_than_or_equal', actual, high);
    }
    case 'contains':
      return actual !== null && String(actual).includes(String(expected));
    case 'starts_with':
      return actual !== null && String(actual).startsWith(String(expected));
    case 'ends_with':
      return actual !== null && String(actual).endsWith(String(expected));
    case 'matches':
      return actual !== null && matches(String(actual), String(expected));
    default:
      return ordered(op, order(actual, expected));
  }
}

const ordered = (op: Operator, difference: number | undefined): boolean => {
  if (difference === undefined) return false;
  if (op === 'greater_than') return difference > 0;
  if (op === 'less_than') return difference < 0;
  return op === 'greater_than_or_equal' ? difference >= 0 : difference <= 0;
};

/** Texts longer than this are cut before a pattern sees them. */
const MATCHED_MAX = 10_000;

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text.slice(0, MATCHED_MAX));
  } catch {
    return false;
  }
}
