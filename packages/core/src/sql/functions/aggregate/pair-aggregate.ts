import { FLOAT, type Scalar } from '../../../values/types.ts';
import { type AggregateFunction, defineAggregate } from '../define.ts';
import { floatReader, numbersOnly } from './number-argument.ts';

/** Means and sums of squared and mixed deviations of pairs; updated as in Welford, merged as in Chan et al. */
export interface Pairs {
  count: number;
  meanX: number;
  meanY: number;
  xx: number;
  yy: number;
  xy: number;
}

const newPairs = (): Pairs => ({ count: 0, meanX: 0, meanY: 0, xx: 0, yy: 0, xy: 0 });

function addPair(s: Pairs, y: number, x: number): Pairs {
  s.count++;
  const dx = x - s.meanX;
  const dy = y - s.meanY;
  s.meanX += dx / s.count;
  s.meanY += dy / s.count;
  s.xx += dx * (x - s.meanX);
  s.yy += dy * (y - s.meanY);
  s.xy += dx * (y - s.meanY);
  return s;
}

function mergePairs(a: Pairs, b: Pairs): Pairs {
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const dx = b.meanX - a.meanX;
  const dy = b.meanY - a.meanY;
  const weight = (a.count * b.count) / count;
  a.xx += b.xx + dx * dx * weight;
  a.yy += b.yy + dy * dy * weight;
  a.xy += b.xy + dx * dy * weight;
  a.meanX += (dx * b.count) / count;
  a.meanY += (dy * b.count) / count;
  a.count = count;
  return a;
}

export interface PairSpec {
  readonly name: string;
  readonly summary: string;
  /** NULL with fewer pairs. */
  readonly least: number;
  readonly finish: (s: Pairs) => number | null;
  /** For pairs (y, x) = (1, 1), (3, 2), (2, 3). */
  readonly example: number;
}

/** An aggregate over pairs (y, x) of which both are not NULL. */
export function pairAggregate({ name, summary, least, finish, example }: PairSpec): AggregateFunction {
  const upper = name.toUpperCase();
  return defineAggregate<Pairs>({
    name,
    category: 'aggregate',
    summary,
    parameters: [
      { name: 'y', takes: 'number' },
      { name: 'x', takes: 'number' },
    ],
    returns: numbersOnly(name, () => FLOAT),
    nulls: 'ignore',
    examples: [
      {
        sql: `${upper}(y, x)`,
        rows: [
          { y: 1, x: 1 },
          { y: 3, x: 2 },
          { y: null, x: 9 },
          { y: 2, x: 3 },
        ],
        gives: example,
      },
      { sql: `${upper}(y, x)`, rows: [{ y: 1, x: null }], gives: null },
    ],
    accumulator: ([y, x]) => {
      const [readY, readX] = [floatReader(y, name), floatReader(x, name)];
      return {
        create: newPairs,
        add: (s, args) => addPair(s, readY(args[0] as Scalar), readX(args[1] as Scalar)),
        merge: mergePairs,
        result: (s) => (s.count < least ? null : finish(s)),
        save: (s) => [s.count, s.meanX, s.meanY, s.xx, s.yy, s.xy],
        load: (saved) => {
          const [count, meanX, meanY, xx, yy, xy] = saved as [number, number, number, number, number, number];
          return { count, meanX, meanY, xx, yy, xy };
        },
      };
    },
  });
}
