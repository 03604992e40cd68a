import type { BoundApp } from '../apps/bind-app.ts';
import { relationLabel } from '../apps/relation-label.ts';
import type { AppQuery } from '../protocol/studio/app.ts';
import type { Statement } from '../sql/ast/index.ts';

/** Systems that can be asked again from a position. */
const REPLAYABLE = /^(kafka|file|s3|memory|stream):/;
/** Sinks that keep the commit beside their rows. */
const TRANSACTIONAL = /^(kafka|stream):/;

/**
 * What is promised between the source and the sink of a query, in words. Exactly once needs a source that can be read again from a
 * position and a sink that commits with the state; everything else repeats what was written since the last checkpoint.
 */
export function guaranteeOf(query: AppQuery, app: BoundApp, sources: Readonly<Record<string, unknown>>): string {
  const made = new Set(app.queries.flatMap((q) => q.statements.flatMap((s) => s.outputs)).map(relationLabel));
  const replayable = query.sources.every((name) => isReplayable(name, made, sources));
  const main = app.queries.find((q) => q.id === query.id)?.main;
  const sink = main?.outputs.find((name) => name.includes('://')) ?? query.sink;
  const isExternal = sink?.includes('://') === true;
  if (!replayable) return 'at most once after a crash: the source cannot be read again';
  const configured = configuredSink(main?.statement);
  if (configured !== undefined && !isExternal)
    return configured.type === 'kafka_sink' && configured.transactional
      ? 'exactly once'
      : 'at least once: the sink does not commit with the state';
  if (!isExternal || TRANSACTIONAL.test(sink as string)) return 'exactly once';
  return 'at least once: the sink does not commit with the state';
}

function isReplayable(name: string, made: ReadonlySet<string>, sources: Readonly<Record<string, unknown>>): boolean {
  if (name.includes('://')) return REPLAYABLE.test(name);
  if (made.has(relationLabel(name))) return true;
  const input = sources[name];
  if (typeof input === 'object' && input !== null && 'uri' in input) return REPLAYABLE.test(String(input.uri));
  return Array.isArray(input) || (typeof input === 'object' && input !== null && 'rows' in input && Array.isArray(input.rows));
}

/** A sink that the statement's own WITH names. */
function configuredSink(statement: Statement | undefined): { readonly type: string; readonly transactional: boolean } | undefined {
  const query = statement?.kind === 'create' || statement?.kind === 'query' ? statement.query : undefined;
  const type = query?.properties.find((p) => p.key.endsWith('.type') && /_sink$/.test(String(p.value)));
  if (type === undefined) return undefined;
  return { type: String(type.value), transactional: query?.properties.some((p) => p.key.endsWith('.transactional.id')) === true };
}
