import type { Expression, FrameBound, FromItem, OrderItem, OverClause, Query, Select, StatementBody } from '../ast/index.ts';
import type { SqlToken } from './token.ts';
import * as t from './token-types.ts';

/** Levels of the syntax tree that the stages after the parser have to bear; they may recurse. */
export const DEPTH_MAX = 200;
/** Brackets and CASE that may be open at once: the grammar recurses over them, so this is checked before it runs. */
const BRACKETS_MAX = 60;
const PREFIXES_MAX = 60;
const ELEMENT_TYPES = /^(ARRAY|MAP|STRUCT|ROW)$/i;

/** The token at which a text nests deeper than the grammar can read without fear for the stack; undefined when it is fine. */
export function tooDeepToken(tokens: readonly SqlToken[]): SqlToken | undefined {
  let open = 0;
  let prefixes = 0;
  let angles = 0;
  let previous: SqlToken | undefined;
  for (const token of tokens) {
    const type = token.tokenType;
    if (type === t.LParen || type === t.LBracket || type === t.K.CASE || type === t.K.EXPLAIN) open++;
    else if (type === t.RParen || type === t.RBracket || type === t.K.END) open = Math.max(0, open - 1);
    else if (type === t.Less && previous && ELEMENT_TYPES.test(previous.image)) angles++;
    else if (type === t.Greater && angles > 0) angles--;
    prefixes = type === t.Minus || type === t.Plus || type === t.K.NOT ? prefixes + 1 : 0;
    if (open + angles > BRACKETS_MAX || prefixes > PREFIXES_MAX) return token;
    previous = token;
  }
  return undefined;
}

/** Whether an expression has more than `left` nodes on one path. Stops at the limit, so it may recurse on any tree. */
export function expressionExceeds(e: Expression | undefined, left: number): boolean {
  if (!e) return false;
  if (left <= 0) return true;
  const next = left - 1;
  const deeper = (child: Expression | undefined): boolean => expressionExceeds(child, next);
  switch (e.kind) {
    case 'binary':
      return deeper(e.left) || deeper(e.right);
    case 'unary':
    case 'is':
    case 'cast':
    case 'field':
      return deeper(e.operand);
    case 'between':
      return deeper(e.operand) || deeper(e.low) || deeper(e.high);
    case 'in':
      return deeper(e.operand) || e.list.some(deeper);
    case 'like':
      return deeper(e.operand) || deeper(e.pattern) || deeper(e.escape);
    case 'index':
      return deeper(e.operand) || deeper(e.index);
    case 'json-access':
      return deeper(e.operand) || deeper(e.key);
    case 'array':
    case 'row':
      return e.items.some(deeper);
    case 'case':
      return deeper(e.operand) || deeper(e.otherwise) || e.whens.some((when) => deeper(when.condition) || deeper(when.result));
    case 'call':
      return e.arguments.some(deeper) || deeper(e.filter) || ordersExceed(e.withinGroup, next) || overExceeds(e.over, next);
    case 'exists':
    case 'scalar-query':
      return queryExceeds(e.query, next);
    case 'in-query':
    case 'quantified':
      return deeper(e.operand) || queryExceeds(e.query, next);
    default:
      return false;
  }
}

function ordersExceed(items: readonly OrderItem[] | undefined, left: number): boolean {
  return items?.some((item) => expressionExceeds(item.expression, left)) === true;
}

function overExceeds(over: OverClause | undefined, left: number): boolean {
  if (!over) return false;
  const bound = (b: FrameBound | undefined): boolean => b !== undefined && 'offset' in b && expressionExceeds(b.offset, left);
  return (
    over.partitionBy.some((e) => expressionExceeds(e, left)) ||
    ordersExceed(over.orderBy, left) ||
    bound(over.frame?.start) ||
    bound(over.frame?.end)
  );
}

/** The same for a query; each SELECT and each arm of a UNION is a level. */
function queryExceeds(query: Query, left: number): boolean {
  if (left <= 0) return true;
  const next = left - 1;
  if (query.ctes.some((cte) => queryExceeds(cte.query, next)) || ordersExceed(query.orderBy, next)) return true;
  return query.kind === 'union' ? queryExceeds(query.left, next) || queryExceeds(query.right, next) : selectExceeds(query, next);
}

function selectExceeds(select: Select, left: number): boolean {
  const deeper = (e: Expression | undefined): boolean => expressionExceeds(e, left);
  const from = (item: FromItem | undefined): boolean => item?.kind === 'derived' && queryExceeds(item.query, left);
  return (
    select.items.some((item) => item.kind === 'expression' && deeper(item.expression)) ||
    from(select.from) ||
    select.joins.some((join) => from(join.right) || deeper(join.on) || deeper(join.asOf)) ||
    deeper(select.where) ||
    select.groupBy.some(deeper) ||
    deeper(select.having)
  );
}

/** Whether a statement has more than `DEPTH_MAX` levels. */
export function statementExceeds(body: StatementBody): boolean {
  const deeper = (e: Expression | undefined): boolean => expressionExceeds(e, DEPTH_MAX);
  switch (body.kind) {
    case 'query':
      return queryExceeds(body.query, DEPTH_MAX);
    case 'create':
      return (
        (body.query !== undefined && queryExceeds(body.query, DEPTH_MAX)) ||
        body.columns.some((c) => deeper(c.default)) ||
        deeper(body.watermark?.expression)
      );
    case 'insert':
      return body.source.kind === 'values' ? body.source.rows.some((row) => row.some(deeper)) : queryExceeds(body.source, DEPTH_MAX);
    case 'update':
      return body.assignments.some((a) => deeper(a.value)) || deeper(body.where);
    case 'delete':
      return deeper(body.where);
    case 'explain':
      return statementExceeds(body.statement);
    case 'job':
      return 'body' in body && statementExceeds(body.body);
    default:
      return false;
  }
}
