import type { SnapshotView } from './change-position.ts';
import type { Table } from './table-catalog.ts';

type Tuple = Readonly<Record<string, string | null | undefined>>;
type Compare = (a: string, b: string) => number;

const numbers: Compare = (a, b) => (BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
const texts: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** Types whose order is the same here and in the server; that of texts depends on the collation there. */
const ORDERS: ReadonlyMap<string, Compare> = new Map([
  ['smallint', numbers],
  ['integer', numbers],
  ['bigint', numbers],
  ['uuid', texts],
]);

/** How rows of a table are ordered by their key; undefined where it cannot be told here. */
export function keyOrder(table: Table): ((a: readonly string[], b: readonly string[]) => number) | undefined {
  const compares = table.primaryKey.map((name) => ORDERS.get(table.columns.find((column) => column.name === name)?.typeText ?? ''));
  if (compares.length === 0 || compares.includes(undefined)) return undefined;
  return (a, b) => {
    for (const [i, compare] of (compares as readonly Compare[]).entries()) {
      const order = compare(a[i] as string, b[i] as string);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/**
 * Whether a change of a row came before the snapshot in which the row was read. Rows up to the key at which a snapshot was interrupted are
 * as of its own place in the log; those behind it as of the place of the snapshot that went on.
 */
export function seenChanges(table: Table, views: readonly SnapshotView[]): (tuple: Tuple, commit: bigint) => boolean {
  const order = keyOrder(table);
  if (views.length === 0 || order === undefined) return () => false;
  return (tuple, commit) => {
    const key = table.primaryKey.map((name) => tuple[name] ?? '');
    const view = views.findLast(({ after }) => order(key, after) > 0);
    return view !== undefined && commit < view.lsn;
  };
}
