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

/** Whether a statement can become a job: every input has a source, every output a sink (§11 (12)). */
export function checkDeploy(statement: Statement | StatementBody, context: DeployContext): Problem[] {
  const body = jobBody(statement);
  const placed = propertiesOfStatement(statement);
  const all = asMap(placed);
  return [...checkSinks(body, placed, all, context), ...checkSources(body, all, context), ...checkRetention(placed)];
}

const jobBody = (statement: StatementBody): StatementBody => ('body' in statement ? statement.body : statement);

const isSinkType = (value: unknown): boolean => /_sink$/.test(String(value)) || value === 'stdout';
const fromFile = (own: Config): boolean => propertyOf(own, ...FILES) !== undefined;

function checkSinks(body: StatementBody, placed: readonly PlacedProperty[], all: Config, context: DeployContext): Problem[] {
  if (body.kind === 'query')
    return context.names.writes.length > 0 ? sinksOf(body, placed, all, context) : [bindingProblem('VS2102', body.span, { name: '' })];
  if (body.kind === 'create' && body.query !== undefined) return sinksOf(body, placed, all, context);
  return body.kind === 'insert' ? sinksOf(body, placed, all, context) : [];
}

function sinksOf(
  body: StatementBody & { kind: 'query' | 'create' | 'insert' },
  placed: readonly PlacedProperty[],
  all: Config,
  context: DeployContext,
): Problem[] {
  const { writes } = context.names;
  const targets = writes.length > 0 ? writes : body.kind === 'create' ? [body.name.text] : [];
  const span = body.kind === 'create' ? body.name.span : body.kind === 'insert' ? body.target.span : body.span;
  if (body.kind === 'create' && body.object === 'TABLE' && writes.length === 0 && feedsFromFile(context, all)) return [];
  return targets.flatMap((name) => sinkProblems(name, body, placed, all, context, span));
}

/** A table that a file fills needs no sink (§2.3). */
const feedsFromFile = (context: DeployContext, all: Config): boolean =>
  context.names.reads.some((name) => name.startsWith('file://') || /^file_source/.test(String(all.get(`${name}.type`))));

function sinkProblems(
  name: string,
  body: StatementBody,
  placed: readonly PlacedProperty[],
  all: Config,
  context: DeployContext,
  span: Span,
): Problem[] {
  if (name.includes('://') || context.declaredSinks.has(name)) return [];
  const own = propertiesFor(name, all);
  if (isSinkType(own.get('type'))) return [...missingFileKeys(name, own, placed), ...keyOnFile(name, own, body)];
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

function checkSources(body: StatementBody, all: Config, context: DeployContext): Problem[] {
  if (body.kind !== 'query' && body.kind !== 'create' && body.kind !== 'insert') return [];
  return context.names.reads.flatMap((name) => {
    if (name.includes('://') || context.made.has(name) || context.catalog?.find(name) !== undefined) return [];
    const own = propertiesFor(name, all);
    const type = own.get('type');
    if (type === undefined)
      return fromFile(own) ? [] : [configProblem('VS2123', body.kind === 'create' ? body.name.span : body.span, { name })];
    return missingFileKeys(name, own, propertiesOfStatement(body));
  });
}
