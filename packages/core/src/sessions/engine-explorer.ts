import { maskedColumns, maskedSample, maskRows } from '../protocol/mask-rows.ts';
import type { Query, Row } from '../protocol/query.ts';
import type { Coverage, Explorer, Found, FoundSource, Peek, SourceField, SourceSchema } from '../protocol/studio/exploration.ts';
import type { ColumnSchema, TableSchema } from '../protocol/table-schema.ts';
import { oneByOne } from './one-by-one.ts';

export interface EngineExplorerOptions {
  readonly sources: readonly FoundSource[];
  /** Runs SQL in which the source's name may stand. */
  run(sql: string, signal: AbortSignal | undefined): Query;
  schemaOf(name: string): TableSchema | undefined;
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '')}\``;
const PEEK_DEFAULT = 10;
const INSPECT_DEFAULT = 100;
const TAIL_DEFAULT = 100;
const WAIT_MS = 2_000;

/**
 * Looks at sources by running `SELECT *` over them: what stands in for systems without an explorer of their own (rows of the host, generators,
 * any connector that only reads). An open source gives what comes within two seconds.
 */
export function engineExplorer({ sources, run, schemaOf }: EngineExplorerOptions): Explorer {
  const read = async (
    name: string,
    limit: number,
    options: { filter?: string | undefined; waitMs?: number; signal?: AbortSignal | undefined },
  ) => {
    const where = options.filter ? ` WHERE ${options.filter}` : '';
    const query = run(`SELECT * FROM ${quoted(name)}${where} LIMIT ${limit}`, options.signal);
    await query.ready;
    const rows: Row[] = [];
    const waitMs = options.waitMs ?? WAIT_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), waitMs);
    });
    const iterator = query[Symbol.asyncIterator]();
    let stoppedBy: Coverage['stoppedBy'] = 'end';
    while (rows.length < limit) {
      const next = await Promise.race([iterator.next(), late]);
      if (next === 'late') {
        stoppedBy = 'time';
        break;
      }
      if (next.done) break;
      rows.push(next.value);
    }
    clearTimeout(timer);
    if (rows.length >= limit) stoppedBy = 'limit';
    const scanned = Math.max(rows.length, query.metrics().rowsIn);
    const columns = taggedColumns(query.schema.columns, schemaOf(name));
    await query.cancel('seen enough');
    return { rows, columns, coverage: { scanned, partitions: [], stoppedBy } satisfies Coverage };
  };
  return {
    async list({ filter, limit = 500 }) {
      const wanted = filter?.toLowerCase().replaceAll('*', '');
      return sources.filter((s) => !wanted || s.name.toLowerCase().includes(wanted)).slice(0, limit);
    },
    async inspect(name, { maxRecords = INSPECT_DEFAULT, timeoutMs, signal }): Promise<Found<SourceSchema>> {
      const { rows, columns, coverage } = await read(name, maxRecords, {
        ...(timeoutMs === undefined ? {} : { waitMs: timeoutMs }),
        signal,
      });
      const schema = schemaOf(name);
      return {
        name,
        fields: columns.map((column) => fieldOf(column, rows)),
        ...(schema?.eventTime === undefined ? {} : { eventTime: schema.eventTime }),
        ...(schema?.key === undefined ? {} : { key: schema.key }),
        origin: schema ? 'declared' : 'inferred',
        coverage,
      };
    },
    async peek(name, { limit = PEEK_DEFAULT, filter, timeoutMs, signal }): Promise<Found<Peek>> {
      const seen = await read(name, limit, { filter, ...(timeoutMs === undefined ? {} : { waitMs: timeoutMs }), signal });
      const { rows, masked } = maskRows(seen.rows, seen.columns);
      return { name, columns: seen.columns, rows, masked, coverage: seen.coverage };
    },
    /** Rows as they come, up to `limit` in one piece; reading waits for whoever follows, so that nothing is dropped. */
    async *tail(name, { limit = TAIL_DEFAULT, filter, signal }) {
      const most = Math.max(1, limit);
      const query = run(`SELECT * FROM ${quoted(name)}${filter ? ` WHERE ${filter}` : ''}`, signal);
      await query.ready;
      const columns = taggedColumns(query.schema.columns, schemaOf(name));
      try {
        let scanned = 0;
        for await (const batch of query.rowBatches?.() ?? oneByOne(query))
          for (let at = 0; at < batch.length; at += most) {
            const { rows, masked } = maskRows(batch.slice(at, at + most), columns);
            scanned += rows.length;
            yield { name, columns, rows, masked, coverage: { scanned, partitions: [], stoppedBy: 'limit' }, dropped: 0 };
          }
      } finally {
        await query.cancel('nobody follows it any more');
      }
    },
  };
}

/** Result columns with the tags and descriptions of the declared ones. */
function taggedColumns(columns: readonly ColumnSchema[], schema: TableSchema | undefined): readonly ColumnSchema[] {
  const declared = new Map(schema?.columns.map((c) => [c.name, c]));
  return columns.map((c) => ({ ...declared.get(c.name), ...c }));
}

function fieldOf(column: ColumnSchema, rows: readonly Row[]): SourceField {
  const values = rows.map((r) => r[column.name] ?? null);
  const present = values.filter((v) => v !== null);
  const distinct = new Set(present.map((v) => (typeof v === 'object' ? JSON.stringify(v) : v))).size;
  const first = present[0];
  const hidden = maskedColumns([column]).length > 0;
  const numbers = present.filter((v): v is number => typeof v === 'number');
  return {
    ...column,
    ...(first === undefined ? {} : { sample: maskedSample(column, textOf(first)) }),
    nullRate: values.length === 0 ? 0 : (values.length - present.length) / values.length,
    distinct,
    ...(numbers.length > 0 && !hidden ? { min: Math.min(...numbers), max: Math.max(...numbers) } : {}),
  };
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 120);
