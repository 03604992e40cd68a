import type { RowWriter } from '../runtime/row-writer.ts';
import { explainPlan } from '../sql/plan/explain-plan.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Provenance, Row, Value } from './api.ts';
import type { Execution } from './execution.ts';
import type { GraphNode } from './graph.ts';
import { windowOf } from './result-rows.ts';

const same = (a: Value | undefined, b: Value | undefined): boolean =>
  Object.is(a, b) || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** Rows that each source had given when a batch came out. */
export const rowsReadAt = new WeakMap<RecordBatch, readonly number[]>();

/**
 * Finds a result row among the latest output (256 batches, or all when `rows()` was used) and says which window, key, inputs
 * and steps made it. `inputs` counts the rows that each source had given when the row was told; those of one step of the loop count
 * together.
 */
export function explainRow(row: Row, kept: readonly RecordBatch[], node: GraphNode, execution: Execution, write: RowWriter): Provenance {
  const { plan } = node.statement;
  const names = plan.root.fields.slice(0, plan.visible).map((f) => f.name);
  const found = findRow(row, names, kept, write);
  const key: Record<string, Value> = Object.create(null);
  for (const column of plan.key ?? []) {
    const name = plan.root.fields[column]?.name;
    if (name !== undefined && column < plan.visible) key[name] = row[name] ?? null;
  }
  const read = found ? rowsReadAt.get(found.batch) : undefined;
  const bounds = found ? windowOf(found.batch, plan, found.index) : undefined;
  return {
    ...(bounds ? { window: bounds } : {}),
    key,
    inputs: execution.cursors.map((c, i) => ({ source: c.feed.name, rows: read?.[i] ?? c.rowsIn })),
    steps: explainPlan(plan)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 0)
      .reverse(),
  };
}

function findRow(
  row: Row,
  names: readonly string[],
  kept: readonly RecordBatch[],
  write: RowWriter,
): { batch: RecordBatch; index: number } | null {
  for (let b = kept.length - 1; b >= 0; b--) {
    const batch = kept[b] as RecordBatch;
    for (let index = batch.length - 1; index >= 0; index--) {
      const candidate = write(batch, index) as Row;
      if (names.every((name) => same(candidate[name], row[name]))) return { batch, index };
    }
  }
  return null;
}
