import { type ColumnRef, isMeasure } from './column-facts.ts';
import { columnOperand, type Measure, type Scan } from './frame.ts';
import { defaultMeasure } from './meaning.ts';
import { type Found, matchAt, use } from './pattern.ts';
import { linkAt, pickNumber, pickValue, useLink } from './pick.ts';

const CANDLE: readonly (readonly [fn: 'FIRST_VALUE' | 'MAX' | 'MIN' | 'LAST_VALUE', alias: string])[] = [
  ['FIRST_VALUE', 'open'],
  ['MAX', 'high'],
  ['MIN', 'low'],
  ['LAST_VALUE', 'close'],
];

const PERCENT = '100.0 * (LAST_VALUE({0}) - FIRST_VALUE({0})) / NULLIF(FIRST_VALUE({0}), 0)';

/** The number that has a price's ups and downs: what is named behind, a price, the only number. */
function priceAt(scan: Scan, at: number): { readonly ref: ColumnRef; readonly end: number } | undefined {
  const lead = matchAt(scan.tokens, at, 'of|for|in the?') ?? matchAt(scan.tokens, at, 'the') ?? { end: at };
  const link = linkAt(scan, lead.end);
  const named = pickNumber(link);
  if (link && named) {
    useLink(scan, link, 'measure');
    return { ref: named.ref, end: link.end };
  }
  const price = scan.base.columns.find((c) => isMeasure(c) && c.words.some((w) => /^(price|px|rate|quote|value|close)$/.test(w)));
  const ref = price ?? defaultMeasure(scan.base);
  return ref && { ref, end: at };
}

/** `OHLC`, `candles`, `open, high, low and close`: first, greatest, least and last of a price; with a volume where one is asked for. */
function readCandle(scan: Scan, at: number): number | undefined {
  const { tokens, base, frame } = scan;
  const named =
    matchAt(tokens, at, 'ohlc|ohlcv|candle|candles|candlestick|candlesticks bars|bar|candles|values|prices|data?') ??
    matchAt(
      tokens,
      at,
      'the? open|opening|first ,|/|and? the? high|highest ,|/|and? the? low|lowest ,|/? and|&|plus? the? close|closing|last',
    );
  if (!named || pickValue(linkAt(scan, at))) return undefined;
  const price = priceAt(scan, named.end);
  if (!price) return undefined;
  use(tokens, named, 'measure');
  frame.scores.push(0.95);
  for (const [fn, alias] of CANDLE) frame.measures.push({ kind: 'aggregate', fn, of: columnOperand(price.ref), alias, only: [], at });
  const quantity = base.columns.find((c) => c.isQuantity);
  const first = tokens[at];
  if (quantity && first?.t === 'word' && first.word === 'ohlcv')
    frame.measures.push({ kind: 'aggregate', fn: 'SUM', of: columnOperand(quantity), alias: 'volume', only: [], at });
  return price.end;
}

/** `1 minute candles`: how long each is has been read; what it is of has not. */
export function freeCandles({ tokens }: Scan): void {
  for (const token of tokens) if (token.t === 'word' && token.used === 'window' && /^(ohlc|candle)/.test(token.word)) delete token.used;
}

/** `percent change of the price per symbol every hour`: from the first row of a group to its last. */
function readChange(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  if (frame.window === undefined) return undefined;
  const lead = matchAt(tokens, at, 'the? percent|percentage|relative|% change|move|movement of|in');
  const link = lead ? undefined : linkAt(scan, at);
  const number = pickNumber(link);
  const tail = number && link ? matchAt(tokens, link.end, 'percent|percentage|%|relative change|move|movement') : undefined;
  const found: Found | undefined = lead ?? tail;
  if (!found) return undefined;
  const price = number && link && tail ? { ref: number.ref, end: tail.end } : priceAt(scan, found.end);
  if (!price) return undefined;
  if (link && tail) useLink(scan, link, 'measure');
  use(tokens, found, 'measure');
  frame.scores.push(0.9);
  const measure: Measure = { kind: 'formula', at, alias: `${price.ref.name}_change_percent`, expression: PERCENT, refs: [price.ref] };
  frame.measures.push(measure);
  return price.end;
}

/** Figures of one price over its rows, which a market has names for. Adds them and gives the place behind them. */
export const readTradeFigure = (scan: Scan, at: number): number | undefined => readCandle(scan, at) ?? readChange(scan, at);
