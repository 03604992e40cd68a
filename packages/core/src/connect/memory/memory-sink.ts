import { connectorError } from '../../diagnostics/codes/connector.ts';
import type { Field } from '../../values/column.ts';
import { Op } from '../../values/record-batch.ts';
import type { Sink } from '../connector.ts';
import { type MemoryRow, rowsOfBatch, type StoredTable } from './memory-store.ts';

interface Change {
  readonly isRemoval: boolean;
  readonly row: MemoryRow;
}

/**
 * Adds rows to a table at each commit. A changelog is applied: a deleted or replaced row leaves the table.
 * An epoch that was committed before adds nothing, so that a repeated commit is harmless.
 */
export function memorySink(table: StoredTable): Sink {
  let fields: readonly Field[] = [];
  let waiting: Change[] = [];
  let isOpen = false;
  const mustBeOpen = (): void => {
    if (!isOpen) throw connectorError('VS4401', { name: 'memory' });
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
    },
    async commit(epoch) {
      mustBeOpen();
      const changes = waiting;
      waiting = [];
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

const rowText = (row: object): string => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
