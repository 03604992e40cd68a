import type { Change, Row } from '../protocol/query.ts';
import { show } from './assert/operators.ts';

export interface TableSnapshot {
  readonly name: string;
  readonly records: readonly Row[];
  readonly keyFields: readonly string[];
  readonly stats: {
    readonly recordCount: number;
    readonly inserts: number;
    readonly updates: number;
    readonly deletes: number;
    readonly peak: number;
  };
  readonly changelog: readonly { readonly op: Change['op']; readonly key: readonly string[]; readonly row: Row; readonly previous?: Row }[];
  readonly snapshotTime: number;
}

export interface SnapshotOptions {
  readonly name: string;
  readonly keyFields?: readonly string[];
  /** Entries of the changelog that are kept, the latest; 10,000 by default, 0 for none. */
  readonly maxChangelogEntries?: number;
  readonly at: number;
}

const CHANGELOG_MAX = 10_000;

/** State of a table after changes, how it came about, and in which numbers. The state of an earlier snapshot may be given as a start. */
export function tableSnapshot(changes: readonly Change[], o: SnapshotOptions, from?: TableSnapshot): TableSnapshot {
  const keyFields = o.keyFields ?? from?.keyFields ?? [];
  const keyOf = (change: Change): string[] => (keyFields.length > 0 ? keyFields.map((f) => show(change.row[f])) : change.key.map(show));
  const state = new Map<string, Row>();
  for (const row of from?.records ?? []) state.set(JSON.stringify(keyFields.map((f) => show(row[f]))), row);
  const changelog = [...(from?.changelog ?? [])];
  const stats = {
    inserts: from?.stats.inserts ?? 0,
    updates: from?.stats.updates ?? 0,
    deletes: from?.stats.deletes ?? 0,
    peak: from?.stats.peak ?? state.size,
  };
  const most = o.maxChangelogEntries ?? CHANGELOG_MAX;
  for (const change of changes) {
    const key = keyOf(change);
    const id = JSON.stringify(key);
    const previous = state.get(id);
    if (change.op === 'delete') {
      state.delete(id);
      stats.deletes++;
    } else {
      state.set(id, change.row);
      if (previous) stats.updates++;
      else stats.inserts++;
    }
    stats.peak = Math.max(stats.peak, state.size);
    changelog.push({ op: change.op, key, row: change.row, ...(previous ? { previous } : {}) });
  }
  return {
    name: o.name,
    records: [...state.values()],
    keyFields,
    stats: { recordCount: state.size, ...stats },
    changelog: most === 0 ? [] : changelog.slice(-most),
    snapshotTime: o.at,
  };
}
