import { systemClock } from '../../engine/default-ports.ts';
import type { Row, Value } from '../../protocol/query.ts';
import type { DataSchema, TimeSimulation } from '../../protocol/studio/testing.ts';
import { DEFAULT_RECORDS, readDataSchema } from '../schema/read-schema.ts';
import { createReferencePools, type ReferencePools } from './references.ts';
import { simulateTimes } from './simulate-times.ts';
import { createSourceGenerator, withRelationship } from './source-generator.ts';
import { attachSchema, tableSchemaOf } from './table-schema.ts';

/** The clock of seeded data: the same seed gives the same rows on any day. */
export const TEST_NOW = Date.UTC(2024, 0, 1, 12);

export interface GenerateOptions {
  /** Rows per source; else the schema's own number, else 1000. A record gives one per source. */
  readonly records?: number | Readonly<Record<string, number>>;
  /** Absent: other rows each time. */
  readonly seed?: number;
  /** Rows made elsewhere that foreign keys draw from, by source. */
  readonly references?: Readonly<Record<string, readonly object[]>>;
  /** Values that foreign keys draw from, by `table.field`. */
  readonly referenceValues?: Readonly<Record<string, readonly Value[]>>;
  /** What `now` means, ms since the epoch. With a seed: noon of 1 January 2024; without: the clock. */
  readonly now?: number;
  readonly timeSimulation?: Readonly<Record<string, TimeSimulation>>;
  /** Applies to all nullable fields, by source. */
  readonly nullProbability?: Readonly<Record<string, number>>;
  readonly onWarning?: (text: string) => void;
}

/** A seed for those who gave none; 32 bits of the platform's own randomness. */
export const randomSeed = (): number => (globalThis.crypto.getRandomValues(new Uint32Array(1))[0] as number) >>> 0;

/**
 * Makes rows for one or several sources: parents before children, foreign keys drawn from what the parents got. Same schema, seed
 * and `now`: the same rows, field by field, in Node and in a browser; a source more changes nothing in the others. The arrays carry
 * their table schema (not enumerable), so that an engine takes them as they are.
 *
 * @throws {VeloError} `data-schema` and `data-pattern` for schemas that contradict themselves.
 * @example generateData({ name: 'trades', fields: [{ name: 'price', type: 'decimal', scale: 2 }] }, { records: 10, seed: 7 })['trades']
 */
export function generateData(schema: DataSchema | readonly DataSchema[], options: GenerateOptions = {}): Record<string, Row[]> {
  const warn = options.onWarning ?? (() => {});
  const schemas = (Array.isArray(schema) ? (schema as readonly DataSchema[]) : [schema as DataSchema]).map((s) => {
    const read = readDataSchema(s);
    for (const text of read.warnings) warn(text);
    return read.schema;
  });
  const seed = options.seed ?? randomSeed();
  const now = options.now ?? (options.seed === undefined ? systemClock.now() : TEST_NOW);
  const pools = poolsOf(options);
  const made: Record<string, Row[]> = {};
  for (const each of parentsFirst(schemas, warn)) {
    const count = recordsOf(each, options.records);
    const own = withNullShare(each, options.nullProbability?.[each.name]);
    const simulation = options.timeSimulation?.[each.name];
    const times = simulation === undefined ? null : simulateTimes(simulation, count, { seed, name: each.name, now });
    const rows = createSourceGenerator(own, { schema: own.name, seed, now, references: pools, warn }).generate(count, times);
    if (times !== null && !own.fields.some((f) => f.type === 'timestamp')) hideTimes(rows, times);
    made[each.name] = attachSchema(rows, tableSchemaOf(own));
    for (const field of referencedFields(each.name, schemas)) pools.loadRows(each.name, field, rows);
  }
  return Object.fromEntries(schemas.map((s) => [s.name, made[s.name] as Row[]]));
}

/** Message time of a row without a time of its own; the engine reads it as `_TIMESTAMP`. */
function hideTimes(rows: readonly Row[], times: Float64Array): void {
  for (const [i, row] of rows.entries()) Object.defineProperty(row, '_timestamp', { value: times[i], enumerable: false });
}

function recordsOf(schema: DataSchema, records: GenerateOptions['records']): number {
  const given = typeof records === 'number' ? records : records?.[schema.name];
  return Math.max(0, Math.floor(given ?? schema.recordCount ?? DEFAULT_RECORDS));
}

function withNullShare(schema: DataSchema, share: number | undefined): DataSchema {
  if (share === undefined) return schema;
  return { ...schema, fields: schema.fields.map((f) => (f.nullable === true ? { ...f, nullProbability: share } : f)) };
}

function poolsOf({ references, referenceValues }: GenerateOptions): ReferencePools {
  const pools = createReferencePools();
  for (const [table, rows] of Object.entries(references ?? {}))
    for (const field of new Set(rows.flatMap((row) => Object.keys(row)))) pools.loadRows(table, field, rows);
  for (const [key, values] of Object.entries(referenceValues ?? {})) {
    const at = key.lastIndexOf('.');
    pools.load(key.slice(0, at), key.slice(at + 1), values);
  }
  return pools;
}

const referencesOf = (schema: DataSchema) =>
  schema.fields.flatMap((f) => {
    const to = withRelationship(f, schema).constraints?.references;
    return to === undefined || to.file !== undefined ? [] : [{ field: f.name, to }];
  });

/** Files that foreign keys draw from; whoever can read them gives their rows as `references` under the same path. */
export const referenceFiles = (schemas: readonly DataSchema[]): string[] => [
  ...new Set(schemas.flatMap((s) => s.fields.flatMap((f) => f.constraints?.references?.file ?? []))),
];

function referencedFields(name: string, schemas: readonly DataSchema[]): Set<string> {
  return new Set(schemas.flatMap(referencesOf).flatMap(({ to }) => (to.schema === name ? [to.field] : [])));
}

/** Parents before children; a circle is told, and its members fall back to placeholders. */
function parentsFirst(schemas: readonly DataSchema[], warn: (text: string) => void): DataSchema[] {
  const order: DataSchema[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (schema: DataSchema): void => {
    if (state.has(schema.name)) return;
    state.set(schema.name, 'open');
    for (const { field, to } of referencesOf(schema)) {
      const parent = schemas.find((s) => s.name === to.schema);
      if (!parent || parent === schema) continue;
      if (state.get(parent.name) === 'open') warn(`"${schema.name}.${field}" closes a circle of references; placeholders are used`);
      visit(parent);
    }
    state.set(schema.name, 'done');
    order.push(schema);
  };
  for (const schema of schemas) visit(schema);
  return order;
}

/** `child.field → parent.field` pairs that hold within these schemas. */
export function foreignKeyMatches(schemas: readonly DataSchema[]): string[] {
  return schemas.flatMap((schema) =>
    referencesOf(schema)
      .filter(({ to }) => schemas.some((s) => s.name === to.schema))
      .map(({ field, to }) => `${schema.name}.${field} → ${to.schema}.${to.field}`),
  );
}
