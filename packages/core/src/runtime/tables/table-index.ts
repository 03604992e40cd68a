import { keyFunction } from '../../values/key.ts';
import type { Scalar, SqlType } from '../../values/types.ts';

/** A key as JavaScript's Map compares it (NaN equals itself, -0 equals 0); null: the key has a NULL and equals nothing. */
export type IndexKey = string | number | bigint | null;
export type IndexKeyOf = (values: readonly Scalar[]) => IndexKey;

const NUMERIC = new Set<SqlType['kind']>(['integer', 'decimal', 'float', 'timestamp', 'date', 'time', 'interval']);

/** How values of these types become an index key. One column of numbers or strings is its own key. */
export function indexKeyOf(types: readonly SqlType[]): IndexKeyOf {
  const [only] = types;
  if (types.length === 1 && only !== undefined) {
    // Values of these types are strings, numbers or bigints.
    if (only.kind === 'string' || NUMERIC.has(only.kind)) return (values) => values[0] as IndexKey;
  }
  const texts = types.map(keyFunction);
  return (values) => {
    let key = '';
    for (let i = 0; i < texts.length; i++) {
      const value = values[i]!;
      if (value === null) return null;
      key += texts[i]!(value);
    }
    return key;
  };
}

const NO_SLOTS: readonly number[] = [];

/** Slots of table rows by key, each list in slot order. State: one entry per row; the table bounds the rows. */
export class TableIndex {
  readonly columns: readonly number[];
  private readonly keyOf: IndexKeyOf;
  private readonly slots = new Map<string | number | bigint, number[]>();
  private readonly values: Scalar[];

  constructor(columns: readonly number[], types: readonly SqlType[]) {
    this.columns = columns;
    this.keyOf = indexKeyOf(columns.map((c) => types[c]!));
    this.values = columns.map(() => null);
  }

  add(slot: number, row: readonly Scalar[]): void {
    const key = this.keyOfRow(row);
    if (key === null) return;
    const list = this.slots.get(key);
    if (list === undefined) this.slots.set(key, [slot]);
    else if (slot > list.at(-1)!) list.push(slot);
    else list.splice(lowerBound(list, slot), 0, slot);
  }

  remove(slot: number, row: readonly Scalar[]): void {
    const key = this.keyOfRow(row);
    const list = key === null ? undefined : this.slots.get(key);
    if (key === null || list === undefined) return;
    if (list.length === 1) this.slots.delete(key);
    else list.splice(lowerBound(list, slot), 1);
  }

  find(key: IndexKey): readonly number[] {
    return (key === null ? undefined : this.slots.get(key)) ?? NO_SLOTS;
  }

  findValues(values: readonly Scalar[]): readonly number[] {
    return this.find(this.keyOf(values));
  }

  clear(): void {
    this.slots.clear();
  }

  private keyOfRow(row: readonly Scalar[]): IndexKey {
    for (let i = 0; i < this.columns.length; i++) this.values[i] = row[this.columns[i]!]!;
    return this.keyOf(this.values);
  }
}

function lowerBound(list: readonly number[], slot: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}
