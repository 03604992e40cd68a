import type { Expression, FrameBound, FunctionCall, OrderItem, OverClause, Query } from '../../ast/index.ts';
import { infixPower, POWER } from '../expression-tree.ts';
import { type IntervalLiteral, shortDuration } from '../interval.ts';
import { plainForm } from './plain-form.ts';
import { printColumnName, printString, printType } from './print-name.ts';
import type { PrintTarget } from './print-target.ts';

/** Sub-queries are printed by the query printer, which is handed in so that the two need not import each other. */
export interface ExpressionContext {
  readonly target: PrintTarget;
  readonly query: (query: Query) => string;
}

const PRIMARY = 10;

function powerOf(e: Expression): number {
  switch (e.kind) {
    case 'binary':
      return infixPower(e.operator);
    case 'unary':
      return e.operator === 'NOT' ? POWER.not : POWER.sign;
    case 'integer':
      return e.value < 0n ? POWER.sign : PRIMARY;
    case 'is':
    case 'between':
    case 'in':
    case 'in-query':
    case 'like':
    case 'quantified':
      return POWER.compare;
    case 'exists':
      return e.negated ? POWER.not : PRIMARY;
    case 'index':
    case 'field':
    case 'json-access':
      return POWER.postfix;
    default:
      return PRIMARY;
  }
}

/** Text of an expression, in parentheses where it binds weaker than `least`. Parsing the text gives the same tree. */
export function writeExpression(expression: Expression, context: ExpressionContext, least = 0): string {
  const e = context.target === 'velostream' ? plainForm(expression) : expression;
  const text = write(e, context);
  return powerOf(e) < least ? `(${text})` : text;
}

function write(e: Expression, c: ExpressionContext): string {
  const at = (child: Expression, least: number): string => writeExpression(child, c, least);
  const list = (items: readonly Expression[]): string => items.map((item) => at(item, 0)).join(', ');
  const not = 'negated' in e && e.negated ? 'NOT ' : '';
  const side = (child: Expression): string => at(child, comparisonSide(child, c.target));
  switch (e.kind) {
    case 'binary': {
      const power = infixPower(e.operator);
      if (power === POWER.compare) return `${side(e.left)} ${e.operator} ${side(e.right)}`;
      return `${at(e.left, power)} ${e.operator} ${at(e.right, power + 1)}`;
    }
    case 'unary':
      return writeUnary(e, c);
    case 'is':
      return `${side(e.operand)} IS ${not}${e.test}`;
    case 'between':
      return `${side(e.operand)} ${not}BETWEEN ${side(e.low)} AND ${side(e.high)}`;
    case 'in':
      return `${side(e.operand)} ${not}IN (${list(e.list)})`;
    case 'in-query':
      return `${side(e.operand)} ${not}IN (${c.query(e.query)})`;
    case 'like':
      return `${side(e.operand)} ${not}${e.operator} ${side(e.pattern)}${e.escape ? ` ESCAPE ${side(e.escape)}` : ''}`;
    case 'quantified':
      return `${side(e.operand)} ${e.operator} ${e.quantifier} (${c.query(e.query)})`;
    case 'exists':
      return `${not}EXISTS (${c.query(e.query)})`;
    case 'scalar-query':
      return `(${c.query(e.query)})`;
    case 'index':
      return `${at(e.operand, POWER.postfix)}[${at(e.index, 0)}]`;
    case 'field':
      return `${writeFieldOwner(e.operand, c)}.${printColumnName(e.name)}`;
    case 'json-access':
      return `${at(e.operand, POWER.postfix)} ${e.asText ? '->>' : '->'} ${at(e.key, PRIMARY)}`;
    case 'array':
      return `ARRAY[${list(e.items)}]`;
    case 'row':
      return `(${list(e.items)})`;
    case 'cast':
      return `${e.safe ? 'TRY_CAST' : 'CAST'}(${at(e.operand, 0)} AS ${printType(e.type, c.target)})`;
    case 'case':
      return writeCase(e, c);
    case 'call':
      return writeCall(e, c);
    default:
      return writeLeaf(e, c.target);
  }
}

/** The reference reads the right side of a comparison at the level of `+`: what binds weaker gets parentheses there. */
const comparisonSide = (child: Expression, target: PrintTarget): number =>
  target === 'velostream' && child.kind === 'binary' && child.operator === '||' ? PRIMARY : POWER.concat;

function writeUnary(e: Expression & { kind: 'unary' }, c: ExpressionContext): string {
  if (e.operator === 'NOT') return `NOT ${writeExpression(e.operand, c, c.target === 'velostream' ? PRIMARY : POWER.compare)}`;
  const operand = writeExpression(e.operand, c, POWER.sign);
  // `--` would start a comment
  return /^[-+]/.test(operand) ? `${e.operator} ${operand}` : e.operator + operand;
}

/** `a.b` is a path and `1.a` no name: an owner that does not end in a bracket gets parentheses. */
function writeFieldOwner(e: Expression, c: ExpressionContext): string {
  const text = writeExpression(e, c, POWER.postfix);
  return /[)\]]$/.test(text) || e.kind === 'field' ? text : `(${text})`;
}

function writeLeaf(e: Expression, target: PrintTarget): string {
  switch (e.kind) {
    case 'integer':
      return e.value.toString();
    case 'decimal':
      // `3.` was written: the point is what makes it a decimal
      return e.text.includes('.') ? e.text : `${e.text}.`;
    case 'float':
      return e.text;
    case 'string':
      return printString(e.value, target);
    case 'boolean':
      return e.value ? 'TRUE' : 'FALSE';
    case 'interval':
      return `INTERVAL '${e.value}' ${e.unit}`;
    case 'typed-string':
      return `${e.type} ${printString(e.value, target)}`;
    case 'column':
      return e.path.map(printColumnName).join('.');
    default:
      return 'NULL';
  }
}

/** A duration where durations are expected: as it was written if that was short, short for the reference, else INTERVAL. */
export function writeDuration(e: Expression, c: ExpressionContext): string {
  if (e.kind !== 'interval') return writeExpression(e, c);
  if (c.target === 'velostream') return shortDuration(e.value, e.unit);
  return (e as IntervalLiteral).text ?? writeLeaf(e, c.target);
}

function writeCase(e: Expression & { kind: 'case' }, c: ExpressionContext): string {
  const at = (child: Expression): string => writeExpression(child, c);
  const whens = e.whens.map((when) => `WHEN ${at(when.condition)} THEN ${at(when.result)}`);
  return ['CASE', ...(e.operand ? [at(e.operand)] : []), ...whens, ...(e.otherwise ? [`ELSE ${at(e.otherwise)}`] : []), 'END'].join(' ');
}

const WITHOUT_PARENTHESES = /^CURRENT_(TIMESTAMP|DATE|TIME)$/i;

function writeCall(e: FunctionCall, c: ExpressionContext): string {
  const name = printColumnName(e.name);
  const bare = WITHOUT_PARENTHESES.test(e.name.text) && e.arguments.length === 0 && !e.name.quoted;
  const items = e.star ? '*' : `${e.distinct ? 'DISTINCT ' : ''}${e.arguments.map((a) => writeExpression(a, c)).join(', ')}`;
  const parts = [bare ? name : `${name}(${items})`];
  if (e.withinGroup) parts.push(`WITHIN GROUP (ORDER BY ${writeOrder(e.withinGroup, c)})`);
  if (e.filter) parts.push(`FILTER (WHERE ${writeExpression(e.filter, c)})`);
  if (e.over) parts.push(`OVER (${writeOver(e.over, c)})`);
  return parts.join(' ');
}

export function writeOrder(items: readonly OrderItem[], c: ExpressionContext): string {
  return items
    .map(
      (item) =>
        `${writeExpression(item.expression, c)}${item.direction === 'DESC' ? ' DESC' : ''}${item.nulls ? ` NULLS ${item.nulls}` : ''}`,
    )
    .join(', ');
}

/** Rows that an OVER without BUFFER keeps (§5.9); the reference wants the number written out. */
const DEFAULT_BUFFER_ROWS = 1000;

function writeOver(over: OverClause, c: ExpressionContext): string {
  const rows = over.bufferRows ?? (c.target === 'velostream' ? DEFAULT_BUFFER_ROWS : undefined);
  const parts: string[] = [];
  if (rows !== undefined) parts.push(`ROWS WINDOW BUFFER ${rows} ROWS`);
  if (over.partitionBy.length > 0) parts.push(`PARTITION BY ${over.partitionBy.map((e) => writeExpression(e, c)).join(', ')}`);
  if (over.orderBy.length > 0) parts.push(`ORDER BY ${writeOrder(over.orderBy, c)}`);
  if (over.frame) parts.push(`${over.frame.unit} BETWEEN ${writeBound(over.frame.start, c)} AND ${writeBound(over.frame.end, c)}`);
  if (over.emit) parts.push(`EMIT ${over.emit}`);
  if (over.expire)
    parts.push(over.expire === 'NEVER' ? 'EXPIRE AFTER NEVER' : `EXPIRE AFTER ${writeExpression(over.expire, c)} INACTIVITY`);
  return parts.join(' ');
}

function writeBound(bound: FrameBound, c: ExpressionContext): string {
  if ('offset' in bound) return `${writeExpression(bound.offset, c)} ${bound.kind.toUpperCase()}`;
  return bound.kind.replace('-', ' ').toUpperCase();
}
