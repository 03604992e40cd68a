import type { Expression } from '../sql/ast/index.ts';
import { pathText } from './condition-to-promql.ts';

/** Values of columns: numbers, and texts where a condition compares a label. */
export type ColumnValues = ReadonlyMap<string, number | string>;

type Result = number | string | boolean | undefined;

/** Truth of a condition on given values; undefined: it uses something that is not arithmetic, comparison or logic. */
export function evaluateCondition(e: Expression, values: ColumnValues): boolean | undefined {
  const result = resultOf(e, values);
  return typeof result === 'boolean' ? result : undefined;
}

function resultOf(e: Expression, values: ColumnValues): Result {
  switch (e.kind) {
    case 'integer':
      return Number(e.value);
    case 'decimal':
      return Number(e.text);
    case 'float':
    case 'string':
      return e.value;
    case 'column':
      return values.get(pathText(e));
    case 'unary': {
      const operand = resultOf(e.operand, values);
      if (e.operator === 'NOT') return typeof operand === 'boolean' ? !operand : undefined;
      return typeof operand === 'number' ? (e.operator === '-' ? -operand : operand) : undefined;
    }
    case 'between': {
      const [at, low, high] = [resultOf(e.operand, values), resultOf(e.low, values), resultOf(e.high, values)];
      if (typeof at !== 'number' || typeof low !== 'number' || typeof high !== 'number') return undefined;
      return (at >= low && at <= high) !== e.negated;
    }
    case 'call': {
      const [argument] = e.arguments;
      const inner = argument === undefined ? undefined : resultOf(argument, values);
      const of = FUNCTIONS[e.name.text.toLowerCase()];
      return typeof inner === 'number' && of !== undefined ? of(inner) : undefined;
    }
    case 'binary':
      return binary(e, values);
    default:
      return undefined;
  }
}

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  sqrt: Math.sqrt,
  ln: Math.log,
};

function binary(e: Extract<Expression, { kind: 'binary' }>, values: ColumnValues): Result {
  const [left, right] = [resultOf(e.left, values), resultOf(e.right, values)];
  if (left === undefined || right === undefined) return undefined;
  switch (e.operator) {
    case 'AND':
      return left === true && right === true;
    case 'OR':
      return left === true || right === true;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    default:
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (e.operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    case '%':
      return right === 0 ? undefined : left % right;
    default:
      return undefined;
  }
}

const TRIES_MAX = 20_000;

/**
 * Values that make a condition hold (or not hold), found among numbers around its literals. Columns in `nonNegative` (counters) stay at
 * zero or above. Undefined: none was found.
 */
export function solveCondition(e: Expression, wanted: boolean, nonNegative: ReadonlySet<string> = new Set()): ColumnValues | undefined {
  const columns = new Map<string, Set<number | string>>();
  const literals = new Set<number>([0, 1]);
  gather(e, columns, literals);
  const numbers = [...literals].flatMap((n) => [n, n + 1, n - 1, n * 2, n / 2, -n, n * 1.5, n + 0.01, n - 0.01]);
  const names = [...columns.keys()];
  const choices = names.map((name) => {
    const texts = [...(columns.get(name) as Set<number | string>)];
    if (texts.length > 0) return wanted ? texts : [...texts, 'other'];
    return [...new Set(numbers)].filter((n) => !nonNegative.has(name) || n >= 0);
  });
  const total = Math.min(
    TRIES_MAX,
    choices.reduce((n, list) => n * list.length, 1),
  );
  for (let i = 0; i < total; i++) {
    let rest = i;
    const values = new Map<string, number | string>();
    for (const [c, list] of choices.entries()) {
      values.set(names[c] as string, list[rest % list.length] as number | string);
      rest = Math.floor(rest / list.length);
    }
    if (evaluateCondition(e, values) === wanted) return values;
  }
  return undefined;
}

function gather(e: Expression, columns: Map<string, Set<number | string>>, literals: Set<number>): void {
  if (e.kind === 'column') {
    if (!columns.has(pathText(e))) columns.set(pathText(e), new Set());
    return;
  }
  const number = e.kind === 'integer' ? Number(e.value) : e.kind === 'decimal' ? Number(e.text) : e.kind === 'float' ? e.value : undefined;
  if (number !== undefined) literals.add(number);
  if (e.kind === 'binary') {
    gather(e.left, columns, literals);
    gather(e.right, columns, literals);
    const [column, text] = e.left.kind === 'column' ? [e.left, e.right] : [e.right, e.left];
    if (column.kind === 'column' && text.kind === 'string') (columns.get(pathText(column)) as Set<number | string>).add(text.value);
  } else if (e.kind === 'unary' || e.kind === 'cast') gather(e.operand, columns, literals);
  else if (e.kind === 'between') for (const part of [e.operand, e.low, e.high]) gather(part, columns, literals);
  else if (e.kind === 'call') for (const part of e.arguments) gather(part, columns, literals);
}
