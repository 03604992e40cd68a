import type { TableSchema } from '@velostream/core/sql';

/** A file of the server, and how its text becomes rows. */
export interface Dataset {
  readonly file: string;
  readonly schema: TableSchema;
  readonly rows: (text: string) => readonly object[];
}

const column = (name: string, type: string) => ({ name, type, nullable: false });
/** `Jan 1 2000` and `2001/01/01 00:47`, both without a zone: read as UTC. */
const utc = (text: string): number => Date.parse(`${text} UTC`);

/** These files have no quoted fields. */
function csvRecords(text: string): string[][] {
  const [, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  return lines.map((line) => line.split(','));
}

function stockRows(text: string): readonly object[] {
  const rows = csvRecords(text).map(([symbol = '', date = '', price = '']) => ({ symbol, date: utc(date), price: Number(price) }));
  // The file is one symbol after the other; a stream comes in the order of time.
  return rows.toSorted((a, b) => a.date - b.date);
}

interface Flight {
  readonly date: string;
  readonly delay: number;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

function flightRows(text: string): readonly object[] {
  const flights: readonly Flight[] = JSON.parse(text);
  return flights.map((flight) => ({ ...flight, date: utc(flight.date) })).toSorted((a, b) => a.date - b.date);
}

function weatherRows(text: string): readonly object[] {
  return csvRecords(text).map(([date = '', rain = '', high = '', low = '', wind = '', weather = '']) => ({
    date: Date.parse(date),
    rain: Number(rain),
    high: Number(high),
    low: Number(low),
    wind: Number(wind),
    weather,
  }));
}

/** Real data, from the vega-datasets package. */
export const DATASETS = {
  stocks: {
    file: 'stocks.csv',
    schema: { eventTime: 'date', columns: [column('symbol', 'STRING'), column('date', 'TIMESTAMP'), column('price', 'FLOAT')] },
    rows: stockRows,
  },
  flights: {
    file: 'flights-20k.json',
    schema: {
      eventTime: 'date',
      columns: [
        column('date', 'TIMESTAMP'),
        column('delay', 'INTEGER'),
        column('distance', 'INTEGER'),
        column('origin', 'STRING'),
        column('destination', 'STRING'),
      ],
    },
    rows: flightRows,
  },
  weather: {
    file: 'seattle-weather.csv',
    schema: {
      eventTime: 'date',
      columns: [
        column('date', 'TIMESTAMP'),
        column('rain', 'FLOAT'),
        column('high', 'FLOAT'),
        column('low', 'FLOAT'),
        column('wind', 'FLOAT'),
        column('weather', 'STRING'),
      ],
    },
    rows: weatherRows,
  },
} satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof DATASETS;

const loaded = new Map<DatasetName, Promise<readonly object[]>>();

/** The rows of one file, fetched once. */
export function loadDataset(name: DatasetName): Promise<readonly object[]> {
  let rows = loaded.get(name);
  if (!rows) {
    rows = fetchRows(DATASETS[name]);
    // A failed fetch is tried again by the next run.
    rows.catch(() => loaded.delete(name));
    loaded.set(name, rows);
  }
  return rows;
}

async function fetchRows({ file, rows }: Dataset): Promise<readonly object[]> {
  const response = await fetch(new URL(`/data/${file}`, self.location.origin));
  if (!response.ok) throw new Error(`the file "${file}" could not be loaded (HTTP ${response.status})`);
  return rows(await response.text());
}
