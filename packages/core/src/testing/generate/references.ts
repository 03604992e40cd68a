import type { Value } from '../../protocol/query.ts';
import type { DataConstraints } from '../../protocol/studio/testing.ts';
import { coerceTo } from './coerce.ts';
import type { FieldContext, Maker } from './field-maker.ts';
import { numberSampler } from './sampling.ts';

/** Values that foreign keys draw from, by `table.field`. */
export interface ReferencePools {
  has(table: string, field: string): boolean;
  count(table: string, field: string): number;
  values(table: string, field: string): readonly Value[];
  /** An explicit list. */
  load(table: string, field: string, values: readonly Value[]): void;
  /** The values of a field of rows made before. */
  loadRows(table: string, field: string, rows: readonly object[]): void;
}

export function createReferencePools(): ReferencePools {
  const pools = new Map<string, readonly Value[]>();
  const key = (table: string, field: string): string => `${table}.${field}`;
  return {
    has: (table, field) => (pools.get(key(table, field))?.length ?? 0) > 0,
    count: (table, field) => pools.get(key(table, field))?.length ?? 0,
    values: (table, field) => pools.get(key(table, field)) ?? [],
    load: (table, field, values) => void pools.set(key(table, field), values),
    loadRows(table, field, rows) {
      const found = rows.map((row) => (row as Record<string, Value>)[field]).filter((v) => v !== null && v !== undefined);
      pools.set(key(table, field), [...new Set(found as Value[])]);
    },
  };
}

/** Draws from the referenced values; placeholders where nothing was loaded. */
export function referenceMaker(to: NonNullable<DataConstraints['references']>, of: FieldContext): Maker {
  const { field, random } = of;
  // Rows of a file stand under its path.
  const pool = of.references.values(to.file ?? to.schema, to.field);
  if (pool.length === 0) {
    of.warn(`field "${field.name}": nothing is known of ${to.file ?? to.schema}.${to.field}; placeholders are used`);
    const name = (to.schema || field.name).toUpperCase();
    return () => (field.type === 'integer' ? random.integer(1, 999) : `REF_${name}_${random.integer(1, 999)}`);
  }
  const values = pool.map((v) => coerceTo(field, v, of.now));
  const at = (index: number): Value => values[index] as Value;
  switch (to.strategy) {
    case 'round_robin':
      return (_, place) => at(place.index % values.length);
    case 'all':
      // Every parent once, then at random.
      return (_, place) => at(place.index < values.length ? place.index : Math.floor(random.next() * values.length));
    case 'weighted':
    case 'zipf': {
      const draw = numberSampler({ name: 'zipf', exponent: 1 }, 0, values.length - 1, random, true);
      return () => at(draw());
    }
    default:
      return () => at(Math.floor(random.next() * values.length));
  }
}
