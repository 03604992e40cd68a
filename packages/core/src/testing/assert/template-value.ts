import type { Value } from '../../protocol/query.ts';
import { type Node, parseTestExpression } from '../expression/parse-expression.ts';
import { isMap } from '../schema/loose.ts';
import type { CapturedOutput } from './captured-output.ts';
import { numberOf, sameValue } from './operators.ts';

type Scope = ReadonlyMap<string, unknown>;
type Warn = (text: string) => void;

/**
 * Value of a template: `records`, `inputs.<source>.count`, `outputs.<name>.count`, `variables.<name>`, bare variables, and the
 * small language around them. An unknown variable is 0 and told. Throws for what the language lacks.
 */
export function evaluateTemplate(text: string, output: CapturedOutput, warn: Warn): Value {
  return asValue(evaluate(parseTestExpression(text), scopeOf(output), warn));
}

/** Value of an expression over one row: what filters of the command line and debug breakpoints use. */
export function evaluateOnRow(node: Node, row: object): Value {
  return asValue(evaluate(node, new Map(Object.entries(row)), () => {}));
}

function scopeOf(output: CapturedOutput): Scope {
  const counted = (sets: Readonly<Record<string, readonly object[]>> | undefined) =>
    Object.fromEntries(Object.entries(sets ?? {}).map(([name, rows]) => [name, { count: rows.length, records: rows }]));
  return new Map<string, unknown>([
    ...Object.entries(output.variables ?? {}),
    ['variables', output.variables ?? {}],
    ['records', output.rows],
    ['inputs', counted(output.inputs)],
    ['outputs', counted(output.outputs)],
  ]);
}

const asValue = (x: unknown): Value => (x === undefined ? null : (x as Value));

function evaluate(node: Node, scope: Scope, warn: Warn): unknown {
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'constant':
      return node.value;
    case 'name':
      if (scope.has(node.name)) return scope.get(node.name);
      warn(`variable "${node.name}" is not known; 0 is used`);
      return 0;
    case 'member':
      return member(evaluate(node.of, scope, warn), node.name, warn);
    case 'index': {
      const of = evaluate(node.of, scope, warn);
      const index = evaluate(node.index, scope, warn);
      if (Array.isArray(of)) return (of as readonly unknown[])[Number(index) < 0 ? of.length + Number(index) : Number(index)] ?? null;
      return isMap(of) ? (of[String(index)] ?? null) : null;
    }
    case 'unary': {
      const arg = evaluate(node.arg, scope, warn);
      return node.op === 'not' ? !truthy(arg) : -(numberOf(arg) ?? Number.NaN);
    }
    case 'binary':
      return binary(node, scope, warn);
    case 'call':
      return call(node.name, node.args, scope, warn);
    case 'each':
      return each(node, scope, warn);
  }
}

function member(of: unknown, name: string, warn: Warn): unknown {
  if (Array.isArray(of) && (name === 'length' || name === 'count')) return of.length;
  if (isMap(of) && Object.hasOwn(of, name)) return of[name];
  if (!isMap(of) || !('count' in of)) warn(`"${name}" is not known there; 0 is used`);
  return isMap(of) ? null : 0;
}

export const truthy = (x: unknown): boolean => x !== null && x !== undefined && x !== false && x !== 0 && x !== '' && !Number.isNaN(x);

function binary(node: Extract<Node, { kind: 'binary' }>, scope: Scope, warn: Warn): unknown {
  const left = evaluate(node.left, scope, warn);
  if (node.op === 'and') return truthy(left) && truthy(evaluate(node.right, scope, warn));
  if (node.op === 'or') return truthy(left) || truthy(evaluate(node.right, scope, warn));
  const right = evaluate(node.right, scope, warn);
  switch (node.op) {
    case '==':
      return sameValue(left, right);
    case '!=':
      return !sameValue(left, right);
    case 'in':
      return Array.isArray(right) ? right.some((x) => sameValue(left, x)) : String(right).includes(String(left));
    default:
      return numeric(node.op, left, right);
  }
}

function numeric(op: string, left: unknown, right: unknown): unknown {
  if (op === '+' && typeof left === 'string' && numberOf(left) === undefined) return left + String(right);
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined) {
    const isText = typeof left === 'string' && typeof right === 'string';
    if (!isText) return op.length <= 2 && /[<>]/.test(op) ? false : null;
    return op === '<' ? left < right : op === '<=' ? left <= right : op === '>' ? left > right : op === '>=' ? left >= right : null;
  }
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '%':
      return b === 0 ? null : a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

function each(node: Extract<Node, { kind: 'each' }>, scope: Scope, warn: Warn): unknown[] {
  const list = evaluate(node.list, scope, warn);
  if (!Array.isArray(list)) return [];
  const inner = new Map(scope);
  const results: unknown[] = [];
  for (const item of list as readonly unknown[]) {
    inner.set(node.name, item);
    if (node.condition && !truthy(evaluate(node.condition, inner, warn))) continue;
    results.push(evaluate(node.value, inner, warn));
  }
  return results;
}

/** `sum(price)` means the column of the output where no variable has that name. */
function listOf(args: readonly Node[], scope: Scope, warn: Warn): readonly unknown[] {
  const [first, second] = args;
  if (first === undefined) return [];
  const records = scope.get('records');
  if (first.kind === 'name' && !scope.has(first.name) && Array.isArray(records))
    return (records as readonly Readonly<Record<string, unknown>>[]).map((r) => r[first.name]);
  const value = evaluate(first, scope, warn);
  if (Array.isArray(value) && second?.kind === 'text')
    return (value as readonly Readonly<Record<string, unknown>>[]).map((r) => r[second.value]);
  if (Array.isArray(value)) return value as readonly unknown[];
  return args.map((a) => evaluate(a, scope, warn));
}

function call(name: string, args: readonly Node[], scope: Scope, warn: Warn): unknown {
  const list = (): readonly unknown[] => listOf(args, scope, warn);
  const numbers = (): number[] => list().flatMap((x) => numberOf(x) ?? []);
  const one = (): unknown => (args[0] ? evaluate(args[0], scope, warn) : null);
  switch (name) {
    case 'len':
    case 'length': {
      const value = one();
      return Array.isArray(value) || typeof value === 'string' ? value.length : 0;
    }
    case 'all':
      return list().every(truthy);
    case 'any':
      return list().some(truthy);
    case 'count':
      return list().filter((x) => x !== null && x !== undefined).length;
    case 'sum':
      return numbers().reduce((a, b) => a + b, 0);
    case 'avg': {
      const all = numbers();
      return all.length === 0 ? null : all.reduce((a, b) => a + b, 0) / all.length;
    }
    case 'min':
      return numbers().reduce<number | null>((a, b) => (a === null || b < a ? b : a), null);
    case 'max':
      return numbers().reduce<number | null>((a, b) => (a === null || b > a ? b : a), null);
    case 'distinct':
      return [...new Set(list().map(String))];
    case 'abs':
      return Math.abs(numberOf(one()) ?? Number.NaN);
    case 'round':
      return Math.round(numberOf(one()) ?? Number.NaN);
    case 'lower':
      return String(one()).toLowerCase();
    case 'upper':
      return String(one()).toUpperCase();
    default:
      throw new Error(`the function "${name}" is not known`);
  }
}
