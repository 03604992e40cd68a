import { D2, filter, groupBy, groupByOperators, join, keyBy, MultiSet, map, output, topK } from '@electric-sql/d2mini';
import type { Answer } from '../interleave.ts';
import type { TradeRow } from '../trades.ts';

/** Rows that d2mini sees: more would take minutes a round. */
export const D2MINI_ROWS = 50_000;
const BATCH = 1000;

type Stream = ReturnType<InstanceType<typeof D2>['newInput']>;

/** Feeds rows in batches of 1,000, as an incremental engine gets them, and counts what comes out. */
function feed(rows: readonly TradeRow[], build: (input: Stream, count: (n: number) => void) => void): Answer {
  const graph = new D2();
  const input = graph.newInput<TradeRow>();
  let out = 0;
  build(input as unknown as Stream, (n) => (out += n));
  graph.finalize();
  for (let at = 0; at < rows.length; at += BATCH) {
    input.sendData(new MultiSet(rows.slice(at, at + BATCH).map((row) => [row, 1] as [TradeRow, number])));
    graph.run();
  }
  return { rows: out, sum: 0 };
}

const counting = (count: (n: number) => void) => output((m: { getInner(): readonly unknown[] }) => count(m.getInner().length));
const untyped = (input: Stream) => input as unknown as { pipe(...steps: unknown[]): unknown };

export const d2mini = {
  filterProject: (rows: readonly TradeRow[]): Answer =>
    feed(
      rows,
      (input, count) =>
        void untyped(input).pipe(
          filter((o: TradeRow) => o.price > 500),
          map((o: TradeRow) => ({ symbol: o.symbol, n: o.price * o.quantity })),
          counting(count),
        ),
    ),
  groupBy: (rows: readonly TradeRow[]): Answer =>
    feed(rows, (input, count) => {
      const sums = {
        total: groupByOperators.sum((o: TradeRow) => o.price * o.quantity),
        mean: groupByOperators.avg((o: TradeRow) => o.price),
        n: groupByOperators.count(),
      };
      untyped(input).pipe(
        groupBy((o: TradeRow) => ({ symbol: o.symbol, w: Math.floor(o.ts / 300_000) }), sums),
        counting(count),
      );
    }),
  topK: (rows: readonly TradeRow[], k: number): Answer =>
    feed(
      rows,
      (input, count) =>
        void untyped(input).pipe(
          keyBy((o: TradeRow) => o.symbol),
          topK((a: TradeRow, b: TradeRow) => b.price - a.price, { limit: k }),
          counting(count),
        ),
    ),
  join: (rows: readonly TradeRow[], symbols: readonly { symbol: string; sector: string }[]): Answer => {
    const graph = new D2();
    const left = graph.newInput<TradeRow>();
    const right = graph.newInput<{ symbol: string; sector: string }>();
    let out = 0;
    const keyed = (right as unknown as { pipe(...steps: unknown[]): unknown }).pipe(keyBy((o: { symbol: string }) => o.symbol));
    (left as unknown as { pipe(...steps: unknown[]): unknown }).pipe(
      keyBy((o: TradeRow) => o.symbol),
      join(keyed as never),
      counting((n) => (out += n)),
    );
    graph.finalize();
    right.sendData(new MultiSet(symbols.map((s) => [s, 1] as [{ symbol: string; sector: string }, number])));
    graph.run();
    for (let at = 0; at < rows.length; at += BATCH) {
      left.sendData(new MultiSet(rows.slice(at, at + BATCH).map((row) => [row, 1] as [TradeRow, number])));
      graph.run();
    }
    return { rows: out, sum: 0 };
  },
};
