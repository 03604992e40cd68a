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
}

export const toOffset = ({ slot, rows, phase, done, partial }: ChangePosition): Json => ({
  slot,
  rows,
  phase,
  done: lsnText(done),
  partial: partial === null ? null : { commit: lsnText(partial.commit), changes: partial.changes },
});

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function fromOffset(from: Json): ChangePosition {
  const refuse = () => connectorError('VS4107', { connector: 'postgres' });
  if (typeof from !== 'object' || from === null || Array.isArray(from)) throw refuse();
  const { slot, rows, phase, done, partial } = from as { readonly [name: string]: Json };
  const at = typeof done === 'string' ? parseLsn(done) : undefined;
  if (typeof slot !== 'string' || !isCount(rows) || (phase !== 'snapshot' && phase !== 'changes') || at === undefined) throw refuse();
  if (partial === null) return { slot, rows, phase, done: at, partial: null };
  const { commit, changes } = (typeof partial === 'object' && !Array.isArray(partial) ? partial : {}) as { readonly [name: string]: Json };
  const place = typeof commit === 'string' ? parseLsn(commit) : undefined;
  if (place === undefined || !isCount(changes)) throw refuse();
  return { slot, rows, phase, done: at, partial: { commit: place, changes } };
}
