// The scripts beside the page, run by the command line over the same files; the answers are worked out here a second time, by hand.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CLI = pathOf('../../../packages/core/src/node/cli.node.ts');
const DATA = pathOf('../node_modules/vega-datasets/data');
const dataText = (file: string): string => readFileSync(`${DATA}/${file}`, 'utf8');
const csvRecords = (file: string): string[][] =>
  dataText(file)
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

type Row = Readonly<Record<string, unknown>>;

async function velo(script: string, ...options: readonly string[]): Promise<Row[]> {
  const args = ['--conditions=@velostream/source', CLI, 'run', pathOf(`../sql/${script}`), '--root', DATA, '--json', ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => JSON.parse(line));
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.concurrent('the scripts of the quickstart', { timeout: 60_000 }, () => {
  test('the best years of five stocks', async () => {
    const prices = Map.groupBy(csvRecords('stocks.csv'), ([symbol = '', date = '']) => `${symbol} ${date.slice(-4)}`);
    const best = [...prices]
      .map(([key, records]) => ({
        key,
        mean: Number(mean(records.map(([, , price]) => Number(price))).toFixed(2)),
        months: records.length,
      }))
      .toSorted((a, b) => b.mean - a.mean)
      .slice(0, 5);
    const rows = await velo('stocks-best-year.sql');
    expect(rows.map(({ symbol, year, mean, months }) => ({ key: `${symbol} ${year}`, mean, months }))).toEqual(best);
  });

  test('the busiest routes from an airport, from whichever is asked for', async () => {
    const routes = csvRecords('flights-airport.csv').map(([origin, destination = '', count]) => ({
      origin,
      destination,
      flights: Number(count),
    }));
    for (const airport of ['ORD', 'ATL']) {
      const busiest = routes
        .filter(({ origin }) => origin === airport)
        .map(({ destination, flights }) => ({ destination, flights }))
        .toSorted((a, b) => b.flights - a.flights || (a.destination < b.destination ? -1 : 1))
        .slice(0, 5);
      const setting = airport === 'ORD' ? [] : ['--set', `airport=${airport}`];
      expect(await velo('busiest-routes.sql', ...setting)).toEqual(busiest);
    }
  });

  test('the delays of the largest airports, from JSON', async () => {
    const flights: readonly { readonly origin: string; readonly delay: number }[] = JSON.parse(dataText('flights-20k.json'));
    const airports = [...Map.groupBy(flights, ({ origin }) => origin)]
      .map(([origin, own]) => ({ origin, delays: own.map(({ delay }) => delay) }))
      .filter(({ delays }) => delays.length > 800)
      .toSorted((a, b) => b.delays.length - a.delays.length);
    const rows = await velo('flight-delays.sql');
    expect(rows.map(({ origin, flights, longest }) => ({ origin, flights, longest }))).toEqual(
      airports.map(({ origin, delays }) => ({ origin, flights: delays.length, longest: Math.max(...delays) })),
    );
    for (const [i, { delays }] of airports.entries())
      expect(Math.abs(Number(rows[i]?.['mean_delay']) - mean(delays))).toBeLessThanOrEqual(0.051);
  });

  test('the rainy fortnights of Seattle', async () => {
    const fortnightMs = 14 * 86_400_000;
    const windows = Map.groupBy(csvRecords('seattle-weather.csv'), ([date = '']) => Math.floor(Date.parse(date) / fortnightMs));
    const rainy = [...windows]
      .map(([window, days]) => ({ starts_at: window * fortnightMs, rain_mm: days.reduce((sum, [, rain]) => sum + Number(rain), 0) }))
      .filter(({ rain_mm }) => rain_mm > 150);
    const rows = await velo('rainy-fortnights.sql');
    expect(rows.map(({ starts_at }) => starts_at)).toEqual(rainy.map(({ starts_at }) => starts_at));
    for (const [i, row] of rows.entries()) expect(row['rain_mm']).toBeCloseTo(rainy[i]?.rain_mm ?? 0, 6);
  });

  test('a generated market is the same market each time', async () => {
    const rows = await velo('live-trades.sql', '--limit', '16');
    expect(rows).toHaveLength(16);
    expect(await velo('live-trades.sql', '--limit', '16')).toEqual(rows);
  });
});
