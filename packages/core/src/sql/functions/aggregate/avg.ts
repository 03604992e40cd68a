import { decimalToFloat } from '../../../values/decimal-text.ts';
import { addExact, type Exact, subtractExact } from '../../../values/exact.ts';
import { FLOAT, type Scalar, type SqlType } from '../../../values/types.ts';
import { type Accumulator, defineAggregate } from '../define.ts';
import { floatReader, isDynamicType, numbersOnly } from './number-argument.ts';

interface Mean {
  total: Exact;
  count: number;
}

const saved = {
  save: (s: Mean): Scalar => [s.total, s.count],
  load: (from: Scalar): Mean => {
    const [total, count] = from as [Exact, number];
    return { total, count };
  },
};

/** Sum of exact values as FLOAT. */
const toFloat = (type: SqlType | undefined) =>
  type?.kind === 'decimal' ? (total: Exact) => decimalToFloat(total, type.scale) : (total: Exact) => Number(total);

/** INTEGER and DECIMAL: the sum is exact and may leave 64 bits; only the quotient is a FLOAT. */
function exactMean(type: SqlType): Accumulator<Mean> {
  const float = toFloat(type);
  const put = (s: Mean, total: Exact, count: number): Mean => {
    s.total = total;
    s.count += count;
    return s;
  };
  return {
    create: () => ({ total: 0, count: 0 }),
    add: (s, [v]) => put(s, addExact(s.total, v as Exact), 1),
    retract: (s, [v]) => put(s, subtractExact(s.total, v as Exact), -1),
    merge: (a, b) => put(a, addExact(a.total, b.total), b.count),
    result: (s) => (s.count === 0 ? null : float(s.total) / s.count),
    ...saved,
  };
}

function floatMean(type: SqlType | undefined): Accumulator<Mean> {
  const read = floatReader(type, 'AVG');
  return {
    create: () => ({ total: 0, count: 0 }),
    add(s, [v]) {
      s.total = (s.total as number) + read(v as Scalar);
      s.count++;
      return s;
    },
    merge(a, b) {
      a.total = (a.total as number) + (b.total as number);
      a.count += b.count;
      return a;
    },
    result: (s) => (s.count === 0 ? null : (s.total as number) / s.count),
    ...saved,
  };
}

export const avg = defineAggregate<Mean>({
  name: 'avg',
  aliases: ['mean'],
  category: 'aggregate',
  summary: 'Mean of the values; NULL for none.',
  parameters: [{ name: 'value', takes: 'number' }],
  returns: numbersOnly('avg', (type) => (type.kind === 'interval' ? type : FLOAT), ['interval']),
  nulls: 'ignore',
  examples: [
    { sql: 'AVG(x)', rows: [{ x: 1 }, { x: 2 }, { x: null }], gives: 1.5 },
    { sql: 'AVG(x)', rows: [{ x: null }], gives: null },
  ],
  moments: ([type]) => {
    if (isDynamicType(type)) return undefined;
    const float = toFloat(type);
    return { needs: ['count', 'sum'], finish: (m) => (m.count === 0 ? null : float(m.sum) / m.count) };
  },
  accumulator: ([type]) => (type?.kind === 'integer' || type?.kind === 'decimal' ? exactMean(type) : floatMean(type)),
});
