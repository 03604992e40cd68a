import type { BoundQuery, BoundStatement } from '../sql/bind/bound.ts';
import type { StatementNames } from '../sql/bind/dependencies.ts';
import type { Field } from '../values/column.ts';

type Running = Extract<BoundStatement, { query: unknown }>;

/** A statement that runs, and its place in the file. */
export interface RunningStatement {
  readonly statement: Running;
  readonly index: number;
}

/**
 * Streams that statements of the script write to (INSERT INTO, INTO) have the rows of all of them: the stream becomes one UNION ALL
 * of what creates it and what writes to it, so that its readers, its sink and its watermark know nothing of the many. A name that
 * `isOutside` holds has a source of its own, from which written rows come back if it is so; tables are left as they are.
 */
export function feedStreams(
  running: readonly RunningStatement[],
  names: readonly StatementNames[],
  isOutside: (name: string) => boolean,
): readonly RunningStatement[] {
  const made = new Map(running.flatMap((r) => (r.statement.kind === 'create' ? [[r.statement.name, r] as const] : [])));
  const reads = new Set(running.flatMap(({ index }) => names[index]?.reads ?? []));
  const writers = new Map<string, RunningStatement[]>();
  for (const each of running) {
    for (const target of each.statement.output.targets) {
      const own = each.statement.kind === 'create' && each.statement.name === target;
      const isWritten = !own && !names[each.index]?.reads.includes(target) && !isOutside(target);
      if (isWritten && (made.has(target) || reads.has(target))) writers.set(target, [...(writers.get(target) ?? []), each]);
    }
  }
  for (const name of writers.keys()) {
    const maker = made.get(name)?.statement;
    if (maker?.kind === 'create' && maker.object === 'table') writers.delete(name);
  }
  if (writers.size === 0) return running;
  const fed = new Map([...writers].map(([name, from]) => [name, streamOf(name, made.get(name), from)] as const));
  return running.flatMap((each, at) => placed(each, at, running, { made, writers, fed }));
}

interface Fed {
  readonly made: ReadonlyMap<string, RunningStatement>;
  readonly writers: ReadonlyMap<string, readonly RunningStatement[]>;
  readonly fed: ReadonlyMap<string, RunningStatement>;
}

/** Each statement in its place; a fed stream stands behind the last of those that it is made of. */
function placed(each: RunningStatement, at: number, all: readonly RunningStatement[], { made, writers, fed }: Fed): RunningStatement[] {
  const { statement } = each;
  const isReplaced = statement.kind === 'create' && fed.has(statement.name);
  const due = [...fed].filter(([name]) => lastOf([...(writers.get(name) ?? []), ...(made.get(name) ? [made.get(name)!] : [])], all) === at);
  // what is fed has the sinks of its name; whoever writes to it does not write to them as well
  const targets = statement.output.targets.filter((target) => !fed.has(target));
  const alone = { ...each, statement: { ...statement, output: { ...statement.output, targets } } };
  return [...(isReplaced ? [] : [alone]), ...due.map(([, stream]) => stream)];
}

const lastOf = (parts: readonly RunningStatement[], all: readonly RunningStatement[]): number =>
  Math.max(...parts.map((part) => all.indexOf(part)));

function streamOf(name: string, maker: RunningStatement | undefined, from: readonly RunningStatement[]): RunningStatement {
  const first = (maker ?? from[0]) as RunningStatement;
  const { fields } = first.statement.query;
  const arms = [...(maker ? [maker.statement.query] : []), ...from.map(({ statement }) => fitted(statement, fields))];
  const query: BoundQuery = { kind: 'union', all: true, arms, orderBy: [], limit: null, emit: null, fields: fields.map(nullable) };
  const properties = new Map([...from.map((f) => f.statement), first.statement].flatMap((s) => [...s.output.properties]));
  const output = { targets: maker?.statement.output.targets ?? [], properties };
  return { index: first.index, statement: { kind: 'create', object: 'stream', name, query, output, span: first.statement.span } };
}

/** Any writer may leave a column out. */
const nullable = (field: Field): Field => ({ ...field, nullable: true });

/** The query with all columns of the stream, in its order; those that the column list of an INSERT leaves out are NULL. */
function fitted(statement: Running, fields: readonly Field[]): BoundQuery {
  const { query } = statement;
  const isPartial = statement.kind === 'insert' && statement.columns !== null;
  if (!isPartial) return query;
  return widened(
    query,
    fields,
    fields.map((f) => query.fields.findIndex((own) => own.name === f.name)),
  );
}

function widened(query: BoundQuery, fields: readonly Field[], places: readonly number[]): BoundQuery {
  const shape = places.map((at, i): Field => (at < 0 ? nullable(fields[i]!) : (query.fields[at] as Field)));
  switch (query.kind) {
    case 'union':
      return { ...query, arms: query.arms.map((arm) => widened(arm, fields, places)), fields: shape };
    case 'values':
      return { ...query, rows: query.rows.map((row) => places.map((at) => row[at] ?? null)), fields: shape };
    case 'select': {
      const items = places.map((at, i) => {
        const field = fields[i]!;
        return query.items[at] ?? { name: field.name, expr: { kind: 'literal' as const, value: null, type: field.type } };
      });
      return { ...query, items, fields: shape };
    }
  }
}
