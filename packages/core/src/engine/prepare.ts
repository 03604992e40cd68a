import { isFileName } from '../diagnostics/codes/binding-names.ts';
import { noQuery, nothingFeeds } from '../diagnostics/codes/engine.ts';
import type { Problem } from '../diagnostics/define-codes.ts';
import { type Diagnostic, toDiagnostics } from '../diagnostics/diagnostic.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { loadGenerators } from '../runtime/compile/load-generators.ts';
import { loadOperators } from '../runtime/load-operators.ts';
import type { Statement } from '../sql/ast/index.ts';
import { bindScript, type ScriptResult } from '../sql/bind/bind-script.ts';
import type { BoundOutput, BoundStatement } from '../sql/bind/bound.ts';
import { namesOf } from '../sql/bind/dependencies.ts';
import { loadBinders } from '../sql/bind/load-binders.ts';
import type { Catalog, CatalogRelation } from '../sql/catalog/catalog.ts';
import { catalogOf } from '../sql/catalog/create-catalog.ts';
import type { TableSchema } from '../sql/catalog/schema.ts';
import { loadFunctions } from '../sql/functions/load-functions.ts';
import { loadNeeds } from '../sql/functions/needs.ts';
import { loadBuilders } from '../sql/plan/build/load-builders.ts';
import type { QueryPlan } from '../sql/plan/plan.ts';
import type { Planned } from '../sql/plan/plan-query.ts';
import { planScript, type ScriptQuery } from '../sql/plan/plan-script.ts';
import { somePlan } from '../sql/plan/tree/plan-tree.ts';
import type { ParsedStatements } from '../sql/syntax/parse-statements.ts';
import type { Compat } from './api.ts';
import { changesOfSources, checkBeforeImages } from './changing-sources.ts';
import { collectRelations, type RelationUse } from './collect-relations.ts';
import type { Connectors } from './connector-source.ts';
import type { RunningStatement } from './feed-streams.ts';
import type { Mailbox } from './feeds/push-feed.ts';
import { closeSources, openConfigured, openDeclared, type ReadableRelation } from './relation-source.ts';
import type { DeclaredSource } from './source-input.ts';

/** One statement of the script that runs: a plan with a name. */
export interface PreparedStatement {
  readonly name: string;
  readonly kind: 'query' | 'stream' | 'table';
  readonly plan: QueryPlan;
  readonly output: BoundOutput | null;
  /** Key columns of a CREATE TABLE, by name; empty: rows append. */
  readonly tableKey: readonly string[];
  /** Made for a sub-query; nobody can ask for it by name. */
  readonly internal: boolean;
}

export interface Prepared {
  /** In dependency order. */
  readonly statements: readonly PreparedStatement[];
  /** Relations that the statements read from outside, in order of declaration. */
  readonly relations: readonly ReadableRelation[];
  readonly warnings: readonly Diagnostic[];
}

export interface PrepareOptions {
  readonly sql: string;
  readonly parsed: ParsedStatements;
  /** `last`: only the last query and what it reads. `all`: the whole script. */
  readonly wanted: 'last' | 'all';
  readonly declared: ReadonlyMap<string, DeclaredSource>;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly connectors: Connectors;
  readonly compat: Compat;
  readonly divisionByZero: 'null' | 'error';
  readonly missingFields: 'null' | 'error';
  /** What is read, where somebody has opened it already: another thread. */
  readonly relations?: readonly CatalogRelation[];
  /** Whether loops may be generated. */
  readonly codegen: boolean;
  readonly signal: AbortSignal;
}

/** Opens what is read, binds and plans. Throws the first error as a `VeloError` that carries its span and all diagnostics. */
export async function prepare(options: PrepareOptions): Promise<Prepared> {
  const { sql, parsed } = options;
  throwOnError(sql, parsed.diagnostics);
  const statements = options.wanted === 'last' ? needed(parsed.statements) : parsed.statements;
  if (!statements.some(isQuery)) throw noQuery();
  const [relations] = await Promise.all([
    options.relations?.map(knownRelation) ?? openRelations(statements, options),
    loadFunctions(statements),
    loadBinders(statements),
  ]);
  try {
    return await planned(statements, relations, options);
  } catch (error) {
    await closeSources(relations);
    throw error;
  }
}

/** Binds and plans statements over what they read; what turns out not to be read is let go of. */
async function planned(
  statements: readonly Statement[],
  relations: readonly ReadableRelation[],
  options: PrepareOptions,
): Promise<Prepared> {
  const { sql, parsed, compat } = options;
  const bound = bindScript(statements, {
    catalog: catalogFor(relations, options.declared),
    sql,
    compat,
    mode: 'lenient',
    purpose: 'query',
    divisionByZero: options.divisionByZero,
    missingFields: options.missingFields,
  });
  const warnings: Diagnostic[] = [...parsed.diagnostics, ...bound.problems.flatMap((p) => toDiagnostics(sql, [p], p.statement))];
  throwOnError(sql, warnings);
  await loadBuilders();
  const prepared = planAll(await runningOf(bound, relations, options.wanted), relations, (problems, index) => {
    warnings.push(...toDiagnostics(sql, problems, index));
    throwOnError(sql, warnings);
  });
  await Promise.all([
    loadNeeds(prepared.map((p) => p.plan.root)),
    loadOperators(prepared),
    options.codegen && loadGenerators({ aggregates: prepared.some((p) => hasAggregate(p.plan.root)) }),
  ]);
  const read = new Set(prepared.flatMap((p) => relationsRead(p.plan)));
  const fed = new Set([...relations.map((r) => r.relation.name), ...prepared.map((p) => p.name)]);
  const dry = [...read].find((name) => !fed.has(name));
  if (dry !== undefined) throw nothingFeeds(dry, keysOf(statements, dry));
  await closeSources(relations.filter((r) => !read.has(r.relation.name)));
  return { statements: prepared, relations: relations.filter((r) => read.has(r.relation.name)), warnings };
}

/** What a declaration says of its source. */
const keysOf = (statements: readonly Statement[], name: string): readonly string[] =>
  statements.flatMap((s) => (s.kind === 'create' && s.name.text === name ? s.properties.map((p) => p.key) : []));

/** Only what is read is opened; a wrong name is told against everything that could have been. */
function catalogFor(relations: readonly ReadableRelation[], declared: PrepareOptions['declared']): Catalog {
  const opened = catalogOf(relations.map((r) => r.relation));
  return { ...opened, names: () => [...new Set([...declared.keys(), ...opened.names()])] };
}

const isQuery = (s: Statement): boolean => s.kind === 'query' || s.kind === 'insert' || (s.kind === 'create' && s.query !== undefined);

const hasAggregate = (root: QueryPlan['root']): boolean => somePlan(root, (node) => node.kind === 'aggregate');

/** The last query of the script, and the statements that make or fill what it reads, in file order. Declarations always stay. */
function needed(statements: readonly Statement[]): Statement[] {
  const last = statements.findLastIndex(isQuery);
  const target = statements[last];
  if (!target) return [...statements];
  const byName = new Map<string, Statement[]>();
  for (const [i, s] of statements.entries()) {
    const { makes, writes } = namesOf(s);
    for (const name of i === last ? [] : [...(makes === null ? [] : [makes]), ...writes])
      byName.set(name, [...(byName.get(name) ?? []), s]);
  }
  const keep = new Set<Statement>([target]);
  const queue = [target];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const use of collectRelations(next)) {
      for (const made of byName.get(use.name) ?? []) {
        if (keep.has(made)) continue;
        keep.add(made);
        queue.push(made);
      }
    }
  }
  return statements.filter((s) => keep.has(s));
}

/** A relation that somebody else reads. */
const knownRelation = (relation: CatalogRelation): ReadableRelation => ({ relation, data: { kind: 'array', rows: [] } });

async function openRelations(statements: readonly Statement[], options: PrepareOptions): Promise<ReadableRelation[]> {
  const made = new Set(statements.flatMap((s) => (s.kind === 'create' && s.query ? [s.name.text] : [])));
  const properties = allProperties(statements);
  const uses = new Map<string, RelationUse>();
  for (const use of statements.flatMap(collectRelations)) if (!uses.has(use.name)) uses.set(use.name, use);
  const opened: ReadableRelation[] = [];
  try {
    for (const source of options.declared.values()) {
      if (!uses.has(source.name) || made.has(source.name)) continue;
      opened.push(await openDeclared(source, options.mailboxes.get(source.name), options.connectors, options.signal));
    }
    for (const use of uses.values()) {
      if (options.declared.has(use.name) || made.has(use.name)) continue;
      const declaration = statements.find((s) => s.kind === 'create' && !s.query && s.name.text === use.name);
      const own = new Map([...properties, ...declaredProperties(declaration, use.name), ...scoped(use, made)]);
      const declared = {
        schema: declaredSchema(declaration),
        kind: declaration?.kind === 'create' && declaration.object === 'TABLE' ? 'table' : 'stream',
      } as const;
      // A name that is declared nowhere and ends like a file is one.
      const uri = use.uri ?? (declaration === undefined && isFileName(use.name) ? `file://${use.name}` : null);
      const relation = await openConfigured({ ...use, uri, properties: own }, declared, options.connectors, options.signal);
      if (relation) opened.push(relation);
    }
  } catch (error) {
    await closeSources(opened);
    throw error;
  }
  return opened;
}

function allProperties(statements: readonly Statement[]): Map<string, string | number | boolean> {
  const all = new Map<string, string | number | boolean>();
  for (const s of statements) {
    const query = s.kind === 'query' ? s.query : s.kind === 'create' ? s.query : undefined;
    for (const p of query?.properties ?? []) all.set(p.key, p.value);
  }
  return all;
}

/** `FROM x WITH ('path' = …)`: keys belong to `x` unless they name what the script makes (`'out.type' = …`). */
const scoped = (use: RelationUse, made: ReadonlySet<string>): (readonly [string, string | number | boolean])[] =>
  [...use.properties].map(([key, value]) => [
    key.startsWith(`${use.name}.`) || made.has(key.slice(0, key.indexOf('.'))) ? key : `${use.name}.${key}`,
    value,
  ]);

function declaredProperties(statement: Statement | undefined, name: string): (readonly [string, string | number | boolean])[] {
  if (statement?.kind !== 'create') return [];
  return statement.properties.map((p) => [p.key.startsWith(`${name}.`) ? p.key : `${name}.${p.key}`, p.value] as const);
}

/** Columns of `CREATE STREAM x (…) WITH (…)`, as a schema; the binder reads the same list. */
function declaredSchema(statement: Statement | undefined): TableSchema | undefined {
  if (statement?.kind !== 'create' || statement.columns.length === 0) return undefined;
  return {
    columns: statement.columns.map((c) => ({ name: c.name.text, type: typeNameText(c.type), nullable: c.nullable })),
    ...(statement.watermark ? { eventTime: statement.watermark.column.text } : {}),
    key: [...statement.columns.filter((c) => c.primaryKey).map((c) => c.name.text), ...statement.primaryKey.map((n) => n.text)],
  };
}

type TypeNode = Extract<Statement, { kind: 'create' }>['columns'][number]['type'];
function typeNameText(type: TypeNode): string {
  if (type.fields.length > 0) return `STRUCT<${type.fields.map((f) => `${f.name.text} ${typeNameText(f.type)}`).join(', ')}>`;
  if (type.elements.length > 0) return `${type.name}<${type.elements.map(typeNameText).join(', ')}>`;
  return type.arguments.length > 0 ? `${type.name}(${type.arguments.join(', ')})` : type.name;
}

type Running = Extract<BoundStatement, { query: unknown }>;

/** The statements that run, in dependency order; streams that several write to are made of them all. */
async function runningOf(
  bound: ScriptResult,
  relations: readonly ReadableRelation[],
  wanted: PrepareOptions['wanted'],
): Promise<readonly RunningStatement[]> {
  const running = bound.order.flatMap((index) => {
    const statement = bound.bound[index];
    return statement && 'query' in statement ? [{ statement, index }] : [];
  });
  if (running.length < 2) return running;
  const outside = new Set(relations.map(({ relation }) => relation.name));
  const fed = (await import('./feed-streams.ts')).feedStreams(running, bound.dependencies, (name) => outside.has(name));
  return wanted === 'last' ? (await import('./inline-streams.ts')).inlineStreams(fed) : fed;
}

/** Plans what runs, in dependency order; results of sub-queries become tables in front of the statement that reads them. */
function planAll(
  running: readonly RunningStatement[],
  relations: readonly ReadableRelation[],
  check: (problems: readonly Problem[], index: number) => void,
): PreparedStatement[] {
  const endless = new Set(relations.filter(({ data }) => data.kind === 'connector' && !data.bounded).map(({ relation }) => relation.name));
  const plans = planScript(
    running.map(({ statement }) => scriptQuery(statement)),
    { isBounded: (name) => !endless.has(name), relationChanges: changesOfSources(relations) },
  );
  const prepared = new Map<string, PreparedStatement>();
  for (const [i, { statement, index }] of running.entries()) {
    const { plan, problems } = plans[i] as Planned;
    check(problems, index);
    if (!plan) continue;
    checkBeforeImages(plan);
    for (const table of plan.derived) {
      if (!prepared.has(table.name))
        prepared.set(table.name, {
          name: table.name,
          kind: 'table',
          plan: table.plan,
          output: null,
          tableKey: keyNames(table.plan),
          internal: true,
        });
    }
    const kind = statement.kind === 'create' ? statement.object : 'query';
    const name = statement.kind === 'create' ? statement.name : `stmt_${index}`;
    prepared.set(name, { name, kind, plan, output: statement.output, tableKey: kind === 'table' ? keyNames(plan) : [], internal: false });
  }
  return [...prepared.values()];
}

const scriptQuery = (statement: Running): ScriptQuery => ({
  query: statement.query,
  name: statement.kind === 'create' ? statement.name : null,
  isTable: statement.kind === 'create' && statement.object === 'table',
});

/** Names of the columns that identify a row of the table (§2.3): PRIMARY KEY, else GROUP BY values. */
function keyNames(plan: QueryPlan): string[] {
  const columns = plan.messageKey.length > 0 ? plan.messageKey : (plan.key ?? []);
  return columns.filter((c) => c < plan.visible).map((c) => (plan.root.fields[c] as { name: string }).name);
}

/** Names of the relations that a plan reads, tables of sub-queries and joins included. */
export function relationsRead(plan: QueryPlan): string[] {
  const names = [...plan.tables];
  const walk = (node: QueryPlan['root']): void => {
    if (node.kind === 'scan') names.push(node.relation);
    else if (node.kind === 'join' || node.kind === 'temporal-join') {
      walk(node.left);
      walk(node.right);
    } else if (node.kind === 'union') for (const input of node.inputs) walk(input);
    else if (node.kind !== 'values') walk(node.input);
  };
  walk(plan.root);
  return names;
}

function throwOnError(sql: string, diagnostics: readonly Diagnostic[]): void {
  const first = diagnostics.find((d) => d.severity === 'error');
  if (!first) return;
  const more = diagnostics.filter((d) => d.severity === 'error').length - 1;
  throw new VeloError({
    code: first.code,
    reason: first.reason,
    message: `${first.message} (line ${first.line}, column ${first.column})${more > 0 ? `, and ${more} more` : ''}`,
    hint: first.hint,
    span: { start: first.start, end: first.end },
    details: { diagnostics, near: sql.slice(first.start, Math.min(first.end, first.start + 80)) },
  });
}
