// Writes the trades that the benchmarks read: seven columns, about 50 bytes a row as CSV and 200 as JSON lines (eleven keys).
//
//   node packages/core/bench/data/write-trades.mjs <folder> [rows]

import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.cache/bench', rowsText = '1000000'] = process.argv.slice(2);
const rows = Number(rowsText);
mkdirSync(folder, { recursive: true });

/** Mulberry32: the same rows on every machine. */
let state = 42;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const symbols = Array.from(
  { length: 500 },
  (_, i) => `S${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(65 + ((i / 26) | 0))}${i % 10}`,
);
const venues = ['XNAS', 'XNYS', 'ARCX', 'BATS'];
const prices = symbols.map(() => 20 + random() * 400);

const csv = createWriteStream(join(folder, 'trades.csv'));
const jsonl = createWriteStream(join(folder, 'trades.jsonl'));
csv.write('trade_id,symbol,price,quantity,ts,trader,venue\n');
let ts = Date.UTC(2024, 0, 2, 9, 30);
for (let i = 0; i < rows; ) {
  let csvText = '';
  let jsonText = '';
  for (const end = Math.min(rows, i + 10_000); i < end; i++) {
    const s = (random() * symbols.length) | 0;
    prices[s] = Math.max(1, prices[s] + (random() - 0.5) * 0.2);
    const price = prices[s].toFixed(4);
    const quantity = 1 + ((random() * 1000) | 0);
    ts += (random() * 2) | 0;
    const trader = `T${(random() * 1000) | 0}`;
    const venue = venues[(random() * 4) | 0];
    csvText += `${i},${symbols[s]},${price},${quantity},${ts},${trader},${venue}\n`;
    jsonText += `{"trade_id":${i},"symbol":"${symbols[s]}","price":${Number(price)},"quantity":${quantity},"ts":${ts},"trader":"${trader}","venue":"${venue}","side":"${i & 1 ? 'buy' : 'sell'}","account":"ACC-${100000 + ((random() * 900000) | 0)}","order_id":"O-${i}-${(random() * 1e9) | 0}","currency":"USD"}\n`;
  }
  if (!csv.write(csvText)) await once(csv, 'drain');
  if (!jsonl.write(jsonText)) await once(jsonl, 'drain');
}
for (const stream of [csv, jsonl]) {
  stream.end();
  await once(stream, 'finish');
}
