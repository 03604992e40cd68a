import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedRow } from '../printed-row.ts';
import { flinkType, intervalText } from '../quote.ts';
import { instantOf, msOf } from '../times.ts';
import { wide } from './print-literal.ts';

type Arithmetic = Expr & { kind: 'arithmetic' };

/** `+ - * / %`: division never whole, by zero NULL, times and intervals as milliseconds. */
export function printArithmetic(e: Arithmetic, row: PrintedRow, cx: FlinkContext): string {
  const at = (child: Expr): string => cx.expression(child, row);
  if (e.type.kind === 'timestamp') return movedTime(e, at);
  const { op, left, right } = e;
  if (e.type.kind === 'any' || left.type.kind === 'any' || right.type.kind === 'any')
    return cx.report.refuse('Arithmetic with a value whose type is not declared is not on Flink: give the column a type, or CAST it.');
  if (left.type.kind === 'time' || right.type.kind === 'time')
    return cx.report.refuse('Arithmetic with TIME is not on Flink: use TIMESTAMP.');
  const divides = op === '/' || op === '%';
  if (divides && e.divisionByZero === 'error')
    cx.report.differs('Division by zero ends the job on Flink; here it is an error of the record.');
  // Flink computes a division of constants while it plans, and stumbles over its NULL.
  if (divides && e.divisionByZero === 'null' && right.kind === 'literal' && Number(right.value) === 0)
    return `CAST(NULL AS ${flinkType(e.type) ?? 'DOUBLE'})`;
  const divisor = divides ? nonZero(right, at(right), e.divisionByZero) : at(right);
  if (op === '%') return printModulo(e, at(left), divisor);
  const l = right.kind === 'literal' && left.kind !== 'literal' ? at(left) : wide(left, at(left));
  const text = `(${l} ${op} ${divisor})`;
  return e.type.kind === 'decimal' && op === '/' ? quotient(e.type, text) : text;
}

/** Ours rounds half away from zero to the scale that the quotient has. */
const quotient = (type: { precision: number; scale: number }, text: string): string => `CAST(${text} AS DECIMAL(38, ${type.scale}))`;

function nonZero(e: Expr, text: string, divisionByZero: 'null' | 'error'): string {
  if (divisionByZero === 'error' || (e.kind === 'literal' && Number(e.value) !== 0)) return text;
  return `NULLIF(${text}, ${e.type.kind === 'float' ? '0E0' : '0'})`;
}

/** The rest of floats has no function on Flink. */
function printModulo(e: Arithmetic, left: string, right: string): string {
  if (e.type.kind !== 'float') return `MOD(${wide(e.left, left)}, ${right})`;
  return `(${left} - ${right} * TRUNCATE(${left} / ${right}, 0))`;
}

/** A time moved by an interval. */
function movedTime(e: Arithmetic, at: (e: Expr) => string): string {
  const [time, interval] = e.left.type.kind === 'interval' ? [e.right, e.left] : [e.left, e.right];
  const literal = intervalOf(interval);
  // The binder writes an INTEGER that is used as a time as the epoch and so many milliseconds.
  if (time.kind === 'literal' && time.value === 0 && e.op === '+') return instantOf(millisecondsIn(interval, at));
  return literal === null ? instantOf(`(${msOf(at(time))} ${e.op} ${at(interval)})`) : `(${at(time)} ${e.op} ${literal})`;
}

function millisecondsIn(interval: Expr, at: (e: Expr) => string): string {
  const isOne = (e: Expr): boolean => e.kind === 'literal' && e.type.kind === 'interval' && e.value === 1;
  return interval.kind === 'arithmetic' && interval.op === '*' && isOne(interval.left) ? at(interval.right) : at(interval);
}

/** An interval that is added: a literal as such. */
const intervalOf = (e: Expr): string | null =>
  e.kind === 'literal' && e.type.kind === 'interval' && typeof e.value === 'number' ? intervalText(e.value) : null;
