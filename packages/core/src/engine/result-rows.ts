import type { RowWriter } from '../runtime/row-writer.ts';
import type { QueryPlan } from '../sql/plan/plan.ts';
import { scalarAt } from '../values/column-read.ts';
import { keyFunction } from '../values/key.ts';
import { Op, type RecordBatch, weightOf } from '../values/record-batch.ts';
import type { Change, Row, Value } from './api.ts';

/** Inserted and updated rows of a batch, in order. */
export function* rowsOf(batch: RecordBatch, write: RowWriter): Generator<Row> {
  for (let i = 0; i < batch.length; i++) {
    const op = batch.ops?.[i] ?? Op.insert;
    if (op === Op.insert || op === Op.updateAfter) yield write(batch, i) as Row;
  }
}

/** Every change of a batch. `-U` rows only prepare their `+U`, so they are not told. */
export function* changesOf(
  batch: RecordBatch,
  plan: QueryPlan,
  write: RowWriter,
  keyValue: (batch: RecordBatch, column: number, row: number) => Value,
  final: boolean,
): Generator<Change> {
  for (let i = 0; i < batch.length; i++) {
    const op = batch.ops?.[i] ?? Op.insert;
    if (op === Op.updateBefore) continue;
    const bounds = windowOf(batch, plan, i);
    yield {
      op: op === Op.insert ? 'insert' : op === Op.updateAfter ? 'update' : 'delete',
      row: write(batch, i) as Row,
      key: (plan.key ?? []).filter((c) => !plan.window?.includes(c)).map((c) => keyValue(batch, c, i)),
      ...(bounds ? { window: bounds } : {}),
      final,
    };
  }
}

export function windowOf(batch: RecordBatch, plan: QueryPlan, row: number): { start: number; end: number } | undefined {
  if (!plan.window) return undefined;
  const [start, end] = plan.window.map((c) => scalarAt(batch.columns[c] as RecordBatch['columns'][number], row));
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
}

/**
 * Folds changes into the last row per key, in order of first insert; without a key every row stands. Rows that only all their columns
 * together tell apart may stand several times.
 */
export function tableOf(batches: readonly RecordBatch[], plan: QueryPlan, write: RowWriter): Row[] {
  const { key, root } = plan;
  if (key === null) return batches.flatMap((b) => [...rowsOf(b, write)]);
  const isMultiset = root.changes === 'retract' && key.length === root.fields.length;
  const keyTexts = key.map((c) => keyFunction((root.fields[c] as QueryPlan['root']['fields'][number]).type));
  const rows = new Map<string, { row: Row; times: number }>();
  for (const batch of batches) {
    for (let i = 0; i < batch.length; i++) {
      const op = batch.ops?.[i] ?? Op.insert;
      if (op === Op.updateBefore && !isMultiset) continue;
      // Lengths keep texts apart: ('a', 'bc') is not ('ab', 'c').
      const id = key
        .map((c, k) => keyTexts[k]?.(scalarAt(batch.columns[c] as RecordBatch['columns'][number], i)) ?? '')
        .map((text) => `${text.length}:${text}`)
        .join('');
      const known = rows.get(id);
      const times = isMultiset ? (known?.times ?? 0) + weightOf(op) : op === Op.delete ? 0 : 1;
      if (times <= 0) rows.delete(id);
      else if (known) Object.assign(known, { row: write(batch, i), times });
      else rows.set(id, { row: write(batch, i) as Row, times });
    }
  }
  return [...rows.values()].flatMap(({ row, times }) => Array.from({ length: times }, () => row));
}
