import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createEngine } from '../../src/engine/index.ts';
import { createCatalog } from '../../src/sql/catalog/create-catalog.ts';
import { type DataRow, dataRows, SCHEMA } from '../oracle/dataset.ts';
import { type OracleQuery, oracleQuery } from '../oracle/queries.ts';

/** Flink takes a row at the very beginning of the epoch for late; so the rows lie where rows lie. */
const BASE_MS = 1_700_000_000_000;
/** No row of the data sets is late under this delay. */
export const DELAY_MS = 1_000_000;

export interface Dataset {
  readonly name: string;
  readonly rows: Readonly<Record<'t' | 'u' | 'v', readonly DataRow[]>>;
  readonly queries: readonly OracleQuery[];
}

const moved = (rows: readonly DataRow[]): DataRow[] => rows.map((row) => ({ ...row, ts: row.ts + BASE_MS }));

/** Seeded rows and queries over them. */
export function datasets(count: number, queriesEach: number, seed: number): Dataset[] {
  const data = fc.record({ t: dataRows(), u: dataRows(30), v: dataRows(12) });
  return fc.sample(data, { seed, numRuns: count }).map(({ t, u, v }, i) => ({
    name: `data${i}`,
    rows: { t: moved(t), u: moved(u), v: moved(v) },
    queries: fc.sample(oracleQuery, { seed: seed + 1 + i, numRuns: queriesEach }),
  }));
}

export const catalog = createCatalog({ t: SCHEMA, u: SCHEMA, v: { ...SCHEMA, kind: 'table' } });

/** One JSON object a line, decimals as text. */
export const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

export function writeFiles(dataset: Dataset, folder: string): Record<string, Record<string, string>> {
  const connections: Record<string, Record<string, string>> = {};
  mkdirSync(join(folder, dataset.name), { recursive: true });
  for (const name of ['t', 'u', 'v'] as const) {
    const path = join(folder, dataset.name, `${name}.jsonl`);
    writeFileSync(path, lines(dataset.rows[name]));
    connections[name] = { type: 'file_source', path, format: 'jsonl', 'event.time.format': 'epoch_millis', ...delay };
  }
  return connections;
}

export const delay = { 'watermark.max_out_of_orderness': `${DELAY_MS}ms` };

/** The delay that both engines are given through the statement. */
export const withDelay = (sql: string): string =>
  `${sql} WITH (${['t', 'u'].map((name) => `'${name}.watermark.max_out_of_orderness' = '${DELAY_MS}ms'`).join(', ')})`;

export async function ownRows(dataset: Dataset, sql: string, asTable: boolean): Promise<unknown[][]> {
  const input = (name: 't' | 'u') => ({ rows: dataset.rows[name], schema: SCHEMA, watermarkDelayMs: DELAY_MS });
  const engine = createEngine({
    sources: { t: input('t'), u: input('u') },
    tables: { v: { rows: dataset.rows.v, schema: { ...SCHEMA, kind: 'table' } } },
  });
  const query = engine.run(sql);
  const rows = asTable ? await query.table() : await query.rows();
  await engine.close();
  return rows.map((row) => Object.values(row));
}
