import { describe, expect, test } from 'vitest';
import { AbortedTransactions, type TransactionalBatch } from './aborted-transactions.ts';

const batch = (producerId: bigint, lastOffset: number, more: Partial<TransactionalBatch> = {}): TransactionalBatch => ({
  producerId,
  lastOffset,
  isTransactional: true,
  isControl: false,
  isAbortMarker: false,
  ...more,
});
const abort = (producerId: bigint, at: number) => batch(producerId, at, { isControl: true, isAbortMarker: true });
const commit = (producerId: bigint, at: number) => batch(producerId, at, { isControl: true });

describe('records of aborted transactions', () => {
  test('are left out when two transactions overlap and the later one ended first', () => {
    // The broker lists by end: B (from 1) was aborted before A (from 0).
    const filter = new AbortedTransactions([
      { producerId: 2n, firstOffset: 1 },
      { producerId: 1n, firstOffset: 0 },
    ]);
    expect([batch(1n, 0), batch(2n, 1), abort(2n, 2), abort(1n, 3)].map((b) => filter.covers(b))).toEqual([true, true, false, false]);
  });

  test('are left out when a fetch begins inside both', () => {
    const filter = new AbortedTransactions([
      { producerId: 1n, firstOffset: 2 },
      { producerId: 2n, firstOffset: 3 },
    ]);
    expect([batch(2n, 10), batch(1n, 11)].map((b) => filter.covers(b))).toEqual([true, true]);
  });

  test('of one producer that aborts, commits and aborts are told apart', () => {
    const filter = new AbortedTransactions([
      { producerId: 1n, firstOffset: 0 },
      { producerId: 1n, firstOffset: 4 },
    ]);
    const log = [batch(1n, 0), abort(1n, 1), batch(1n, 2), commit(1n, 3), batch(1n, 4), abort(1n, 5), batch(1n, 6)];
    expect(log.map((b) => filter.covers(b))).toEqual([true, false, false, false, true, false, false]);
  });

  test('do not take others without a transaction with them', () => {
    const filter = new AbortedTransactions([{ producerId: 1n, firstOffset: 0 }]);
    expect(filter.covers(batch(-1n, 1, { isTransactional: false }))).toBe(false);
    expect(filter.covers(batch(1n, 2, { isTransactional: false }))).toBe(false);
    expect(filter.covers(batch(1n, 3))).toBe(true);
  });
});
