import { connectorError } from '../../diagnostics/codes/connector.ts';
import type { Field } from '../../values/column.ts';
import { Op } from '../../values/record-batch.ts';
import type { Sink } from '../connector.ts';
import { type MemoryRow, rowsOfBatch, type StoredTable } from './memory-store.ts';

interface Change {
  readonly isRemoval: boolean;
  readonly row: MemoryRow;
}

/** Changes that wait for a commit are gone through from here on: what was added and taken away again is let go of. */
const SETTLE_FROM = 10_000;

/**
 * Adds rows to a table at each commit. A changelog is applied: a deleted or replaced row leaves the table.
 * An epoch that was committed before adds nothing, so that a repeated commit is harmless.
 *
 * The table and what waits hold at most `maxRows` rows together: a write beyond that throws, and leaves the table as it was committed.
 */
export function memorySink(name: string, table: StoredTable, maxRows: number): Sink {
  let fields: readonly Field[] = [];
  let waiting: Change[] = [];
  let settleAt = SETTLE_FROM;
  let isOpen = false;
  const mustBeOpen = (): void => {
    if (!isOpen) throw connectorError('VS4401', { name: 'memory' });
  };
  /** Throws when more rows stay than there is room for. */
  const settle = (): void => {
    waiting = settled(waiting);
    settleAt = Math.max(SETTLE_FROM, waiting.length * 2);
    const removals = waiting.reduce((sum, { isRemoval }) => sum + (isRemoval ? 1 : 0), 0);
    // no more rows can be taken away than there are
    const rows = Math.max(0, table.rows.length - removals) + waiting.length - removals;
    if (rows > maxRows || removals > Math.max(maxRows, table.rows.length)) throw connectorError('VS4405', { table: name, rows: maxRows });
  };
  return {
    async open(columns) {
      fields = columns;
      isOpen = true;
    },
    async write({ batch }) {
      mustBeOpen();
      const rows = rowsOfBatch(batch, fields);
      for (let i = 0; i < rows.length; i++) {
        const op = batch.ops?.[i] ?? Op.insert;
        waiting.push({ isRemoval: op === Op.delete || op === Op.updateBefore, row: rows[i]! });
      }
      if (waiting.length >= settleAt || table.rows.length + waiting.length > maxRows) settle();
    },
    async commit(epoch) {
      mustBeOpen();
      const changes = waiting;
      waiting = [];
      settleAt = SETTLE_FROM;
      if (epoch <= table.lastEpoch) return;
      table.lastEpoch = epoch;
      table.fields = fields;
      applyChanges(table.rows, changes);
    },
    async close() {
      isOpen = false;
      waiting = [];
    },
  };
}

/** One pass over table and changes: a removal takes the latest equal row. */
function applyChanges(rows: object[], changes: readonly Change[]): void {
  if (!changes.some((c) => c.isRemoval)) {
    for (const { row } of changes) rows.push(row);
    return;
  }
  const places = new Map<string, number[]>();
  const place = (row: object, at: number): void => {
    const text = rowText(row);
    const known = places.get(text);
    if (known === undefined) places.set(text, [at]);
    else known.push(at);
  };
  rows.forEach(place);
  const removed = new Set<number>();
  for (const { isRemoval, row } of changes) {
    if (isRemoval) {
      const at = places.get(rowText(row))?.pop();
      if (at !== undefined) removed.add(at);
    } else {
      place(row, rows.length);
      rows.push(row);
    }
  }
  const kept = rows.filter((_, i) => !removed.has(i));
  rows.length = 0;
  for (const row of kept) rows.push(row);
}

/** Changes without the rows that were added and taken away again. */
function settled(changes: readonly Change[]): Change[] {
  if (!changes.some((c) => c.isRemoval)) return [...changes];
  const added = new Map<string, number[]>();
  const gone = new Set<number>();
  for (const [at, { isRemoval, row }] of changes.entries()) {
    const text = rowText(row);
    const places = added.get(text);
    if (!isRemoval) {
      if (places === undefined) added.set(text, [at]);
      else places.push(at);
      continue;
    }
    const last = places?.pop();
    if (last !== undefined) gone.add(last).add(at);
  }
  return changes.filter((_, at) => !gone.has(at));
}

/** Equal rows have equal text, and others another: JSON has no text for NaN, infinities and large integers. */
const rowText = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? { number: String(value) } : value,
  );
