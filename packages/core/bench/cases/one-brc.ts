import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { files } from '@velostream/connectors/files';
import { createEngine } from '../../src/engine/index.ts';
import type { Benchmark } from '../interleave.ts';
import { DATA, randomNumbers } from '../trades.ts';
import { runDuckdb } from './duckdb.ts';
import { answerOf } from './ours.ts';

/** As many as the names in the generator of the challenge. */
const STATIONS = 413;

/** `station;temperature` without a header, as in the One Billion Row Challenge: names of 3 to 26 letters, -99.9 to 99.9. */
function measurementsFile(rows: number): string {
  const path = join(DATA, `measurements-${rows}.csv`);
  if (existsSync(path)) return path;
  mkdirSync(DATA, { recursive: true });
  const next = randomNumbers(11);
  const names = Array.from({ length: STATIONS }, (_, s) => {
    const length = 3 + (next() % 24);
    return `${String.fromCharCode(65 + (s % 26))}${Array.from({ length }, () => String.fromCharCode(97 + (next() % 26))).join('')}`;
  });
  const file = openSync(`${path}.partial`, 'w');
  let text = '';
  for (let i = 0; i < rows; i++) {
    const tenths = (next() % 1999) - 999;
    text += `${names[next() % STATIONS]};${(tenths / 10).toFixed(1)}\n`;
    if (text.length > 1 << 22) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
  renameSync(`${path}.partial`, path);
  return path;
}

/** Columns without names have numbers. */
const SQL = 'SELECT col0, MIN(col1) AS low, AVG(col1) AS mean, MAX(col1) AS high, COUNT(*) AS n FROM measurements GROUP BY col0 EMIT FINAL';

/** MIN, AVG and MAX per station over a narrow CSV file: one thread each, then two each. */
export async function oneBrc(rows: number): Promise<Benchmark[]> {
  const path = measurementsFile(rows);
  const schema = {
    columns: [
      { name: 'col0', type: 'STRING' },
      { name: 'col1', type: 'FLOAT' },
    ],
  } as const;
  const ours = (workers: number) => ({
    name: 'velostream',
    async run() {
      const engine = createEngine({
        workers,
        connectors: [files({ roots: [dirname(path)] })],
        sources: { measurements: { uri: `file://${path}`, format: 'csv_no_header', options: { delimiter: ';' }, schema } },
      });
      return answerOf(await engine.run(SQL).rows(), ['low', 'mean', 'high', 'n']);
    },
  });
  const read = `read_csv('${path}', header=false, auto_detect=false, delim=';', columns={station:'VARCHAR',t:'DOUBLE'})`;
  const duck = (threads: number) => ({
    name: 'duckdb',
    run: () => runDuckdb(`SELECT station, min(t), avg(t), max(t), count(*) FROM ${read} GROUP BY ALL`, [1, 2, 3, 4], threads),
  });
  return [1, 2].map((threads) => ({
    name: `1BRC: MIN AVG MAX per station, ${threads === 1 ? 'one thread' : 'two threads'} each`,
    inputRows: rows,
    rounds: 5,
    contenders: [ours(threads), duck(threads)],
  }));
}
