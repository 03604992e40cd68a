import type { Field, RecordBatch } from '@velostream/core/connect';
import { apiWriter, type Scalar, type SqlType, scalarAt, typeText } from '@velostream/core/connect/formats';
import type { SourceField } from '@velostream/core/protocol/explore';

/** Distinct values that are counted; a column with more has "more than so many" and no count. */
const DISTINCT_MAX = 10_000;
const SAMPLE_CHARACTERS = 100;

const ORDERED = new Set<SqlType['kind']>(['integer', 'float', 'decimal', 'date', 'time', 'timestamp', 'interval', 'string']);

/** What is seen of the columns while rows go by. Keeps at most 10,000 values per column. */
export class ColumnFactsOf {
  rows = 0;
  private readonly columns: readonly ColumnState[];

  constructor(fields: readonly Field[]) {
    this.columns = fields.map((field) => ({ field, nulls: 0, sample: undefined, min: undefined, max: undefined, seen: new Set() }));
  }

  see({ columns, length }: RecordBatch, rows = length): void {
    this.rows += rows;
    this.columns.forEach((state, c) => {
      for (let row = 0; row < rows; row++) note(state, scalarAt(columns[c]!, row));
    });
  }

  fields(): readonly SourceField[] {
    return this.columns.map((state) => factsOf(state, this.rows));
  }
}

interface ColumnState {
  readonly field: Field;
  nulls: number;
  sample: Scalar | undefined;
  min: Scalar | undefined;
  max: Scalar | undefined;
  seen: Set<Scalar> | null;
}

function note(state: ColumnState, value: Scalar): void {
  if (value === null) {
    state.nulls++;
    return;
  }
  state.sample ??= value;
  if (typeof value === 'object') state.seen = null;
  if (state.seen !== null && state.seen.add(value).size > DISTINCT_MAX) state.seen = null;
  if (!ORDERED.has(state.field.type.kind) || Number.isNaN(value)) return;
  // Scalars of one such type are all text, or all numbers and bigints.
  if (state.min === undefined || (value as number) < (state.min as number)) state.min = value;
  if (state.max === undefined || (value as number) > (state.max as number)) state.max = value;
}

function factsOf({ field, nulls, sample, min, max, seen }: ColumnState, rows: number): SourceField {
  const write = apiWriter(field.type);
  const shown = sample === undefined ? undefined : write(sample);
  const text = shown === undefined ? undefined : typeof shown === 'object' ? json(shown) : String(shown);
  return {
    name: field.name,
    type: typeText(field.type),
    nullable: field.nullable,
    ...(text === undefined ? {} : { sample: text.slice(0, SAMPLE_CHARACTERS) }),
    ...(rows === 0 ? {} : { nullRate: nulls / rows }),
    ...(seen === null || rows === 0 ? {} : { distinct: seen.size }),
    ...(min === undefined || max === undefined ? {} : { min: write(min) as never, max: write(max) as never }),
  };
}

const json = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
