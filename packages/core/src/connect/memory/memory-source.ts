import { connectorError } from '../../diagnostics/codes/connector.ts';
import { NO_META } from '../../values/record-batch.ts';
import type { ConnectorHost, ReadRequest, Source, SourceBatch } from '../connector.ts';
import { columnsOfRows, type StoredTable } from './memory-store.ts';

/** The rows that a table holds when reading starts. A position is the number of rows read. */
export function memorySource(table: StoredTable, host: ConnectorHost): Source {
  let isReading = false;
  return {
    async describe() {
      const { length } = table.rows;
      return {
        fields: table.fields,
        bounded: true,
        origin: 'inferred',
        coverage: { scannedRows: length, scannedBytes: 0, complete: true },
      };
    },
    async *read(request) {
      if (isReading) throw connectorError('VS4110', { connector: 'memory' });
      isReading = true;
      try {
        yield* batches(table, request, host);
      } finally {
        isReading = false;
      }
    },
  };
}

async function* batches(table: StoredTable, request: ReadRequest, host: ConnectorHost): AsyncGenerator<SourceBatch> {
  const { fields, system, signal, maxBatchRows } = request;
  for (const { name } of fields) {
    if (!table.fields.some((f) => f.name === name)) throw connectorError('VS4108', { column: name, connector: 'memory' });
  }
  const total = table.rows.length;
  let at = positionOf(request.from, total);
  while (at < total && !signal.aborted) {
    const end = Math.min(total, at + maxBatchRows);
    const first = at;
    const length = end - at;
    at = end;
    yield {
      batch: {
        length,
        columns: columnsOfRows(table.rows, first, end, fields),
        meta: {
          ...NO_META,
          offset: system.includes('_OFFSET') ? Float64Array.from({ length }, (_, i) => first + i) : null,
          timestamp: system.includes('_TIMESTAMP') ? new Float64Array(length).fill(host.now()) : null,
          partition: system.includes('_PARTITION') ? new Float64Array(length) : null,
        },
        ops: null,
        watermarks: null,
      },
      next: end,
    };
  }
}

function positionOf(from: unknown, total: number): number {
  if (from === undefined) return 0;
  if (!Number.isSafeInteger(from) || (from as number) < 0 || (from as number) > total)
    throw connectorError('VS4107', { connector: 'memory' });
  return from as number;
}
