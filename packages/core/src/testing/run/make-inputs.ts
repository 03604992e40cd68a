import type { SourceInput } from '../../engine/api.ts';
import type { Row } from '../../protocol/query.ts';
import type { DataSchema, TimeSimulation } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { Comment, Statement } from '../../sql/ast/index.ts';
import { namesOf } from '../../sql/bind/dependencies.ts';
import { type ParseResult, parse } from '../../sql/syntax/index.ts';
import { readTimeValue } from '../assert/time-value.ts';
import { foreignKeyMatches, generateData, TEST_NOW } from '../generate/generate-data.ts';
import { schemaOfRows } from '../generate/table-schema.ts';
import { inferSchema } from '../infer/infer-from-sql.ts';
import { readHints } from '../infer/read-hints.ts';
import { describeRows, type SourceHints, sourceHints } from './describe-rows.ts';

/** What a script reads, and how its rows come about. */
export interface InputPlan {
  readonly parsed: ParseResult;
  /** Relations that no statement makes, in the order of their first use. */
  readonly external: readonly string[];
  readonly schemas: Readonly<Record<string, DataSchema>>;
  /** Column of each source that its windows and joins go by. */
  readonly eventTimes: Readonly<Record<string, string>>;
  readonly hintSeed: number | undefined;
  /** What the SQL says of the columns of a source. */
  readonly hints: (source: string) => SourceHints;
  readonly simulations: Readonly<Record<string, TimeSimulation>>;
}

/** Plans the inputs of a script: given schemas win over hints, hints over what the SQL tells. */
export function planInputs(sql: string, given: Readonly<Record<string, DataSchema>>, warn: (text: string) => void): InputPlan {
  const parsed = parse(sql);
  const inferred = inferSchema(sql, { onWarning: warn });
  const made = new Set(parsed.statements.flatMap((s) => (s.kind === 'create' && s.query ? [s.name.text] : [])));
  const reads = [...new Set(parsed.statements.flatMap((s) => namesOf(s).reads))].filter((name) => !made.has(name));
  const external = orderOfUse(sql, reads);
  const schemas: Record<string, DataSchema> = {};
  for (const name of external) {
    const own = given[name];
    const schema = own ? { ...own, name } : inferred[name];
    if (schema) schemas[name] = schema;
  }
  const comments: Comment[] = [...parsed.statements.flatMap((s) => s.comments), ...parsed.trailingComments];
  const hints = Object.entries(readHints(comments, external, warn));
  return {
    parsed,
    external,
    schemas,
    eventTimes: eventTimesOf(parsed.statements, schemas),
    hints: sourceHints(sql),
    hintSeed: hints.find(([, h]) => h.seed !== undefined)?.[1].seed,
    simulations: Object.fromEntries(hints.flatMap(([name, h]) => (h.timeSimulation ? [[name, h.timeSimulation] as const] : []))),
  };
}

/** Names by where they first stand in the text. */
const orderOfUse = (sql: string, names: readonly string[]): string[] => {
  const at = (name: string): number => sql.search(new RegExp(`\\b(?:FROM|JOIN|INTO)\\s+["\`']?${name.replace(/[^\w]/g, '.')}\\b`, 'i'));
  return [...names].sort((a, b) => at(a) - at(b));
};

/** A time column that every window of a source names; only where its values can be times. */
function eventTimesOf(statements: readonly Statement[], schemas: Readonly<Record<string, DataSchema>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const times = schema.fields.filter((f) => f.type === 'timestamp');
    const asked = times.find((f) =>
      statements.some((s) => JSON.stringify(s, skipSpans).includes(`"time":{"kind":"column","path":[${wordIn(f.name)}`)),
    );
    const sure = asked ?? times[0];
    if (sure) found[name] = sure.name;
  }
  return found;
}

const skipSpans = (key: string, value: unknown): unknown =>
  key === 'span' || key === 'comments' || key === 'quoted' ? undefined : typeof value === 'bigint' ? String(value) : value;
const wordIn = (name: string): string => `{"text":"${name}"`;

export interface MadeInputs {
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly sources: Readonly<Record<string, SourceInput>>;
  readonly now: number;
  readonly foreignKeys: readonly string[];
}

export interface InputRequest {
  readonly records: number | Readonly<Record<string, number>>;
  readonly seed: number;
  readonly inputs?: Readonly<Record<string, readonly object[]>>;
  readonly now?: number;
  readonly simulations?: Readonly<Record<string, TimeSimulation>>;
  readonly nullProbability?: Readonly<Record<string, number>>;
  /** Schemas of the rest of the application: foreign keys may point there. */
  readonly parents?: Readonly<Record<string, DataSchema>>;
  /** Rows of files that foreign keys draw from, by path. */
  readonly references?: Readonly<Record<string, readonly object[]>>;
  readonly warn: (text: string) => void;
}

/** Generates what was not given, aligned with what was, and declares all of it to the engine. */
export function makeInputs(plan: InputPlan, request: InputRequest): MadeInputs {
  const given = request.inputs ?? {};
  const toMake = plan.external.flatMap((name) => (given[name] === undefined && plan.schemas[name] ? [plan.schemas[name]] : []));
  const all = [...toMake, ...parentsOf(toMake, request.parents ?? {}, given)];
  const generated = generateData(all, {
    records: recordsFor(all, request.records),
    seed: request.seed,
    now: request.now ?? TEST_NOW,
    references: { ...given, ...request.references },
    timeSimulation: { ...timesFor(all), ...plan.simulations, ...request.simulations },
    ...(request.nullProbability ? { nullProbability: request.nullProbability } : {}),
    onWarning: request.warn,
  });
  const rows: Record<string, readonly Row[]> = {};
  const sources: Record<string, SourceInput> = {};
  let latest = request.now ?? TEST_NOW;
  for (const name of plan.external) {
    const own = (given[name] ?? generated[name]) as readonly Row[] | undefined;
    if (own === undefined) continue;
    rows[name] = own;
    const schema = declaredSchema(name, own, plan);
    const eventTime = schema?.eventTime;
    sources[name] = { rows: own, ...(schema ? { schema } : {}), ...(eventTime === undefined ? {} : { eventTime }) };
    if (eventTime !== undefined && given[name] !== undefined && request.now === undefined)
      latest = Math.max(latest, latestOf(own, eventTime));
  }
  return { rows, sources, now: latest, foreignKeys: foreignKeyMatches(Object.values(plan.schemas)) };
}

/** Schemas that foreign keys of `schemas` point to and that are not among them, with their own parents. */
function parentsOf(
  schemas: readonly DataSchema[],
  known: Readonly<Record<string, DataSchema>>,
  given: Readonly<Record<string, unknown>>,
): DataSchema[] {
  const found = new Map<string, DataSchema>();
  const queue = [...schemas];
  for (let schema = queue.pop(); schema; schema = queue.pop()) {
    const names = [
      ...(schema.relationships ?? []).map((r) => r.references.slice(0, r.references.lastIndexOf('.'))),
      ...schema.fields.flatMap((f) => f.constraints?.references?.schema ?? []),
    ];
    for (const name of names) {
      const parent = known[name];
      if (!parent || found.has(name) || given[name] !== undefined || schemas.some((s) => s.name === name)) continue;
      found.set(name, { ...parent, name });
      queue.push(parent);
    }
  }
  return [...found.values()];
}

/** A relation that is looked up has as many rows as it has keys, however many the others get. */
function recordsFor(schemas: readonly DataSchema[], records: InputRequest['records']): Record<string, number> {
  return Object.fromEntries(
    schemas.map((s) => {
      const asked = typeof records === 'number' ? records : (records[s.name] ?? s.recordCount ?? 1000);
      return [s.name, isLookup(s) && typeof records === 'number' ? Math.min(asked, s.recordCount as number) : asked];
    }),
  );
}

/** Rows that others look up by key, without a time of their own: a table. */
const isLookup = (s: DataSchema): boolean =>
  s.recordCount !== undefined && s.keyField !== undefined && !s.fields.some((f) => f.type === 'timestamp') && isUnique(s, s.keyField);

const isUnique = (s: DataSchema, name: string): boolean => {
  const c = s.fields.find((f) => f.name === name)?.constraints;
  return c?.sequence !== undefined || (c?.sequential === true && c.enum_values !== undefined);
};

/** Rows without a time column get message times, an hour's worth. */
const timesFor = (schemas: readonly DataSchema[]): Record<string, TimeSimulation> =>
  Object.fromEntries(schemas.filter((s) => !isLookup(s) && !s.fields.some((f) => f.type === 'timestamp')).map((s) => [s.name, {}]));

/** Schema of rows that a person wrote. */
const describedRows = (name: string, rows: readonly Row[], plan: InputPlan): TableSchema | undefined =>
  rows.length === 0 ? undefined : describeRows(rows, plan.hints(name));

/** Generated rows carry their schema; given ones are described by the SQL only where they have no columns of their own. */
function declaredSchema(name: string, rows: readonly Row[], plan: InputPlan): TableSchema | undefined {
  const carried = schemaOfRows(rows) ?? describedRows(name, rows, plan);
  const eventTime = plan.eventTimes[name];
  const own = plan.schemas[name];
  if (carried && own && isLookup(own) && carried.columns.some((c) => c.name === own.keyField))
    return { ...carried, kind: 'table', key: [own.keyField as string] };
  if (carried) return eventTime === undefined ? carried : withEventTime(carried, eventTime, rows);
  if (rows.length === 0) {
    const schema = plan.schemas[name];
    return schema ? { columns: schema.fields.map((f) => ({ name: f.name, type: emptyType(f.type), nullable: true })) } : undefined;
  }
  return undefined;
}

/** Text is a time only where every value of it reads as one; a column that is no time moves no window. */
function withEventTime(schema: TableSchema, eventTime: string, rows: readonly Row[]): TableSchema {
  const column = schema.columns.find((c) => c.name === eventTime);
  if (!column) return schema;
  if (column.type !== 'STRING') return { ...schema, eventTime };
  const isTime = rows.every((r) => r[eventTime] === null || r[eventTime] === undefined || readTimeValue(r[eventTime]) !== undefined);
  if (!isTime) return schema;
  return { ...schema, columns: schema.columns.map((c) => (c === column ? { ...c, type: 'TIMESTAMP' } : c)), eventTime };
}

const emptyType = (type: DataSchema['fields'][number]['type']): string =>
  type === 'uuid' ? 'STRING' : type === 'decimal' ? 'DECIMAL(18,4)' : type.toUpperCase();

function latestOf(rows: readonly Row[], column: string): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (const row of rows) latest = Math.max(latest, readTimeValue(row[column]) ?? latest);
  return latest;
}
