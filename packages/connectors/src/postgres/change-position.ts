import { connectorError, type Json } from '@velostream/core/connect';
import { lsnText, parseLsn } from './lsn.ts';

/** Where following a table stands. */
export interface ChangePosition {
  readonly slot: string;
  /** Rows handed on so far, changes included; numbers them on. */
  readonly rows: number;
  readonly phase: 'snapshot' | 'changes';
  /** Transactions that ended before are done. */
  readonly done: bigint;
  /** The transaction (by the place of its commit) of which a part was handed on, and how many of its changes. */
  readonly partial: { readonly commit: bigint; readonly changes: number } | null;
  /** Within the snapshot: key of the last row that was handed on. */
  readonly after: readonly string[] | null;
  /** Later snapshots that an interrupted one was gone on with. */
  readonly views: readonly SnapshotView[];
}

/** Rows behind the key were seen as of this place in the log: changes before it are in them. */
export interface SnapshotView {
  readonly after: readonly string[];
  readonly lsn: bigint;
}

export const toOffset = ({ slot, rows, phase, done, partial, after, views }: ChangePosition): Json => ({
  slot,
  rows,
  phase,
  done: lsnText(done),
  partial: partial === null ? null : { commit: lsnText(partial.commit), changes: partial.changes },
  ...(after === null ? {} : { after }),
  ...(views.length === 0 ? {} : { views: views.map((view) => ({ after: view.after, lsn: lsnText(view.lsn) })) }),
});

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function fromOffset(from: Json): ChangePosition {
  const refuse = () => connectorError('VS4107', { connector: 'postgres' });
  if (typeof from !== 'object' || from === null || Array.isArray(from)) throw refuse();
  const { slot, rows, phase, done, partial, after, views } = from as { readonly [name: string]: Json };
  const at = typeof done === 'string' ? parseLsn(done) : undefined;
  if (typeof slot !== 'string' || !isCount(rows) || (phase !== 'snapshot' && phase !== 'changes') || at === undefined) throw refuse();
  const rest = { after: keyOf(after), views: viewsOf(views) };
  if (partial === null) return { slot, rows, phase, done: at, partial: null, ...rest };
  const { commit, changes } = (typeof partial === 'object' && !Array.isArray(partial) ? partial : {}) as { readonly [name: string]: Json };
  const place = typeof commit === 'string' ? parseLsn(commit) : undefined;
  if (place === undefined || !isCount(changes)) throw refuse();
  return { slot, rows, phase, done: at, partial: { commit: place, changes }, ...rest };
}

const keyOf = (value: Json | undefined): readonly string[] | null =>
  Array.isArray(value) && value.every((text) => typeof text === 'string') ? (value as readonly string[]) : null;

function viewsOf(value: Json | undefined): readonly SnapshotView[] {
  if (value === undefined) return [];
  const refuse = () => connectorError('VS4107', { connector: 'postgres' });
  if (!Array.isArray(value)) throw refuse();
  return value.map((item: Json) => {
    const { after, lsn } = (typeof item === 'object' && item !== null ? item : {}) as { readonly [name: string]: Json };
    const [key, place] = [keyOf(after), typeof lsn === 'string' ? parseLsn(lsn) : undefined];
    if (key === null || place === undefined) throw refuse();
    return { after: key, lsn: place };
  });
}
