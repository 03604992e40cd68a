import type { CommonTable, Expression, FromItem, Join, Property, Query, Select, SelectItem, Union, WindowClause } from '../../ast/index.ts';
import { indent, inline, type Line, line, prefix, suffix, WIDTH } from './layout.ts';
import { type ExpressionContext, writeDuration, writeExpression, writeOrder } from './print-expression.ts';
import { printName, printProperty, printRelation, printRelationAlias, printString } from './print-name.ts';
import type { PrintTarget } from './print-target.ts';

export function contextOf(target: PrintTarget): ExpressionContext {
  const context: ExpressionContext = { target, query: (query) => inline(queryLines(query, context)) };
  return context;
}

/**
 * Lines of a query in canonical order of clauses, one clause a line. A WITH straight after a relation would be taken for the relation's own;
 * where one follows (in the query or, `withFollows`, after it), an empty one is spelled out before it.
 */
export function queryLines(query: Query, c: ExpressionContext, withFollows = false): Line[] {
  const bare = query.orderBy.length === 0 && !query.limit && !query.emit && query.into.length === 0;
  const follows = bare && (withFollows || query.properties.length > 0);
  const body = query.kind === 'union' ? unionLines(query, c, follows) : selectLines(query, c, follows);
  return [...cteLines(query.ctes, c), ...body, ...trailingLines(query, c)];
}

function cteLines(ctes: readonly CommonTable[], c: ExpressionContext): Line[] {
  return ctes.flatMap((cte, i) => [
    line(`${i === 0 ? 'WITH ' : ''}${printName(cte.name, c.target)} AS (`, cte.span.start),
    ...indent(queryLines(cte.query, c)),
    line(i === ctes.length - 1 ? ')' : '),'),
  ]);
}

const hasTrailing = (q: Query): boolean =>
  q.orderBy.length > 0 || q.limit !== undefined || q.emit !== undefined || q.into.length > 0 || q.properties.length > 0;

function unionLines(union: Union, c: ExpressionContext, withFollows: boolean): Line[] {
  const { left, right } = union;
  const leftWrapped = left.ctes.length > 0 || (left.kind === 'union' && hasTrailing(left));
  const rightWrapped = right.kind === 'union' || right.ctes.length > 0 || hasTrailing(right);
  const arm = (query: Query, wrapped: boolean, follows: boolean): Line[] =>
    wrapped ? [line('('), ...indent(queryLines(query, c)), line(')')] : queryLines(query, c, follows);
  return [...arm(left, leftWrapped, false), line(union.all ? 'UNION ALL' : 'UNION'), ...arm(right, rightWrapped, withFollows)];
}

function selectLines(select: Select, c: ExpressionContext, withFollows: boolean): Line[] {
  const lines = itemLines(select, c);
  const { joins } = select;
  const exposed = withFollows && !select.where && select.groupBy.length === 0 && !select.window && !select.having;
  if (select.from) lines.push(...prefix('FROM ', fromLines(select.from, c, exposed && joins.length === 0)));
  for (const [i, join] of joins.entries()) lines.push(...joinLines(join, c, exposed && i === joins.length - 1));
  if (select.where) lines.push(...conditionLines('WHERE', select.where, c));
  if (select.groupBy.length > 0) {
    lines.push(line(`GROUP BY ${select.groupBy.map((e) => writeExpression(e, c)).join(', ')}`, select.groupBy[0]?.span.start));
  }
  if (select.window) lines.push(line(`WINDOW ${writeWindow(select.window, c)}`, select.window.span.start));
  if (select.having) lines.push(...conditionLines('HAVING', select.having, c));
  return lines;
}

function trailingLines(query: Query, c: ExpressionContext): Line[] {
  const lines: Line[] = [];
  const { orderBy, limit, emit, into } = query;
  if (orderBy.length > 0) lines.push(line(`ORDER BY ${writeOrder(orderBy, c)}`, orderBy[0]?.span.start));
  if (limit) lines.push(line(`LIMIT ${limit.count}${limit.offset > 0 ? ` OFFSET ${limit.offset}` : ''}`, limit.span.start));
  if (emit) lines.push(line(`EMIT ${emit.mode}`, emit.span.start));
  if (into.length > 0) lines.push(line(`INTO ${into.map((r) => printRelation(r, c.target)).join(', ')}`, into[0]?.span.start));
  if (query.properties.length > 0) lines.push(...propertyLines(query.properties, c.target));
  return lines;
}

/** `WITH ('a' = 'b')`, one property a line when there are several. */
export function propertyLines(properties: readonly Property[], target: PrintTarget): Line[] {
  const [first] = properties;
  if (!first) return [line('WITH ()')];
  if (properties.length === 1) return [line(`WITH (${printProperty(first, target)})`, first.span.start)];
  const entries = properties.map((p, i) => line(`  ${printProperty(p, target)}${i === properties.length - 1 ? '' : ','}`, p.span.start));
  return [line('WITH ('), ...entries, line(')')];
}

function itemLines(select: Select, c: ExpressionContext): Line[] {
  const word = select.distinct ? 'SELECT DISTINCT' : 'SELECT';
  const items = select.items.map((item) => ({ text: writeItem(item, c), at: item.span.start }));
  const one = `${word} ${items.map((item) => item.text).join(', ')}`;
  if (one.length <= WIDTH && items.length <= 6) return [line(one, select.span.start)];
  return [line(word, select.span.start), ...items.map((item, i) => line(`  ${item.text}${i === items.length - 1 ? '' : ','}`, item.at))];
}

function writeItem(item: SelectItem, c: ExpressionContext): string {
  if (item.kind === 'star') {
    const star = item.qualifier ? `${printName(item.qualifier, 'studio')}.*` : '*';
    return item.except.length === 0 ? star : `${star} EXCEPT (${item.except.map((n) => printName(n, c.target)).join(', ')})`;
  }
  const alias = item.alias ? ` AS ${printName(item.alias, c.target)}` : '';
  return writeExpression(item.expression, c) + alias + (item.key ? ' PRIMARY KEY' : '');
}

function fromLines(item: FromItem, c: ExpressionContext, emptyWith: boolean): Line[] {
  const alias = item.alias ? printRelationAlias(item.alias, c.target) : '';
  const at = item.span.start;
  switch (item.kind) {
    case 'derived':
      return [line('(', at), ...indent(queryLines(item.query, c)), line(`)${alias}`)];
    case 'source-function':
      return [line(`${printName(item.name, c.target)}(${printString(item.argument, c.target)})${alias}`, at)];
    default: {
      const head = line(printRelation(item.relation, c.target) + alias, at);
      if (item.properties.length === 0) return emptyWith ? suffix([head], ' WITH ()') : [head];
      const [first, ...rest] = propertyLines(item.properties, c.target);
      return [line(`${head.text} ${first?.text}`, at), ...rest];
    }
  }
}

function joinLines(join: Join, c: ExpressionContext, exposed: boolean): Line[] {
  const word = join.kind === 'INNER' ? 'JOIN' : join.kind === 'FULL' ? 'FULL OUTER JOIN' : `${join.kind} JOIN`;
  const lines = prefix(`${word} `, fromLines(join.right, c, exposed && !join.on));
  const asOf = join.asOf ? ` FOR SYSTEM_TIME AS OF ${writeExpression(join.asOf, c)}` : '';
  const within = join.within ? ` WITHIN ${writeDuration(join.within, c)}` : '';
  const grace = join.grace ? ` GRACE PERIOD ${writeDuration(join.grace, c)}` : '';
  const head = suffix(lines, asOf);
  if (!join.on) return head;
  const [first, ...rest] = conditionLines('ON', join.on, c);
  if (rest.length === 0) return suffix(head, ` ${first?.text}${within}${grace}`);
  return suffix([...head, ...indent([first as Line, ...rest])], within + grace);
}

/** A condition on one line, or one term of its AND a line when that is too long. */
function conditionLines(word: string, condition: Expression, c: ExpressionContext): Line[] {
  const one = `${word} ${writeExpression(condition, c)}`;
  const terms = andTerms(condition);
  if (one.length <= WIDTH || terms.length === 1) return [line(one, condition.span.start)];
  return terms.map((term, i) => line(`${i === 0 ? word : '  AND'} ${writeExpression(term, c, i === 0 ? 2 : 3)}`, term.span.start));
}

/** Terms along the left side of an AND, which is how the parser builds them. */
function andTerms(e: Expression): Expression[] {
  const terms: Expression[] = [];
  let at = e;
  while (at.kind === 'binary' && at.operator === 'AND') {
    terms.unshift(at.right);
    at = at.left;
  }
  return [at, ...terms];
}

function writeWindow(window: WindowClause, c: ExpressionContext): string {
  const time = window.time ? [writeExpression(window.time, c)] : [];
  switch (window.kind) {
    case 'tumbling':
      return `TUMBLING(${[...time, writeDuration(window.size, c)].join(', ')})`;
    case 'sliding':
      return `SLIDING(${[...time, writeDuration(window.size, c), writeDuration(window.advance, c)].join(', ')})`;
    default: {
      const key = window.key ? [writeExpression(window.key, c)] : [];
      // the reference knows the key only as the third argument
      const column = time.length === 0 && key.length > 0 && c.target === 'velostream' ? ['_EVENT_TIME'] : time;
      return `SESSION(${[...column, writeDuration(window.gap, c), ...key].join(', ')})`;
    }
  }
}
