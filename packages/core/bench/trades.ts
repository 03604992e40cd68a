import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDictionary } from '../src/values/dictionary.ts';
import { NO_META, type RecordBatch } from '../src/values/record-batch.ts';

/** 500 symbols, prices of two to three digits with four decimals, times that advance 1 ms a row with up to 200 ms of disorder. */
export const SYMBOLS = 500;
export const BASE_TIME = 1_700_000_100_000;
export const DATA = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '.cache', 'bench');

export const TRADES_SCHEMA = {
  columns: [
    { name: 'trade_id', type: 'INTEGER' },
    { name: 'symbol', type: 'STRING' },
    { name: 'price', type: 'FLOAT' },
    { name: 'quantity', type: 'INTEGER' },
    { name: 'ts', type: 'INTEGER' },
    { name: 'side', type: 'STRING' },
    { name: 'venue', type: 'STRING' },
  ],
  eventTime: 'ts',
} as const;

/** Rows at most this many ms behind the newest. */
export const DISORDER_MS = 200;

export interface Trade {
  readonly symbol: number;
  /** Price times 10,000. */
  readonly price: number;
  readonly quantity: number;
  readonly ts: number;
}

/** mulberry32: the same numbers on every machine. */
export function randomNumbers(seed: number): () => number {
  let s = seed | 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

export function tradeGenerator(seed = 7): () => Trade {
  const next = randomNumbers(seed);
  let n = 0;
  return () => ({
    symbol: next() % SYMBOLS,
    price: 100_000 + (next() % 9_900_000),
    quantity: 1 + (next() % 1000),
    ts: BASE_TIME + n++ - (next() % DISORDER_MS),
  });
}

export const symbolName = (symbol: number): string => `S${String(symbol).padStart(4, '0')}`;
const priceText = (price: number): string => `${Math.floor(price / 10_000)}.${String(price % 10_000).padStart(4, '0')}`;

const line = {
  csv: (i: number, t: Trade): string =>
    `${i},${symbolName(t.symbol)},${priceText(t.price)},${t.quantity},${t.ts},${i & 1 ? 'BUY' : 'SELL'},V${i % 10}\n`,
  jsonl: (i: number, t: Trade): string =>
    `{"trade_id":${i},"symbol":"${symbolName(t.symbol)}","price":${priceText(t.price)},"quantity":${t.quantity},"ts":${t.ts},"side":"${i & 1 ? 'BUY' : 'SELL'}","venue":"V${i % 10}","trader":"T${String(i % 5000).padStart(6, '0')}","order_id":"ORD-${1_000_000_000 + i}","currency":"USD","note":"regular trade"}\n`,
};

/** Path of a file with `rows` trades, written on first use and kept beside the checkout's other caches. */
export function tradesFile(format: 'csv' | 'jsonl', rows: number): string {
  const path = join(DATA, `trades-${rows}.${format}`);
  if (existsSync(path)) return path;
  mkdirSync(DATA, { recursive: true });
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w');
  const next = tradeGenerator();
  let text = format === 'csv' ? 'trade_id,symbol,price,quantity,ts,side,venue\n' : '';
  for (let i = 0; i < rows; i++) {
    text += line[format](i, next());
    if (text.length > 1 << 22) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
  renameSync(partial, path);
  return path;
}

/** The columns that the benchmark queries read, as ready batches: symbol, price, quantity, ts. */
export function tradeBatches(rows: number, batchRows = 4096): RecordBatch[] {
  const dictionary = createDictionary();
  for (let s = 0; s < SYMBOLS; s++) dictionary.add(symbolName(s));
  const next = tradeGenerator();
  const batches: RecordBatch[] = [];
  for (let at = 0; at < rows; at += batchRows) {
    const length = Math.min(batchRows, rows - at);
    const symbol = new Int32Array(length);
    const price = new Float64Array(length);
    const quantity = new Float64Array(length);
    const ts = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const t = next();
      symbol[i] = t.symbol;
      price[i] = t.price / 10_000;
      quantity[i] = t.quantity;
      ts[i] = t.ts;
    }
    batches.push({
      length,
      ops: null,
      watermarks: null,
      meta: NO_META,
      columns: [
        { lane: 'dict', values: symbol, nulls: null, dictionary },
        { lane: 'f64', values: price, nulls: null },
        { lane: 'f64', values: quantity, nulls: null },
        { lane: 'f64', values: ts, nulls: null },
      ],
    });
  }
  return batches;
}

export const BATCH_SCHEMA = {
  columns: [
    { name: 'symbol', type: 'STRING', nullable: false },
    { name: 'price', type: 'FLOAT', nullable: false },
    { name: 'quantity', type: 'INTEGER', nullable: false },
    { name: 'ts', type: 'INTEGER', nullable: false },
  ],
  eventTime: 'ts',
} as const;

export interface TradeRow {
  readonly symbol: string;
  readonly price: number;
  readonly quantity: number;
  readonly ts: number;
}

export function tradeRows(rows: number): TradeRow[] {
  const next = tradeGenerator();
  const names = Array.from({ length: SYMBOLS }, (_, s) => symbolName(s));
  return Array.from({ length: rows }, () => {
    const t = next();
    return { symbol: names[t.symbol] as string, price: t.price / 10_000, quantity: t.quantity, ts: t.ts };
  });
}
