import type { BoundApp, BoundAppQuery } from '../apps/bind-app.ts';
import { relationLabel } from '../apps/relation-label.ts';
import type { AppQuery } from '../protocol/studio/app.ts';
import type { Statement } from '../sql/ast/index.ts';
import { propertiesOfStatement } from '../sql/bind/properties.ts';

/** Systems that can be asked again from a position. */
const REPLAYABLE = /^(kafka|file|s3|memory|stream)(:|_source)/;
/** Sinks that keep the commit beside their rows. */
const TRANSACTIONAL = /^(kafka|stream):/;
/** What a sink of that type has to be told so that it does. */
const COMMITS_BY: Readonly<Record<string, string>> = { kafka_sink: '.transactional.id', file_sink: '.job', s3_sink: '.job' };

/**
 * What is promised between the source and the sink of a query, in words. Exactly once needs a source that can be read again from a
 * position and a sink that commits with the state; everything else repeats what was written since the last checkpoint.
 */
export function guaranteeOf(query: AppQuery, app: BoundApp, sources: Readonly<Record<string, unknown>>): string {
  const made = new Set(app.queries.flatMap((q) => q.statements.flatMap((s) => s.outputs)).map(relationLabel));
  const bound = app.queries.find((q) => q.id === query.id);
  const replayable = query.sources.every((name) => isReplayable(name, made, { ...sources, ...configuredSources(query, bound) }));
  const main = bound?.main;
  const sink = main?.outputs.find((name) => name.includes('://')) ?? query.sink;
  const isExternal = sink?.includes('://') === true;
  if (!replayable) return 'at most once after a crash: the source cannot be read again';
  const configured = configuredSink(main?.statement);
  if (configured !== undefined && !isExternal)
    return configured.isTransactional ? 'exactly once' : 'at least once: the sink does not commit with the state';
  if (!isExternal || TRANSACTIONAL.test(sink as string)) return 'exactly once';
  return 'at least once: the sink does not commit with the state';
}

/** WITH of a statement; the keys of a declaration may stand without its name. */
const writtenIn = (statement: Statement) =>
  propertiesOfStatement(statement).map(({ key, value }) => ({
    key: statement.kind === 'create' && statement.query === undefined && key === 'type' ? `${statement.name.text}.type` : key,
    value,
  }));

/** Sources that the query's own SQL configures, by name. */
function configuredSources(query: AppQuery, bound: BoundAppQuery | undefined): Record<string, { readonly uri: string }> {
  const properties = (bound?.parsed.statements ?? []).flatMap(writtenIn);
  return Object.fromEntries(
    query.sources.flatMap((name) => {
      const type = properties.find((p) => p.key === `${name}.type`);
      return type === undefined ? [] : [[name, { uri: String(type.value) }]];
    }),
  );
}

function isReplayable(name: string, made: ReadonlySet<string>, sources: Readonly<Record<string, unknown>>): boolean {
  if (name.includes('://')) return REPLAYABLE.test(name);
  if (made.has(relationLabel(name))) return true;
  const input = sources[name];
  if (typeof input === 'object' && input !== null && 'uri' in input) return REPLAYABLE.test(String(input.uri));
  return Array.isArray(input) || (typeof input === 'object' && input !== null && 'rows' in input && Array.isArray(input.rows));
}

/** A sink that the statement's own WITH names. */
function configuredSink(statement: Statement | undefined): { readonly isTransactional: boolean } | undefined {
  const properties = statement === undefined ? [] : propertiesOfStatement(statement);
  const type = properties.find((p) => p.key.endsWith('.type') && /_sink$/.test(String(p.value)));
  if (type === undefined) return undefined;
  const told = COMMITS_BY[String(type.value)];
  return { isTransactional: told !== undefined && properties.some((p) => p.key.endsWith(told)) };
}
