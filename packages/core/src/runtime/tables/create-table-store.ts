import { checkpointMismatch } from '../../diagnostics/codes/runtime.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ColumnarTable } from './columnar-table.ts';
import type { TableStore } from './table-store.ts';

/** An empty store. A table holds at most `rowsMax` rows (the default of the limit "maxGroups"). */
export function createTableStore(rowsMax: number = DEFAULT_LIMITS.maxGroups): TableStore {
  const tables = new Map<string, ColumnarTable>();
  return {
    find: (name) => tables.get(name),
    create(name, fields, key) {
      const known = tables.get(name);
      if (known !== undefined) return known;
      const table = new ColumnarTable(name, fields, key, rowsMax);
      tables.set(name, table);
      return table;
    },
    names: () => [...tables.keys()],
    snapshot(writer) {
      writer.section('tables');
      writer.integer(tables.size);
      for (const table of tables.values()) table.snapshot(writer);
    },
    restore(reader) {
      reader.section('tables');
      const count = reader.integer();
      if (count !== tables.size) throw checkpointMismatch(`${tables.size} tables`, `${count} tables`);
      for (let i = 0; i < count; i++) {
        reader.section('table');
        const name = reader.string();
        const table = tables.get(name);
        if (table === undefined) throw checkpointMismatch([...tables.keys()].join(', '), name);
        table.restore(reader);
      }
    },
  };
}
