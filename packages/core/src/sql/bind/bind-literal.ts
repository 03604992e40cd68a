import { assert } from '../../diagnostics/assert.ts';
import { parseDecimal } from '../../values/decimal-text.ts';
import { PRECISION_MAX, SCALE_MAX } from '../../values/type-text.ts';
import { BOOLEAN, DATE, decimal, FLOAT, INTEGER, INTERVAL, NULL, type SqlType, STRING, TIME, TIMESTAMP } from '../../values/types.ts';
import type { IntervalUnit, Literal } from '../ast/index.ts';
import { castTo, literal, scalarInteger } from './coerce.ts';
import type { Expr } from './expression.ts';

/** Milliseconds per unit; MONTH is 30 days and YEAR 365 (§1.4). */
const UNIT_MS: Readonly<Record<IntervalUnit, number>> = {
  NANOSECOND: 1e-6,
  MICROSECOND: 1e-3,
  MILLISECOND: 1,
  SECOND: 1_000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 604_800_000,
  MONTH: 2_592_000_000,
  YEAR: 31_536_000_000,
};

const TYPED: Readonly<Record<'TIMESTAMP' | 'DATE' | 'TIME', SqlType>> = { TIMESTAMP, DATE, TIME };

const intervalMs = (value: number, unit: IntervalUnit): number =>
  UNIT_MS[unit] < 1 ? value / Math.round(1 / UNIT_MS[unit]) : value * UNIT_MS[unit];

/** A literal in scalar form with its type. Typed strings (`DATE '…'`) become casts, which fail at bind time when the text is wrong. */
export function bindLiteral(node: Literal): Expr {
  switch (node.kind) {
    case 'integer':
      return literal(scalarInteger(node.value), INTEGER, node.span);
    case 'decimal':
      return decimalLiteral(node.text, node.span);
    case 'float':
      return literal(node.value, FLOAT, node.span);
    case 'string':
      return literal(node.value, STRING, node.span);
    case 'boolean':
      return literal(node.value, BOOLEAN, node.span);
    case 'null':
      return literal(null, NULL, node.span);
    case 'interval':
      return literal(intervalMs(node.value, node.unit), INTERVAL, node.span);
    case 'typed-string':
      return castTo(literal(node.value, STRING, node.span), TYPED[node.type]);
  }
}

/** `12.50` is DECIMAL(4, 2); with more digits than a DECIMAL holds it is a FLOAT. */
function decimalLiteral(text: string, span: Literal['span']): Expr {
  const parsed = parseDecimal(text);
  assert(parsed !== undefined, 'the lexer hands over number text');
  const digits = String(parsed.unscaled).replace('-', '').length;
  if (parsed.scale > SCALE_MAX || digits > PRECISION_MAX) return literal(Number(text), FLOAT, span);
  return literal(parsed.unscaled, decimal(Math.max(digits, parsed.scale, 1), parsed.scale), span);
}
