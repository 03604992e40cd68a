// Parquet → aggregate, interleaved, answers compared: this engine, this reader alone with a loop, DuckDB, hyparquet, and polars where
// the service `interop` is up. Prints the median of the runs.
//
//   node --conditions=@velostream/source packages/connectors/bench/parquet.mjs [rows] [runs]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { files } from '@velostream/connectors/files';
import { openParquet } from '@velostream/connectors/formats/parquet';
import { createEngine } from '@velostream/core';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { service } from '../../../test/services.ts';

const rows = Number(process.argv[2] ?? 2_000_000);
const runs = Number(process.argv[3] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'velostream-parquet-'));
const path = join(folder, 'trades.parquet');

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const duck = await instance.connect();
await duck.run(`COPY (SELECT i AS id, 'symbol-' || (i * 7 % 50) AS symbol, ((i * 37 % 10000) / 100.0)::DOUBLE AS price, (i * 7 % 1000)::BIGINT AS qty,
  TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS at, (((i * 13) % 100000) / 100)::DECIMAL(12, 2) AS amount FROM range(${rows}) t(i))
  TO '${path}' (FORMAT parquet, COMPRESSION snappy)`);

const signal = new AbortController().signal;
const engine = createEngine({ connectors: [files({ roots: [folder] })] });
const SQL = `SELECT symbol, COUNT(*) AS n, SUM(price * qty) AS volume FROM 'file://trades.parquet' GROUP BY symbol EMIT FINAL`;

async function access() {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    file: {
      name: 'trades.parquet',
      size,
      async read(start, end) {
        const bytes = new Uint8Array(end - start);
        await handle.read(bytes, 0, bytes.length, start);
        return bytes;
      },
    },
    close: () => handle.close(),
  };
}

const CONTENDERS = {
  'velostream engine': async () => (await engine.run(SQL).rows()).map((row) => [row.symbol, Number(row.n), row.volume]),
  'velostream reader': async () => {
    const { file, close } = await access();
    const opened = await openParquet(file, signal);
    const fields = ['symbol', 'price', 'qty'].map((name) => opened.fields.find((field) => field.name === name));
    const counts = [];
    const volumes = [];
    let names;
    for await (const { batch } of opened.read({ fields, predicates: [], maxBatchRows: 8192, fromRecord: 0, signal })) {
      const [symbol, price, qty] = batch.columns;
      names = symbol.dictionary;
      for (let i = 0; i < batch.length; i++) {
        const code = symbol.values[i];
        counts[code] = (counts[code] ?? 0) + 1;
        volumes[code] = (volumes[code] ?? 0) + price.values[i] * qty.values[i];
      }
    }
    await close();
    return counts.map((n, code) => [names.at(code), n, volumes[code]]);
  },
  'hyparquet objects': async () => {
    const file = await asyncBufferFromFile(path);
    const all = await parquetReadObjects({ file, compressors, columns: ['symbol', 'price', 'qty'] });
    const groups = new Map();
    for (const { symbol, price, qty } of all) {
      const group = groups.get(symbol);
      if (group === undefined) groups.set(symbol, [symbol, 1, price * Number(qty)]);
      else {
        group[1]++;
        group[2] += price * Number(qty);
      }
    }
    return [...groups.values()];
  },
  'DuckDB, one thread': async () => {
    const result = await duck.runAndReadAll(`SELECT symbol, count(*), sum(price * qty) FROM '${path}' GROUP BY symbol`);
    return result.getRows().map(([symbol, n, volume]) => [symbol, Number(n), volume]);
  },
};

const python = process.env.VELO_INTEROP_PYTHON ?? service('interop').find()?.VELO_INTEROP_PYTHON;
if (python === undefined) console.log('polars is left out: npm run services -- up interop');
const POLARS = `
import sys, time, json, polars as pl
pl.scan_parquet(sys.argv[1]).select(pl.len()).collect()
times = []
for _ in range(int(sys.argv[2])):
    t = time.perf_counter()
    out = pl.scan_parquet(sys.argv[1]).group_by("symbol").agg(pl.len().alias("n"), (pl.col("price") * pl.col("qty")).sum().alias("v")).collect()
    times.append((time.perf_counter() - t) * 1000)
print(json.dumps([times, out.rows()]))
`;

function check(name, found, expected) {
  const byName = new Map(found.map((row) => [row[0], row]));
  if (byName.size !== expected.length) throw new Error(`${name}: ${byName.size} groups and not ${expected.length}`);
  for (const [symbol, n, volume] of expected) {
    const row = byName.get(symbol);
    if (row?.[1] !== n || Math.abs(row[2] - volume) > Math.abs(volume) * 1e-9)
      throw new Error(`${name}: ${row} instead of ${[symbol, n, volume]}`);
  }
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

try {
  const times = new Map(Object.keys(CONTENDERS).map((name) => [name, []]));
  const expected = await CONTENDERS['DuckDB, one thread']();
  for (let run = 0; run <= runs; run++) {
    for (const [name, work] of Object.entries(CONTENDERS)) {
      const started = performance.now();
      const found = await work();
      // The first run warms up.
      if (run > 0) times.get(name).push(performance.now() - started);
      check(name, found, expected);
    }
  }
  if (python !== undefined) {
    const [polars, found] = JSON.parse(
      execFileSync(python, ['-c', POLARS, path, String(runs)], { encoding: 'utf8', env: { ...process.env, POLARS_MAX_THREADS: '1' } }),
    );
    check('polars', found, expected);
    times.set('polars, one thread', polars);
  }
  const base = median(times.get('hyparquet objects'));
  console.log(`${rows} rows, ${(statSync(path).size / 1e6).toFixed(0)} MB, 3 of 6 columns, median of ${runs}\n`);
  console.log('| what | time | rows/s | against hyparquet |\n| --- | --- | --- | --- |');
  for (const [name, all] of times) {
    const ms = median(all);
    console.log(`| ${name} | ${ms.toFixed(0)} ms | ${(rows / ms / 1000).toFixed(1)} M | ${(base / ms).toFixed(1)}x |`);
  }
  if (median(times.get('velostream engine')) * 2 > base) process.exitCode = 1;
} finally {
  duck.closeSync();
  rmSync(folder, { recursive: true, force: true });
}
