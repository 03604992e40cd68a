import type { Expression, FromItem, Query, SelectItem, StatementBody } from '../ast/index.ts';
import { targetName, targetsOf } from './targets.ts';

/** What a statement reads and makes, by name. */
export interface StatementNames {
  /** Relations in FROM, JOIN and sub-queries, sorted, each once; names of common tables are not among them. */
  readonly reads: readonly string[];
  /** The stream or table that the statement creates. */
  readonly makes: string | null;
  /** Where it sends rows: INTO and INSERT targets. */
  readonly writes: readonly string[];
}

export function namesOf(statement: StatementBody): StatementNames {
  const reads = new Set<string>();
  collect(statement, reads);
  return { reads: [...reads].sort(), makes: madeBy(statement), writes: writtenBy(statement) };
}

function collect(statement: StatementBody, into: Set<string>): void {
  switch (statement.kind) {
    case 'query':
      fromQuery(statement.query, into, NONE);
      return;
    case 'create':
      if (statement.query !== undefined) fromQuery(statement.query, into, NONE);
      return;
    case 'insert':
      if (statement.source.kind !== 'values') fromQuery(statement.source, into, NONE);
      return;
    case 'update':
    case 'delete':
      into.add(targetName(statement.target));
      return;
    case 'explain':
      collect(statement.statement, into);
      return;
    case 'job':
      if ('body' in statement) collect(statement.body, into);
      return;
    default:
      return;
  }
}

function madeBy(statement: StatementBody): string | null {
  if (statement.kind === 'create') return statement.name.text;
  return statement.kind === 'job' && 'body' in statement ? madeBy(statement.body) : null;
}

function writtenBy(statement: StatementBody): string[] {
  switch (statement.kind) {
    case 'query':
      return targetsOf(statement.query).map(targetName);
    case 'create':
      return statement.query === undefined ? [] : targetsOf(statement.query).map(targetName);
    case 'insert':
      return [targetName(statement.target), ...(statement.source.kind === 'values' ? [] : targetsOf(statement.source).map(targetName))];
    case 'job':
      return 'body' in statement ? writtenBy(statement.body) : [];
    default:
      return [];
  }
}

const NONE: ReadonlySet<string> = new Set();

function fromQuery(query: Query, into: Set<string>, hidden: ReadonlySet<string>): void {
  const ctes = new Set(hidden);
  for (const cte of query.ctes) {
    fromQuery(cte.query, into, ctes);
    ctes.add(cte.name.text);
  }
  const expression = (e: Expression | undefined): void => fromExpression(e, into, ctes);
  for (const item of query.orderBy) expression(item.expression);
  if (query.kind === 'union') {
    fromQuery(query.left, into, ctes);
    fromQuery(query.right, into, ctes);
    return;
  }
  if (query.from !== undefined) fromItem(query.from, into, ctes);
  for (const join of query.joins) {
    fromItem(join.right, into, ctes);
    expression(join.on);
  }
  for (const item of query.items) expression(itemExpression(item));
  for (const e of [query.where, query.having, ...query.groupBy]) expression(e);
}

const itemExpression = (item: SelectItem): Expression | undefined => (item.kind === 'expression' ? item.expression : undefined);

function fromItem(item: FromItem, into: Set<string>, hidden: ReadonlySet<string>): void {
  if (item.kind === 'derived') fromQuery(item.query, into, hidden);
  else if (item.kind === 'relation') {
    const name = item.relation.kind === 'name' ? item.relation.name.text : item.relation.uri;
    if (!hidden.has(name)) into.add(name);
  }
}

/** Sub-queries anywhere in an expression. Nodes are walked by their shape: whatever holds expressions or queries is found. */
function fromExpression(root: Expression | undefined, into: Set<string>, hidden: ReadonlySet<string>): void {
  if (root !== undefined) walkNode(root, into, hidden);
}

function walkNode(node: object, into: Set<string>, hidden: ReadonlySet<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) if (typeof item === 'object' && item !== null) walkNode(item, into, hidden);
    return;
  }
  const { kind } = node as { readonly kind?: unknown };
  if (kind === 'select' || kind === 'union') {
    fromQuery(node as Query, into, hidden);
    return;
  }
  if (kind === 'column') return;
  for (const key in node) {
    const value = (node as { readonly [key: string]: unknown })[key];
    if (typeof value === 'object' && value !== null && key !== 'span') walkNode(value, into, hidden);
  }
}
