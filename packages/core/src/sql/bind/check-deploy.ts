import { bindingProblem } from '../../diagnostics/codes/binding.ts';
import { configProblem } from '../../diagnostics/codes/config.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import type { Span } from '../../diagnostics/span.ts';
import type { Query, Statement, StatementBody } from '../ast/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { checkRetention } from './check-properties.ts';
import type { StatementNames } from './dependencies.ts';
import { asMap, type PlacedProperty, propertiesFor, propertiesOfStatement, propertyOf } from './properties.ts';

/** What the sources and sinks of one statement can lean on. */
export interface DeployContext {
  readonly names: StatementNames;
  /** Names that some statement of the script makes or declares. */
  readonly made: ReadonlySet<string>;
  /** Names that a declaration of the script sets up as a sink. */
  readonly declaredSinks: ReadonlySet<string>;
  readonly catalog: Catalog | null;
}

type Config = ReadonlyMap<string, string | number | boolean>;
const FILES = ['config_file', 'sink_config', 'source_config', 'base_source_config'];

/** One statement with its settings. */
interface Job {
  readonly body: StatementBody;
  readonly placed: readonly PlacedProperty[];
  readonly all: Config;
  readonly context: DeployContext;
}

/** Whether a statement can become a job: every input has a source, every output a sink (§11 (12)). */
export function checkDeploy(statement: Statement | StatementBody, context: DeployContext): Problem[] {
  const placed = propertiesOfStatement(statement);
  const job: Job = { body: jobBody(statement), placed, all: asMap(placed), context };
  return [...checkSinks(job), ...checkSources(job), ...checkRetention(placed)];
}

const jobBody = (statement: StatementBody): StatementBody => ('body' in statement ? statement.body : statement);

const isSinkType = (value: unknown): boolean => /_sink$/.test(String(value)) || value === 'stdout';
const fromFile = (own: Config): boolean => propertyOf(own, ...FILES) !== undefined;

/** Every INTO target and INSERT target, or the name that is created, is written somewhere. */
function checkSinks(job: Job): Problem[] {
  const { body, context } = job;
  const { writes } = context.names;
  const named = writes.map((name) => ({ name, span: body.kind === 'insert' ? body.target.span : body.span }));
  switch (body.kind) {
    case 'query':
      return writes.length > 0 ? named.flatMap((n) => sinkProblems(job, n)) : [bindingProblem('VS2102', body.span, { name: '' })];
    case 'insert':
      return named.flatMap((n) => sinkProblems(job, n));
    case 'create': {
      if (body.query === undefined) return [];
      const { text: name, span } = body.name;
      if (writes.length > 0) return writes.flatMap((target) => sinkProblems(job, { name: target, span }));
      return body.object === 'TABLE' && feedsFromFile(context, job.all) ? [] : sinkProblems(job, { name, span });
    }
    default:
      return [];
  }
}

/** A table that a file fills needs no sink (§2.3). */
const feedsFromFile = (context: DeployContext, all: Config): boolean =>
  context.names.reads.some((name) => name.startsWith('file://') || /^file_source/.test(String(all.get(`${name}.type`))));

function sinkProblems(job: Job, { name, span }: { readonly name: string; readonly span: Span }): Problem[] {
  const { context, placed } = job;
  if (name.includes('://') || context.declaredSinks.has(name)) return [];
  const own = propertiesFor(name, job.all);
  if (isSinkType(own.get('type'))) return [...missingFileKeys(name, own, placed), ...keyOnFile(name, own, job.body)];
  if (fromFile(own) || context.catalog?.find(name) !== undefined) return [];
  return [configProblem('VS2122', span, { name })];
}

function missingFileKeys(name: string, own: Config, placed: readonly PlacedProperty[]): Problem[] {
  if (!/^file_/.test(String(own.get('type'))) || fromFile(own)) return [];
  const span = placed.find((p) => p.key === `${name}.type`)?.valueSpan ?? { start: 0, end: 0 };
  const missing = [['path', 'source.path', 'file.path'] as const, ['format', 'source.format', 'file.format'] as const];
  return missing
    .filter((keys) => propertyOf(own, ...keys) === undefined)
    .map(([key]) => configProblem('VS2124', span, { key: `${name}.${key}`, of: `"${name}"` }));
}

function keyOnFile(name: string, own: Config, body: StatementBody): Problem[] {
  const query = body.kind === 'create' || body.kind === 'query' ? body.query : undefined;
  const marked = own.get('type') === 'file_sink' && query !== undefined ? keySpan(query) : undefined;
  return marked === undefined ? [] : [configProblem('VS2126', marked, { sink: name })];
}

function keySpan(query: Query): Span | undefined {
  if (query.kind === 'union') return keySpan(query.left);
  return query.items.find((item) => item.kind === 'expression' && item.key)?.span;
}

function checkSources({ body, placed, all, context }: Job): Problem[] {
  if (body.kind !== 'query' && body.kind !== 'create' && body.kind !== 'insert') return [];
  return context.names.reads.flatMap((name) => {
    if (name.includes('://') || context.made.has(name) || context.catalog?.find(name) !== undefined) return [];
    const own = propertiesFor(name, all);
    if (own.get('type') !== undefined) return missingFileKeys(name, own, placed);
    return fromFile(own) ? [] : [configProblem('VS2123', body.kind === 'create' ? body.name.span : body.span, { name })];
  });
}
