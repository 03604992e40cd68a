import { type Diagnostic, diagnosticPlacer } from '../diagnostics/diagnostic.ts';
import { slugOf } from '../observability/prometheus-name.ts';
import type { AppInput } from '../protocol/studio/app.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { CreateRelation, Statement } from '../sql/ast/index.ts';
import { bindScript, type ScriptResult } from '../sql/bind/bind-script.ts';
import type { BindOptions } from '../sql/bind/binder.ts';
import type { BoundQuery, BoundStatement } from '../sql/bind/bound.ts';
import { checkAnnotations } from '../sql/bind/check-annotations.ts';
import { namesOf } from '../sql/bind/dependencies.ts';
import { withoutOwnColumns } from '../sql/bind/own-column.ts';
import { provideWholeLanguage } from '../sql/bind/whole-language.ts';
import type { Catalog } from '../sql/catalog/catalog.ts';
import { assumedRelation, createCatalog } from '../sql/catalog/create-catalog.ts';
import { type ParseResult, parse } from '../sql/syntax/index.ts';
import { relationLabel } from './relation-label.ts';

/** One statement of an application that runs, bound together with all others. */
export interface AppStatement {
  readonly queryId: string;
  /** Index within the SQL of its query. */
  readonly index: number;
  readonly statement: Statement;
  /** Null: it has an error. */
  readonly bound: Extract<BoundStatement, { readonly query: BoundQuery }> | null;
  /** Relations it reads, by name or URI, sorted. */
  readonly reads: readonly string[];
  /** Where its rows go: the name others read it by, then further targets. */
  readonly outputs: readonly string[];
  /** The one that stands for the query: the last of its statements that runs. */
  readonly isMain: boolean;
}

export interface BoundAppQuery {
  readonly id: string;
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly sql: string;
  readonly parsed: ParseResult;
  readonly statements: readonly AppStatement[];
  readonly main: AppStatement | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface BoundApp {
  readonly queries: readonly BoundAppQuery[];
  /** Every running statement, so that each stands behind those it reads. */
  readonly ordered: readonly AppStatement[];
  readonly catalog: Catalog;
}

type QueryInput = AppInput['queries'][number];

/** What binding an application has at hand. */
interface Work {
  readonly queries: readonly QueryInput[];
  readonly ids: readonly string[];
  readonly parsed: readonly ParseResult[];
  readonly placed: readonly Placed[];
  readonly script: ScriptResult;
  readonly offsets: readonly number[];
  readonly options: BindOptions;
}

interface Placed {
  readonly query: number;
  readonly index: number;
  readonly statement: Statement;
}

/** Binds the queries of an application as one script: each sees the outputs of the others, under the name of their sink. */
export function bindApp(queries: readonly QueryInput[], schemas: Readonly<Record<string, TableSchema>> = {}): BoundApp {
  provideWholeLanguage();
  const parsed = queries.map((query) => parse(query.sql));
  const { text, offsets } = joined(queries);
  const whole = queries.length === 1 ? (parsed[0] as ParseResult) : parse(text);
  const placed = place(declaredOnce(whole.statements, text), offsets, queries);
  const options: BindOptions = { sql: text, catalog: openCatalog(schemas), purpose: 'query' };
  const script = bindScript(
    placed.map((p) => p.statement),
    options,
  );
  const ids = queryIds(queries);
  const work: Work = { queries, ids, parsed, placed, script, offsets, options };
  const statements = placed.map((p, i) => appStatement(p, i, work));
  const found = queries.map((query, q): BoundAppQuery => {
    const own = statements.flatMap((s, i) => ((placed[i] as Placed).query === q && s !== undefined ? [s] : []));
    return {
      id: ids[q] as string,
      name: query.name,
      title: query.title ?? query.name,
      sql: query.sql,
      parsed: parsed[q] as ParseResult,
      statements: own,
      main: own.find((s) => s.isMain),
      diagnostics: diagnosticsOf(q, work),
    };
  });
  return { queries: found, ordered: script.order.flatMap((i) => statements[i] ?? []), catalog: script.catalog };
}

/** Given ids stay; the rest are `q1`, `q2`, … */
export function queryIds(queries: readonly QueryInput[]): string[] {
  const taken = new Set(queries.flatMap((query) => query.id ?? []));
  let next = 1;
  return queries.map((query) => {
    if (query.id !== undefined) return query.id;
    while (taken.has(`q${next}`)) next++;
    taken.add(`q${next}`);
    return `q${next}`;
  });
}

/** One text of all queries; each begins at its offset. */
function joined(queries: readonly QueryInput[]): { text: string; offsets: readonly number[] } {
  let text = '';
  const offsets = queries.map((query) => {
    const at = text.length;
    // The line break ends a comment, the semicolon the statement.
    text += `${query.sql}\n;\n`;
    return at;
  });
  return { text, offsets };
}

/** Each query may bring the declarations of what it reads: one that says the same again is none of its own. */
function declaredOnce(statements: readonly Statement[], text: string): readonly Statement[] {
  const said = new Set<string>();
  return statements.map((statement) => {
    if (statement.kind !== 'create' || statement.query !== undefined) return statement;
    const words = text.slice(statement.span.start, statement.span.end).replace(/[\s;]+$/, '');
    if (!said.has(words)) {
      said.add(words);
      return statement;
    }
    return { ...statement, ifNotExists: true };
  });
}

function place(statements: readonly Statement[], offsets: readonly number[], queries: readonly QueryInput[]): Placed[] {
  const counts = new Map<number, number>();
  const named = statements.map((statement): Placed => {
    const query = offsets.findLastIndex((at) => at <= statement.span.start);
    const index = counts.get(query) ?? 0;
    counts.set(query, index + 1);
    return { query: Math.max(0, query), index, statement };
  });
  return named.map((p, i) => {
    const isLast = !named.some((other, j) => j > i && other.query === p.query && other.statement.kind === 'query');
    const query = queries[p.query] as QueryInput;
    return { ...p, statement: withName(p.statement, isLast ? outputName(query) : `${slugOf(query.name)}-${p.index}`) };
  });
}

/** Name under which others read a query that is no CREATE: its sink, else its own name. */
const outputName = (query: QueryInput): string => (query.sink === undefined ? slugOf(query.name) : relationLabel(query.sink));

/** A bare SELECT becomes a stream, so that others can read it. One that already goes INTO somewhere is read there. */
function withName(statement: Statement, name: string): Statement {
  if (statement.kind !== 'query' || namesOf(statement).writes.length > 0) return statement;
  const { span, comments, query } = statement;
  const create: CreateRelation = {
    kind: 'create',
    object: 'STREAM',
    name: { text: name, quoted: true, span: { start: span.start, end: span.start } },
    orReplace: true,
    ifNotExists: false,
    columns: [],
    primaryKey: [],
    query,
    properties: [],
    span,
  };
  return { ...create, comments };
}

const runs = (statement: Statement): boolean =>
  statement.kind === 'query' ||
  (statement.kind === 'create' && statement.query !== undefined) ||
  (statement.kind === 'insert' && statement.source.kind !== 'values') ||
  (statement.kind === 'job' && 'body' in statement);

function appStatement(p: Placed, at: number, { script, placed, ids, queries }: Work): AppStatement | undefined {
  if (!runs(p.statement)) return undefined;
  const bound = script.bound[at];
  const names = script.dependencies[at] as ScriptResult['dependencies'][number];
  const isMain = !placed.some((other, i) => i > at && other.query === p.query && runs(other.statement));
  const sink = (queries[p.query] as QueryInput).sink;
  const outputs = [...(names.makes === null ? [] : [names.makes]), ...names.writes, ...(isMain && sink !== undefined ? [sink] : [])];
  const byLabel = new Map(outputs.map((name) => [relationLabel(name), name]));
  return {
    queryId: ids[p.query] as string,
    index: p.index,
    statement: p.statement,
    bound: bound != null && 'query' in bound ? bound : null,
    reads: names.reads,
    outputs: [...byLabel.values()],
    isMain,
  };
}

/** Relations of which nothing is known may have any columns. */
function openCatalog(schemas: Readonly<Record<string, TableSchema>>): Catalog {
  const known = createCatalog(schemas);
  const byLabel = new Map(Object.keys(schemas).map((name) => [relationLabel(name), name]));
  return {
    find: (name) => known.find(name) ?? known.find(byLabel.get(relationLabel(name)) ?? name) ?? assumedRelation(name),
    names: () => known.names(),
  };
}

function diagnosticsOf(query: number, { queries, parsed, placed, script, offsets, options }: Work): Diagnostic[] {
  const own = parsed[query] as ParseResult;
  const offset = offsets[query] as number;
  const put = diagnosticPlacer((queries[query] as QueryInput).sql);
  const broken = new Set(own.diagnostics.filter((d) => d.severity === 'error').map((d) => d.statement));
  const shifted = (span: { start: number; end: number }) => ({ start: span.start - offset, end: span.end - offset });
  const problems = withoutOwnColumns(
    placed.map((p) => p.statement),
    script.problems,
  );
  const bindProblems = problems.flatMap((p) => {
    const at = placed[p.statement];
    // The name of a bare SELECT's output is ours, so nobody is told that it is odd.
    const isOurs = p.span.start === p.span.end && p.reason === 'odd-name';
    if (at?.query !== query || broken.has(at.index) || isOurs) return [];
    return [put({ ...p, span: shifted(p.span) }, at.index)];
  });
  const outputOf = (index: number) => {
    const at = placed.findIndex((p) => p.query === query && p.index === index);
    const bound = script.bound[at];
    return bound != null && 'query' in bound ? bound.query.fields : undefined;
  };
  const annotated = checkAnnotations(own.annotations, outputOf, options).map((p) => put(p, p.statement));
  const said = new Set(own.diagnostics.map((d) => `${d.reason}:${d.start}`));
  const found = [...bindProblems, ...annotated].filter((d) => !said.has(`${d.reason}:${d.start}`));
  return [...own.diagnostics, ...found].sort((a, b) => a.start - b.start || a.end - b.end);
}
