import type { Value } from '../../protocol/query.ts';
import { decimalText, decimalToFloat, floatToDecimal, parseDecimal } from '../../values/decimal-text.ts';
import {
  addExact,
  divideRounded,
  type Exact,
  multiplyExact,
  negateExact,
  remainderExact,
  shiftUp,
  subtractExact,
} from '../../values/exact.ts';
import type { Random } from '../../values/generate/random.ts';
import { type BinaryOp, type Node, parseTestExpression } from '../expression/parse-expression.ts';

/** A number inside a derived expression: exact with a scale, or a float. */
type Num = { readonly kind: 'exact'; readonly value: Exact; readonly scale: number } | { readonly kind: 'float'; readonly value: number };
type Item = Num | string | boolean | null;

/** Decimal places that a quotient of two exact numbers gets beyond theirs. */
const QUOTIENT_PLACES = 6;

export interface DerivedScope {
  /** Fields whose text values are decimals. */
  readonly decimals: ReadonlySet<string>;
  readonly random: Random;
  unknownName(name: string): void;
}

/** Calculates a derived field from the row's other fields. */
export function derivedEvaluator(expression: string, scope: DerivedScope): (row: Readonly<Record<string, Value>>) => Value {
  const node = parseTestExpression(expression);
  return (row) => toValue(evaluate(node, row, scope));
}

const isNum = (x: Item): x is Num => typeof x === 'object' && x !== null;
const floatOf = (n: Num): number => (n.kind === 'float' ? n.value : decimalToFloat(n.value, n.scale));
const exact = (value: Exact, scale: number): Num => ({ kind: 'exact', value, scale });
const float = (value: number): Num => ({ kind: 'float', value });

function toValue(item: Item): Value {
  if (!isNum(item)) return item;
  if (item.kind === 'float') return item.value;
  return item.scale === 0 ? item.value : decimalText(item.value, item.scale);
}

function fromRow(value: Value | undefined, isDecimal: boolean): Item {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return exact(value, 0);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? exact(value, 0) : float(value);
  if (typeof value === 'string' && isDecimal) {
    const parsed = parseDecimal(value);
    return parsed ? exact(parsed.unscaled, parsed.scale) : value;
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function evaluate(node: Node, row: Readonly<Record<string, Value>>, scope: DerivedScope): Item {
  switch (node.kind) {
    case 'number':
      return node.whole && Number.isSafeInteger(node.value) ? exact(node.value, 0) : float(node.value);
    case 'text':
    case 'constant':
      return node.value;
    case 'name':
      if (!Object.hasOwn(row, node.name)) scope.unknownName(node.name);
      return fromRow(row[node.name], scope.decimals.has(node.name));
    case 'unary': {
      const arg = evaluate(node.arg, row, scope);
      if (node.op === 'not') return arg === null ? null : !truthy(arg);
      if (!isNum(arg)) return null;
      return arg.kind === 'exact' ? exact(negateExact(arg.value), arg.scale) : float(-arg.value);
    }
    case 'binary':
      return binary(node.op, evaluate(node.left, row, scope), evaluate(node.right, row, scope));
    case 'call':
      return call(
        node.name,
        node.args.map((arg) => evaluate(arg, row, scope)),
        scope,
      );
    default:
      return null;
  }
}

const truthy = (x: Item): boolean => (isNum(x) ? floatOf(x) !== 0 : x === true || (typeof x === 'string' && x !== ''));

function binary(op: BinaryOp, left: Item, right: Item): Item {
  if (op === 'and') return truthy(left) && truthy(right);
  if (op === 'or') return truthy(left) || truthy(right);
  if (op === '==' || op === '!=') {
    const equal = isNum(left) && isNum(right) ? floatOf(left) === floatOf(right) : left === right;
    return (op === '==') === equal;
  }
  if (left === null || right === null) return null;
  if (isNum(left) && isNum(right)) return isComparison(op) ? compare(op, floatOf(left), floatOf(right)) : arithmetic(op, left, right);
  if (op === '+') return textOf(left) + textOf(right);
  if (isComparison(op)) return compare(op, textOf(left), textOf(right));
  return null;
}

const isComparison = (op: BinaryOp): boolean => op === '<' || op === '<=' || op === '>' || op === '>=';
const compare = <T extends number | string>(op: BinaryOp, a: T, b: T): boolean =>
  op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b;

const textOf = (x: Item): string => String(toValue(x) ?? '');

function arithmetic(op: BinaryOp, left: Num, right: Num): Item {
  if (left.kind === 'float' || right.kind === 'float') return mixed(op, left, right);
  const scale = Math.max(left.scale, right.scale);
  const a = shiftUp(left.value, scale - left.scale);
  const b = shiftUp(right.value, scale - right.scale);
  switch (op) {
    case '+':
      return exact(addExact(a, b), scale);
    case '-':
      return exact(subtractExact(a, b), scale);
    case '*':
      return exact(multiplyExact(left.value, right.value), left.scale + right.scale);
    case '/':
      if (right.value === 0) return null;
      return exact(divideRounded(shiftUp(a, scale + QUOTIENT_PLACES), b), scale + QUOTIENT_PLACES);
    default:
      return right.value === 0 ? null : exact(remainderExact(a, b), scale);
  }
}

/** A decimal with a float keeps the decimal's scale; an integer with a float is a float. */
function mixed(op: BinaryOp, left: Num, right: Num): Item {
  const a = floatOf(left);
  const b = floatOf(right);
  if ((op === '/' || op === '%') && b === 0) return null;
  const value = op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : op === '/' ? a / b : a % b;
  const scale = Math.max(left.kind === 'exact' ? left.scale : 0, right.kind === 'exact' ? right.scale : 0);
  if (scale === 0) return float(value);
  const rounded = floatToDecimal(value, scale);
  return rounded === undefined ? float(value) : exact(rounded, scale);
}

function call(name: string, args: readonly Item[], scope: DerivedScope): Item {
  if (name === 'concat') return args.map(textOf).join('');
  const [a, b] = args;
  const numbers = args.filter(isNum);
  if (name === 'random') {
    if (args.length < 2) return float(scope.random.next());
    return isNum(a ?? null) && isNum(b ?? null)
      ? float(floatOf(a as Num) + scope.random.next() * (floatOf(b as Num) - floatOf(a as Num)))
      : null;
  }
  if (numbers.length === 0 || numbers.length < args.length) return null;
  const first = numbers[0] as Num;
  switch (name) {
    case 'abs':
      if (first.kind === 'float') return float(Math.abs(first.value));
      return first.value < 0 ? exact(negateExact(first.value), first.scale) : first;
    case 'min':
      return numbers.reduce((x, y) => (floatOf(y) < floatOf(x) ? y : x));
    case 'max':
      return numbers.reduce((x, y) => (floatOf(y) > floatOf(x) ? y : x));
    case 'floor':
      return float(Math.floor(floatOf(first)));
    case 'ceil':
      return float(Math.ceil(floatOf(first)));
    case 'round': {
      const places = numbers[1] === undefined ? 0 : floatOf(numbers[1]);
      const rounded = floatToDecimal(floatOf(first), Math.max(0, Math.floor(places)));
      return rounded === undefined ? first : exact(rounded, Math.max(0, Math.floor(places)));
    }
    default:
      scope.unknownName(`${name}()`);
      return null;
  }
}
