import type { FromItem, Query, Statement } from '../../sql/ast/index.ts';
import type { BoundQuery } from '../../sql/bind/bound.ts';
import type { AppStatement, BoundAppQuery } from '../bind-app.ts';
import { quoteName, relationText } from '../templates/render-template.ts';
import { type ColumnUse, columnUses, plainOutputs } from './column-uses.ts';
import { qualifiersIn } from './qualifiers.ts';
import { renameInAnnotations } from './rename-annotations.ts';
import { repeatedUses } from './repeated-uses.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';

/** What becomes of the columns of one relation. */
export interface RelationRename {
  /** New name or URI; absent: it keeps its own. */
  readonly relation?: string;
  /** Old column → new column. */
  readonly columns: ReadonlyMap<string, string>;
  /** Old column → SQL type that its values are cast to. */
  readonly casts: ReadonlyMap<string, string>;
}

export interface RenamedQuery {
  readonly sql: string;
  /** Output columns that are called differently now; readers of the query follow. */
  readonly outputs: ReadonlyMap<string, string>;
}

const PLAIN = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const columnText = (name: string): string => (PLAIN.test(name) ? name : quoteName(name));

/**
 * Rewrites a query for relations whose columns are called or typed differently. The places are those that the bound plan names, so an
 * alias that happens to be called like a column is left alone. What has no alias of its own is called by its new name in the output, and
 * annotations follow; `AS` names stay.
 */
export function renameQuery(query: BoundAppQuery, renames: ReadonlyMap<string, RelationRename>): RenamedQuery {
  const edits: TextEdit[] = [];
  const outputs = new Map<string, string>();
  for (const statement of query.statements) {
    const bound = statement.bound?.query;
    const parsed = query.parsed.statements[statement.index];
    if (bound === undefined || parsed === undefined) continue;
    const offset = parsed.span.start - statement.statement.span.start;
    const own = ownOutputs(bound, statement, renames);
    for (const [from, to] of own) outputs.set(from, to);
    const place: Place = { sql: query.sql, offset, bare: bareItems(statement.statement) };
    const uses = columnUses(bound);
    for (const use of [...uses, ...repeatedUses(statement.statement, uses)]) {
      const edit = columnEdit(use, place, renames);
      if (edit !== undefined) edits.push(edit);
    }
    const annotations = {
      metrics: query.parsed.annotations.metrics.filter((m) => m.statement === statement.index),
      alerts: query.parsed.annotations.alerts.filter((a) => a.statement === statement.index),
      vizHints: [],
    };
    edits.push(...renameInAnnotations(parsed, annotations, own));
  }
  for (const statement of query.parsed.statements) edits.push(...relationEdits(statement, renames));
  return { sql: applyEdits(query.sql, edits), outputs };
}

/** Output columns that carry the name of a renamed column because nothing else was written. */
function ownOutputs(bound: BoundQuery, statement: AppStatement, renames: ReadonlyMap<string, RelationRename>): Map<string, string> {
  const found = new Map<string, string>();
  const aliases = aliasesOf(statement.statement);
  for (const [i, plain] of plainOutputs(bound).entries()) {
    const name = bound.fields[i]?.name;
    if (plain == null || name !== plain.column || aliases.has(name)) continue;
    const to = renames.get(plain.relation)?.columns.get(plain.column);
    if (to !== undefined && to !== name) found.set(name, to);
  }
  return found;
}

function queryOf(statement: Statement): Query | undefined {
  if (statement.kind === 'query' || statement.kind === 'create') return statement.query;
  return statement.kind === 'insert' && statement.source.kind !== 'values' ? statement.source : undefined;
}

function aliasesOf(statement: Statement): ReadonlySet<string> {
  const query = queryOf(statement);
  if (query?.kind !== 'select') return new Set();
  return new Set(query.items.flatMap((item) => (item.kind === 'expression' && item.alias !== undefined ? [item.alias.text] : [])));
}

/** Where select items stand that are a column without an alias: with a cast they need one. */
function bareItems(statement: Statement): ReadonlySet<number> {
  const found = new Set<number>();
  const walk = (query: Query | undefined): void => {
    if (query === undefined) return;
    for (const cte of query.ctes) walk(cte.query);
    if (query.kind === 'union') {
      walk(query.left);
      walk(query.right);
      return;
    }
    for (const item of query.items)
      if (item.kind === 'expression' && item.alias === undefined && item.expression.kind === 'column')
        found.add(item.expression.span.start);
    if (query.from?.kind === 'derived') walk(query.from.query);
    for (const join of query.joins) if (join.right.kind === 'derived') walk(join.right.query);
  };
  walk(queryOf(statement));
  return found;
}

interface Place {
  readonly sql: string;
  /** From places in the text of the application to places in that of the query. */
  readonly offset: number;
  readonly bare: ReadonlySet<number>;
}

function columnEdit(use: ColumnUse, { sql, offset, bare }: Place, renames: ReadonlyMap<string, RelationRename>): TextEdit | undefined {
  const rename = renames.get(use.relation);
  if (rename === undefined || use.span === undefined) return undefined;
  const start = use.span.start + offset;
  const end = use.span.end + offset;
  const written = sql.slice(start, end);
  const tail = [use.column, quoteName(use.column), `"${use.column}"`].find((form) => written.endsWith(form));
  if (tail === undefined) return undefined;
  const head = written.slice(0, written.length - tail.length);
  if (head !== '' && !head.endsWith('.')) return undefined;
  const to = rename.columns.get(use.column) ?? use.column;
  const type = use.isTime ? undefined : rename.casts.get(use.column);
  if (to === use.column && type === undefined) return undefined;
  const name = `${head}${columnText(to)}`;
  if (type === undefined) return { start, end, text: name };
  const alias = bare.has(use.span.start) ? ` AS ${columnText(to)}` : '';
  return { start, end, text: `CAST(${name} AS ${type})${alias}` };
}

/** New names of relations. Where columns are qualified by the old name, it stays as the alias. */
function relationEdits(statement: Statement, renames: ReadonlyMap<string, RelationRename>): TextEdit[] {
  const edits: TextEdit[] = [];
  const qualifiers = qualifiersIn(statement);
  const walkItem = (item: FromItem): void => {
    if (item.kind === 'derived') walk(item.query);
    if (item.kind !== 'relation') return;
    const old = item.relation.kind === 'name' ? item.relation.name.text : item.relation.uri;
    const to = renames.get(old)?.relation;
    if (to === undefined || to === old) return;
    const { start, end } = item.relation.span;
    const text = relationText(to);
    edits.push({ start, end, text: item.alias === undefined && qualifiers.has(old) ? `${text} ${columnText(old)}` : text });
  };
  const walk = (query: Query | undefined): void => {
    if (query === undefined) return;
    for (const cte of query.ctes) walk(cte.query);
    if (query.kind === 'union') {
      walk(query.left);
      walk(query.right);
      return;
    }
    if (query.from !== undefined) walkItem(query.from);
    for (const join of query.joins) walkItem(join.right);
    walkNested([query.where, query.having, query.items, query.joins.map((join) => join.on)], walk);
  };
  walk(queryOf(statement));
  return edits;
}

/** Sub-queries within expressions. */
function walkNested(node: unknown, walk: (query: Query) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) walkNested(item, walk);
    return;
  }
  if ('kind' in node && (node.kind === 'select' || node.kind === 'union')) {
    walk(node as Query);
    return;
  }
  for (const part of Object.values(node)) walkNested(part, walk);
}
