import { checkpointMismatch } from '../../diagnostics/codes/runtime.ts';
import type { TableStore } from './table-store.ts';

/** The store of a run without tables, which need not load the code of tables. Snapshots as an empty store does. */
export const noTables = (): TableStore => ({
  find: () => undefined,
  create(name) {
    throw new Error(`internal: expected that the table store is loaded before table "${name}" is made`);
  },
  names: () => [],
  snapshot(writer) {
    writer.section('tables');
    writer.integer(0);
  },
  restore(reader) {
    reader.section('tables');
    const count = reader.integer();
    if (count !== 0) throw checkpointMismatch('no tables', `${count} tables`);
  },
});
