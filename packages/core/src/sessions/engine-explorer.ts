import { cannotDo } from '../diagnostics/codes/studio.ts';
import { maskedColumns, maskedSample, maskRows } from '../protocol/mask-rows.ts';
import type { Query, Row } from '../protocol/query.ts';
import type {
  Coverage,
  Explorer,
  Found,
  FoundSource,
  Peek,
  PeekRequest,
  SourceField,
  SourceSchema,
} from '../protocol/studio/exploration.ts';
import type { ColumnSchema, TableSchema } from '../protocol/table-schema.ts';
import { gather, type PeekStart } from './gather-rows.ts';
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
/** Rows that are gone through to find the last ones, or those from an offset or a time on. */
const SCAN_MAX = 100_000;

interface ReadOptions {
  readonly filter?: string | undefined;
  readonly from?: PeekRequest['from'] | undefined;
  readonly waitMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at sources by running `SELECT *` over them: what stands in for systems without an explorer of their own (rows of the host, generators,
 * any connector that only reads). An open source gives what comes within two seconds, and the newest of it where the last rows are asked for.
 */
export function engineExplorer({ sources, run, schemaOf }: EngineExplorerOptions): Explorer {
  const read = (name: string, limit: number, options: ReadOptions) => readRows({ run, schemaOf }, name, limit, options);
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
    async peek(name, { limit = PEEK_DEFAULT, filter, from, timeoutMs, signal }): Promise<Found<Peek>> {
      const seen = await read(name, limit, { filter, from, ...(timeoutMs === undefined ? {} : { waitMs: timeoutMs }), signal });
      const { rows, masked } = maskRows(seen.rows, seen.columns);
      return { name, columns: seen.columns, rows, masked, coverage: seen.coverage, ...(seen.warnings && { warnings: seen.warnings }) };
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

/** Runs `SELECT *` until the wanted rows are there, the source ends, or time is up. */
async function readRows(
  { run, schemaOf }: Pick<EngineExplorerOptions, 'run' | 'schemaOf'>,
  name: string,
  limit: number,
  options: ReadOptions,
) {
  const { filter, from, waitMs = WAIT_MS } = options;
  const start = startOf(name, from, filter);
  const most = start.hasSqlLimit ? ` LIMIT ${start.skip + limit}` : '';
  const query = run(`SELECT * FROM ${quoted(name)}${filter ? ` WHERE ${filter}` : ''}${most}`, options.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await query.ready;
    const gathered = gather(name, limit, start, query.schema.eventTime ?? schemaOf(name)?.eventTime);
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), waitMs);
    });
    const iterator = (query.rowBatches?.() ?? oneByOne(query))[Symbol.asyncIterator]();
    let stoppedBy: Coverage['stoppedBy'] = 'end';
    while (stoppedBy === 'end') {
      const next = await Promise.race([iterator.next(), late]);
      if (next === 'late') stoppedBy = 'time';
      else if (next.done) break;
      else if (gathered.takeAll(next.value)) stoppedBy = 'limit';
    }
    const scanned = Math.max(gathered.seen(), query.metrics().rowsIn);
    const isCut = from === 'latest' && stoppedBy !== 'end';
    return {
      rows: gathered.rows(),
      columns: taggedColumns(query.schema.columns, schemaOf(name)),
      coverage: { scanned, partitions: [], stoppedBy } satisfies Coverage,
      ...(isCut && { warnings: [notTheEnd(name, scanned, stoppedBy === 'time' ? waitMs : undefined)] }),
    };
  } finally {
    clearTimeout(timer);
    await query.cancel('seen enough');
  }
}

function startOf(name: string, from: PeekRequest['from'], filter: string | undefined): PeekStart {
  if (from === undefined || from === 'earliest') return { skip: 0, isTail: false, hasSqlLimit: true, scanMax: SCAN_MAX };
  if (from === 'latest') return { skip: 0, isTail: true, hasSqlLimit: false, scanMax: SCAN_MAX };
  if ('timestampMs' in from) return { skip: 0, isTail: false, hasSqlLimit: false, scanMax: SCAN_MAX, sinceMs: from.timestampMs };
  const skip = Number(from.offset);
  const what = `reading "${name}" from record "${from.offset}" on`;
  if (!(Number.isSafeInteger(skip) && skip >= 0 && skip < SCAN_MAX))
    throw cannotDo(what, 'its records have a number only', `Give a whole number below ${SCAN_MAX}, or read from the end.`);
  if (filter) throw cannotDo(what, 'with a filter its records are no longer counted', 'Leave out the filter, or the offset.');
  return { skip, isTail: false, hasSqlLimit: true, scanMax: SCAN_MAX };
}

const notTheEnd = (name: string, scanned: number, waitedMs: number | undefined): string =>
  `"${name}" had not ended after ${scanned} records${waitedMs === undefined ? '' : ` and ${waitedMs / 1000} s`}: shown are the newest of those`;

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
