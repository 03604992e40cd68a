import type { Column, Dictionary } from '../../values/column.ts';
import type { GroupKeys } from './group-keys.ts';

const FIRST_ENTRIES = 1 << 13;
const ENTRIES_MAX = 1 << 20;

/**
 * Direct-mapped cache of key ids by the raw values of key columns (doubles and dictionary codes), for generated loops: a hit
 * costs one comparison per column. It begins anew when an id changed hands or a column brings another dictionary.
 */
export class KeyCache {
  /** Id + 1; 0: empty. */
  ids = new Int32Array(FIRST_ENTRIES);
  /** Raw values by column, entry by entry. */
  values: readonly Float64Array[];
  /** Entries - 1, a power of two less one. */
  mask = FIRST_ENTRIES - 1;
  private readonly keys: GroupKeys;
  private generation = 0;
  private dictionaries: readonly (Dictionary | null)[] = [];

  constructor(keys: GroupKeys) {
    this.keys = keys;
    this.values = Array.from({ length: keys.width }, () => new Float64Array(FIRST_ENTRIES));
  }

  /** Before a run over a batch with these key columns. */
  prepare(columns: readonly Column[]): void {
    const { keys } = this;
    const size = this.ids.length;
    if (keys.size * 2 > size && size < ENTRIES_MAX) this.resize(Math.min(ENTRIES_MAX, size * 4));
    const isSame = columns.every((column, c) => (column.lane === 'dict' ? column.dictionary : null) === (this.dictionaries[c] ?? null));
    if (isSame && this.generation === keys.generation) return;
    this.dictionaries = columns.map((column) => (column.lane === 'dict' ? column.dictionary : null));
    this.generation = keys.generation;
    this.ids.fill(0);
  }

  private resize(entries: number): void {
    this.ids = new Int32Array(entries);
    this.values = this.values.map(() => new Float64Array(entries));
    this.mask = entries - 1;
  }
}
