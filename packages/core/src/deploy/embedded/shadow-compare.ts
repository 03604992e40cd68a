import type { Row } from '../../protocol/query.ts';
import type { ShadowComparison } from '../../protocol/studio/deployment.ts';

export type { ShadowComparison };

const SAMPLES_MAX = 10;
const KEYS_MAX = 100_000;

/**
 * Takes in the rows of both sides as they come and compares the last row of each key. Rows without a key are compared as a multiset.
 * Keeps at most 100,000 keys; later ones are not compared.
 */
export class ShadowCompare {
  private readonly query: string;
  private readonly key: readonly string[];
  private readonly sides = { old: new Map<string, Row>(), new: new Map<string, Row>() };
  private readonly seen = { old: new Map<string, number>(), new: new Map<string, number>() };

  private readonly share: number;

  /** `share`: percent of the keys that are compared, each always or never. */
  constructor(query: string, key: readonly string[], share = 100) {
    this.query = query;
    this.key = key;
    this.share = share;
  }

  take(side: 'old' | 'new', rows: readonly Row[]): void {
    const rowsByKey = this.sides[side];
    for (const row of rows) {
      let key = this.keyOf(row);
      if (this.share < 100 && percentileOf(key) >= this.share) continue;
      if (this.key.length === 0) {
        // The n-th equal row of one side belongs to the n-th of the other.
        const count = (this.seen[side].get(key) ?? 0) + 1;
        this.seen[side].set(key, count);
        key = `${key}#${count}`;
      }
      if (rowsByKey.size < KEYS_MAX || rowsByKey.has(key)) rowsByKey.set(key, row);
    }
  }

  /** What stands now. Keys that only one side has yet may still come from the other. */
  compare(): ShadowComparison {
    const { old, new: fresh } = this.sides;
    let equal = 0;
    let different = 0;
    let onlyOld = 0;
    const samples: { key: string; old?: Row; new?: Row; columns: readonly string[] }[] = [];
    const note = (key: string, before: Row | undefined, after: Row | undefined, columns: readonly string[]): void => {
      if (samples.length < SAMPLES_MAX) samples.push({ key, ...(before && { old: before }), ...(after && { new: after }), columns });
    };
    for (const [key, before] of old) {
      const after = fresh.get(key);
      if (after === undefined) {
        onlyOld++;
        note(key, before, undefined, []);
        continue;
      }
      const columns = differing(before, after);
      if (columns.length === 0) equal++;
      else {
        different++;
        note(key, before, after, columns);
      }
    }
    let onlyNew = 0;
    for (const [key, after] of fresh) {
      if (old.has(key)) continue;
      onlyNew++;
      note(key, undefined, after, []);
    }
    return { query: this.query, equal, different, onlyOld, onlyNew, samples };
  }

  private keyOf(row: Row): string {
    const names = this.key.length > 0 ? this.key : Object.keys(row).sort();
    return names.map((name) => text(row[name])).join('|');
  }
}

const text = (value: unknown): string =>
  typeof value === 'bigint' ? String(value) : (JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) ?? 'null');

const differing = (before: Row, after: Row): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => text(before[name]) !== text(after[name]));

/** 0 to 99 by the text of a key: FNV-1a, evenly spread. */
function percentileOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % 100;
}
