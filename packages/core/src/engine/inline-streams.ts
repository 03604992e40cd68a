import type { BoundFrom, BoundQuery, BoundSelect, BoundStatement } from '../sql/bind/bound.ts';
import { isRepeatable, mayFail } from '../sql/plan/tree/expr-traits.ts';
import type { Field } from '../values/column.ts';
import type { RunningStatement } from './feed-streams.ts';

/**
 * Where only the last query of a script is asked for, nobody sees the streams in front of it. One that only filters and computes row by row
 * is read as part of its readers: columns that no reader wants are then neither computed nor decoded, and filters of readers go down to the
 * source. Streams with sinks, and what more than one reader would do twice with another outcome (draws, errors), stay as they are.
 */
export function inlineStreams(running: readonly RunningStatement[]): readonly RunningStatement[] {
  const readers = new Map<string, (readonly Field[])[]>();
  for (const { statement } of running) noteReads(statement.query, readers);
  if (running.some(({ statement }) => hasOwnDelay(statement.query))) return running;
  const inlined = new Map<string, BoundSelect>();
  return running.flatMap((each, i) => {
    const query = rewritten(each.statement.query, inlined);
    const { statement } = each;
    if (i < running.length - 1 && statement.kind === 'create' && isPlain(statement, query, readers.get(statement.name) ?? [])) {
      inlined.set(statement.name, query);
      return [];
    }
    return [query === statement.query ? each : { ...each, statement: { ...statement, query } }];
  });
}

function isPlain(
  statement: Extract<BoundStatement, { kind: 'create' }>,
  query: BoundQuery,
  readers: readonly (readonly Field[])[],
): query is BoundSelect {
  const { output, object } = statement;
  if (object !== 'stream' || output.targets.length > 0 || output.properties.size > 0 || readers.length === 0) return false;
  if (!readers.every((fields) => fields.length === query.fields.length && fields.every((field, i) => field.name === query.fields[i]?.name)))
    return false;
  if (query.kind !== 'select' || query.from === null || query.from.kind === 'join') return false;
  if (query.group !== null || query.having !== null || query.over.length > 0 || query.orderBy.length > 0) return false;
  if (query.distinct || query.limit !== null || query.eventTime !== null || query.emit !== null) return false;
  if (query.from.kind === 'relation' && (query.from.relation.kind === 'table' || query.from.relation.origin === 'statement')) return false;
  if (query.from.kind === 'derived' && !(query.from.query.kind === 'select' && query.from.query.group === null)) return false;
  const exprs = [...query.items.map((item) => item.expr), ...(query.where === null ? [] : [query.where])];
  return exprs.every(isRepeatable) && (readers.length === 1 || !exprs.some(mayFail));
}

/** A reader that sets a delay of its own puts a watermark on the stream as it is. */
function hasOwnDelay(query: BoundQuery): boolean {
  if (query.kind === 'values') return false;
  if (query.kind === 'union') return query.arms.some(hasOwnDelay);
  return query.time.watermarkDelayMs !== null || fromsOf(query.from).some((from) => from.kind === 'derived' && hasOwnDelay(from.query));
}

function fromsOf(from: BoundFrom | null): readonly BoundFrom[] {
  if (from === null) return [];
  return from.kind === 'join' ? [...fromsOf(from.left), ...fromsOf(from.right)] : [from];
}

/** The columns that each reader of a relation sees. */
function noteReads(query: BoundQuery, into: Map<string, (readonly Field[])[]>): void {
  if (query.kind === 'union') for (const arm of query.arms) noteReads(arm, into);
  if (query.kind !== 'select') return;
  for (const from of fromsOf(query.from)) {
    if (from.kind === 'relation') into.set(from.relation.name, [...(into.get(from.relation.name) ?? []), from.fields]);
    else if (from.kind === 'derived') noteReads(from.query, into);
  }
}

function rewritten(query: BoundQuery, inlined: ReadonlyMap<string, BoundSelect>): BoundQuery {
  switch (query.kind) {
    case 'values':
      return query;
    case 'union':
      return { ...query, arms: query.arms.map((arm) => rewritten(arm, inlined)) };
    case 'select':
      return query.from === null ? query : { ...query, from: rewrittenFrom(query.from, inlined) };
  }
}

function rewrittenFrom(from: BoundFrom, inlined: ReadonlyMap<string, BoundSelect>): BoundFrom {
  switch (from.kind) {
    case 'join':
      return { ...from, left: rewrittenFrom(from.left, inlined), right: rewrittenFrom(from.right, inlined) };
    case 'derived':
      return { ...from, query: rewritten(from.query, inlined) };
    case 'relation': {
      const query = inlined.get(from.relation.name);
      return query === undefined ? from : { kind: 'derived', query, alias: from.alias, fields: from.fields };
    }
  }
}
