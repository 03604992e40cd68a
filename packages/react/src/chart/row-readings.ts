import type { LiveRow } from '../query/live-query.ts';

export interface RowReader {
  /** Tells readings apart that are not about the same columns. */
  readonly key: string;
  readonly x: (row: LiveRow) => number | null;
  readonly ys: readonly ((row: LiveRow) => number | null)[];
  readonly label: (row: LiveRow) => string;
}

/** Numbers of rows, side by side: `NaN` stands for none. */
export interface RowReadings {
  readonly rows: readonly LiveRow[];
  readonly key: string;
  readonly xs: Float64Array;
  readonly ys: readonly Float64Array[];
  /** Place of each row's label in `labels`. */
  readonly labelIds: Uint32Array;
  readonly labels: readonly string[];
}

const LABELS_MAX = 10_000;

/**
 * Reads numbers and label of every row. Rows never change, so what was read of a row before is taken over: of a window that moves on by a few
 * rows only those are read. Holds as much as there are rows; nothing is kept of rows that have left.
 */
export function readRows(rows: readonly LiveRow[], reader: RowReader, before: RowReadings | undefined): RowReadings {
  const known = before?.key === reader.key && before.labels.length <= LABELS_MAX ? before : undefined;
  const xs = new Float64Array(rows.length);
  const ys = reader.ys.map(() => new Float64Array(rows.length));
  const labelIds = new Uint32Array(rows.length);
  const labels = [...(known?.labels ?? [])];
  const ids = new Map(labels.map((label, id) => [label, id]));
  const moved = known ? placeBefore(rows, known.rows) : 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as LiveRow;
    const at = i + moved;
    if (known && known.rows[at] === row) {
      xs[i] = known.xs[at] as number;
      for (let y = 0; y < ys.length; y++) (ys[y] as Float64Array)[i] = known.ys[y]?.[at] as number;
      labelIds[i] = known.labelIds[at] as number;
      continue;
    }
    xs[i] = reader.x(row) ?? Number.NaN;
    for (let y = 0; y < ys.length; y++) (ys[y] as Float64Array)[i] = reader.ys[y]?.(row) ?? Number.NaN;
    const label = reader.label(row);
    let id = ids.get(label);
    if (id === undefined) {
      id = labels.push(label) - 1;
      ids.set(label, id);
    }
    labelIds[i] = id;
  }
  return { rows, key: reader.key, xs, ys, labelIds, labels };
}

/** How many rows have left at the front since: found by where the first row stood. */
function placeBefore(rows: readonly LiveRow[], before: readonly LiveRow[]): number {
  const first = rows[0];
  return first === undefined ? 0 : Math.max(0, before.indexOf(first));
}
