import type { Span } from '../../diagnostics/span.ts';
import type { BoundFrom, BoundJoin, BoundQuery, BoundSelect } from '../../sql/bind/bound.ts';
import type { Expr } from '../../sql/bind/expression.ts';

/** A place of the text that names a column of a relation. */
export interface ColumnUse {
  readonly relation: string;
  readonly column: string;
  /** Absent: it is read without being named, e.g. by `*`. */
  readonly span: Span | undefined;
  /** It is the time of a window, where nothing but a column can stand. */
  readonly isTime: boolean;
}

interface Plain {
  readonly relation: string;
  readonly column: string;
}

/** A row of a bound query: for each place the column that stands there unchanged, or null where something is calculated. */
type PlainRow = readonly (Plain | null)[];

/** Every use of a column in a query. It follows the bound plan, so aliases and scopes are as the engine sees them. */
export function columnUses(query: BoundQuery): ColumnUse[] {
  const uses: ColumnUse[] = [];
  visitQuery(query, uses);
  return uses;
}

/** Output columns that are a column of a relation as it is, by position. */
export function plainOutputs(query: BoundQuery): PlainRow {
  return visitQuery(query, []);
}

function visitQuery(query: BoundQuery, uses: ColumnUse[]): PlainRow {
  switch (query.kind) {
    case 'values':
      return query.fields.map(() => null);
    case 'union': {
      const arms = query.arms.map((arm) => visitQuery(arm, uses));
      return arms[0] ?? [];
    }
    case 'select':
      return visitSelect(query, uses);
  }
}

function visitSelect(query: BoundSelect, uses: ColumnUse[]): PlainRow {
  const input = query.from === null ? [] : visitFrom(query.from, uses);
  const see = (expr: Expr | null, row: PlainRow, isTime = false): void => visitExpr(expr, row, uses, isTime);
  see(query.where, input);
  for (const call of query.over) {
    for (const part of [...call.args, ...call.partitionBy, call.filter, ...call.orderBy.map((key) => key.expr)]) see(part, input);
  }
  const calculated: PlainRow = [...input, ...query.over.map(() => null)];
  const { group } = query;
  let row = calculated;
  if (group !== null) {
    for (const key of group.keys) see(key, calculated);
    see(group.window?.time ?? null, calculated, true);
    for (const call of group.aggregates) for (const part of [...call.args, call.filter]) see(part, calculated);
    const bounds = group.window === null ? [] : [null, null];
    row = group.rows
      ? [...calculated, ...bounds]
      : [...group.keys.map((key) => plainOf(key, calculated)), ...bounds, ...group.aggregates.map(() => null)];
  }
  see(query.having, row);
  for (const item of query.items) see(item.expr, row);
  for (const key of query.orderBy) see(key.expr, row);
  see(query.eventTime, row);
  for (const key of query.key) see(key.expr, row);
  return query.items.map((item) => plainOf(item.expr, row));
}

const plainOf = (expr: Expr, row: PlainRow): Plain | null => (expr.kind === 'column' ? (row[expr.index] ?? null) : null);

function visitFrom(from: BoundFrom, uses: ColumnUse[]): PlainRow {
  switch (from.kind) {
    case 'relation':
      return from.fields.map((field) => ({ relation: from.relation.name, column: field.name }));
    case 'derived':
      return visitQuery(from.query, uses);
    case 'join':
      return visitJoin(from, uses);
  }
}

function visitJoin(join: BoundJoin, uses: ColumnUse[]): PlainRow {
  const left = visitFrom(join.left, uses);
  const right = visitFrom(join.right, uses);
  const both = [...left, ...right];
  for (const key of join.keys) {
    visitExpr(key.left, left, uses, false);
    visitExpr(key.right, right, uses, false);
  }
  visitExpr(join.residual, both, uses, false);
  visitExpr(join.asOf, left, uses, true);
  visitExpr(join.bounds?.leftTime ?? null, left, uses, true);
  visitExpr(join.bounds?.rightTime ?? null, right, uses, true);
  visitExpr(join.window?.time ?? null, both, uses, true);
  return both;
}

/** Expressions are walked by their shape: whatever holds expressions is found. */
function visitExpr(expr: Expr | null, row: PlainRow, uses: ColumnUse[], isTime: boolean): void {
  if (expr === null) return;
  if (expr.kind === 'column') {
    const plain = row[expr.index];
    if (plain != null) uses.push({ ...plain, span: expr.span, isTime });
    return;
  }
  if (expr.kind === 'subquery') {
    for (const part of [...expr.outer, expr.arg]) visitExpr(part, row, uses, false);
    if (expr.query !== undefined) visitQuery(expr.query, uses);
    else for (const part of [expr.where, expr.select]) visitTableExpr(part, expr.table, expr.tableWidth, uses);
    return;
  }
  for (const [name, part] of Object.entries(expr)) if (name !== 'type' && name !== 'span') visitPart(part, row, uses);
}

function visitPart(part: unknown, row: PlainRow, uses: ColumnUse[]): void {
  if (typeof part !== 'object' || part === null || part instanceof Map) return;
  if (Array.isArray(part)) for (const item of part) visitPart(item, row, uses);
  else if ('kind' in part && 'type' in part) visitExpr(part as Expr, row, uses, false);
  else if ('condition' in part || 'result' in part) for (const item of Object.values(part)) visitPart(item, row, uses);
}

/** Columns of the table that a look-up reads; what stands behind them comes from outside and was seen there. */
function visitTableExpr(expr: Expr | null, table: string, width: number, uses: ColumnUse[]): void {
  if (expr === null) return;
  const names: (Plain | null)[] = [];
  collectNames(expr, table, width, names);
  visitExpr(expr, names, uses, false);
}

function collectNames(part: unknown, table: string, width: number, names: (Plain | null)[]): void {
  if (typeof part !== 'object' || part === null) return;
  if ('kind' in part && part.kind === 'column') {
    const { index, name } = part as Extract<Expr, { kind: 'column' }>;
    if (index < width) names[index] = { relation: table, column: name };
  }
  for (const each of Array.isArray(part) ? part : Object.values(part)) collectNames(each, table, width, names);
}
