import type { EngineOptions, SourceInput } from '@velostream/core/engine';
import { COMPANIES, COMPANIES_SCHEMA } from './companies.ts';
import { DATASETS, type DatasetName, loadDataset } from './datasets.ts';
import { liveTrades, TRADES_DELAY_MS, TRADES_SCHEMA } from './live-trades.ts';
import type { SourceInfo } from './messages.ts';

/** What the page can query. */
export const SOURCES: readonly SourceInfo[] = [
  { name: 'trades', schema: TRADES_SCHEMA, extent: 'live, 200 rows/s', about: 'A seeded market. One second here is one minute there.' },
  { name: 'companies', schema: COMPANIES_SCHEMA, extent: 'table, 6 rows', about: 'Who is behind the symbols of trades.' },
  { name: 'stocks', schema: DATASETS.stocks.schema, extent: '560 rows', about: 'Month-end prices of five stocks, 2000 to 2010.' },
  { name: 'flights', schema: DATASETS.flights.schema, extent: '20,000 rows', about: 'Flights in the USA, first quarter of 2001.' },
  { name: 'weather', schema: DATASETS.weather.schema, extent: '1,461 rows', about: 'Daily weather in Seattle, 2012 to 2015.' },
];

const DATASET_NAMES = Object.keys(DATASETS) as DatasetName[];

/** Files are loaded only when the text names them; a name in a comment costs a load, no more. */
const isNamed = (sql: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(sql);

export interface OpenedSources {
  readonly inputs: Pick<EngineOptions, 'sources' | 'tables'>;
  /** Newest event time that the live stream has given out; null before its first row. */
  newest(): number | null;
}

/** The sources of one run. The live stream starts anew, so that a query sees the same rows each time. */
export async function openSources(sql: string, signal: AbortSignal): Promise<OpenedSources> {
  let newest: number | null = null;
  const seen = (time: number): void => {
    newest = Math.max(newest ?? time, time);
  };
  const sources: Record<string, SourceInput> = {
    trades: { rows: liveTrades(signal, seen), schema: TRADES_SCHEMA, eventTime: 'ts', watermarkDelayMs: TRADES_DELAY_MS },
  };
  await Promise.all(
    DATASET_NAMES.map(async (name) => {
      const rows = isNamed(sql, name) ? await loadDataset(name) : [];
      sources[name] = { rows, schema: DATASETS[name].schema };
    }),
  );
  const inputs = { sources, tables: { companies: { rows: COMPANIES, schema: COMPANIES_SCHEMA } } };
  return { inputs, newest: () => newest };
}
