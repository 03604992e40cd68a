import { connectorError } from '../../diagnostics/codes/connector.ts';
import type { ConnectorDefinition } from '../connector.ts';
import { defineOptions, type OptionsIn } from '../options/define-options.ts';
import { count, requiredText } from '../options/option.ts';
import { uriParts } from '../options/uri-parts.ts';
import { memorySink } from './memory-sink.ts';
import { memorySource } from './memory-source.ts';
import { type MemoryTable, type StoredTable, storedTable } from './memory-store.ts';

/** About 350 MB of rows with five columns. */
const ROWS_MAX = 1_000_000;

const OPTIONS = defineOptions({
  table: requiredText({ about: 'Name of the table in memory.', aliases: ['name', 'path', 'topic'] }),
  max_rows: count({
    about: 'Rows that a sink may keep in the table; one more ends the job with an error (VS4405), and what was committed stays.',
    default: ROWS_MAX,
    min: 1,
  }),
});

export type MemoryOptions = OptionsIn<typeof OPTIONS>;

/** Tables in memory, and the connector that reads and writes them. */
export interface MemoryConnector extends ConnectorDefinition<MemoryOptions> {
  /** Rows of a table, what sinks committed included; empty when there is no such table. */
  rows(table: string): readonly object[];
}

/**
 * Tables in this process: a source for tests and demos, and a sink whose rows can be looked at.
 * Writing is exactly-once per epoch; a table that nobody gave is made by its first writer. A sink keeps at most `max_rows` rows
 * (a million): a row more ends the job with VS4405, nothing is left out silently.
 *
 * @example
 * const store = memory({ orders: [{ id: 1, total: 20 }] });
 * createEngine({ connectors: [store], sources: { orders: { uri: 'memory:orders' } } });
 */
export function memory(tables: Readonly<Record<string, MemoryTable>> = {}): MemoryConnector {
  const store = new Map<string, StoredTable>(Object.entries(tables).map(([name, table]) => [name, storedTable(name, table)]));
  return Object.freeze<MemoryConnector>({
    name: 'memory',
    schemes: ['memory'],
    options: OPTIONS,
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri(uri) {
      const parts = uriParts(uri);
      if (parts?.scheme !== 'memory' || parts.path === '') throw connectorError('VS4104', { uri, connector: 'memory' });
      return { table: parts.path, ...parts.query };
    },
    source({ table }, host) {
      const found = store.get(table);
      if (found === undefined) throw connectorError('VS4106', { table, known: [...store.keys()] });
      return memorySource(found, host);
    },
    sink({ table, max_rows }) {
      const target = store.get(table) ?? { fields: [], rows: [], lastEpoch: 0 };
      store.set(table, target);
      return memorySink(table, target, max_rows);
    },
    rows: (table) => store.get(table)?.rows ?? [],
  });
}
