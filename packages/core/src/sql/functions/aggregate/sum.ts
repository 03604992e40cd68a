import { checkedDigits } from '../../../values/decimal.ts';
import { addExact, checked64, type Exact, exactOf, subtractExact } from '../../../values/exact.ts';
import { PRECISION_MAX } from '../../../values/type-text.ts';
import { decimal, type Scalar, type SqlType } from '../../../values/types.ts';
import { type Accumulator, defineAggregate } from '../define.ts';
import { isDynamicType, notANumber, numbersOnly } from './number-argument.ts';

/** Sum so far and how many values are in it: a sum of none is NULL. */
interface Sum {
  total: Exact;
  count: number;
}

const resultType = (type: SqlType): SqlType => (type.kind === 'decimal' ? decimal(PRECISION_MAX, type.scale) : type);

const checkFor = (type: SqlType | undefined) =>
  type?.kind === 'decimal' ? (v: Exact) => checkedDigits(v, 'SUM') : (v: Exact) => checked64(v, 'SUM');

const saved = { save: (s: Sum): Scalar => [s.total, s.count], load: toSum };

function toSum(from: Scalar): Sum {
  const [total, count] = from as [Exact, number];
  return { total, count };
}

/** INTEGER and DECIMAL: exact, so the order of rows does not matter and rows can be taken away. */
function exactSum(type: SqlType): Accumulator<Sum> {
  const check = checkFor(type);
  const put = (s: Sum, total: Exact, count: number): Sum => {
    // Checked first: a row that overflows leaves the state as it was.
    const next = check(total);
    s.total = next;
    s.count += count;
    return s;
  };
  return {
    create: () => ({ total: 0, count: 0 }),
    add: (s, [v]) => put(s, addExact(s.total, v as Exact), 1),
    retract: (s, [v]) => put(s, subtractExact(s.total, v as Exact), -1),
    merge: (a, b) => put(a, addExact(a.total, b.total), b.count),
    result: (s) => (s.count === 0 ? null : s.total),
    ...saved,
  };
}

/** FLOAT: a running sum, in order of arrival. Nothing is taken away from it: what rounding ate would not come back. */
const floatSum: Accumulator<Sum> = {
  create: () => ({ total: 0, count: 0 }),
  add(s, [v]) {
    s.total = (s.total as number) + (v as number);
    s.count++;
    return s;
  },
  merge(a, b) {
    a.total = (a.total as number) + (b.total as number);
    a.count += b.count;
    return a;
  },
  result: (s) => (s.count === 0 ? null : s.total),
  ...saved,
};

/** Values whose type is known only now: exact while all are whole numbers, a FLOAT from the first fraction on. */
const dynamicSum: Accumulator<Sum & { fraction: boolean }> = {
  create: () => ({ total: 0, count: 0, fraction: false }),
  add(s, [v]) {
    if (typeof v !== 'number' && typeof v !== 'bigint') throw notANumber('SUM', v as Scalar);
    if (typeof v === 'number' && !Number.isInteger(v)) {
      s.total = Number(s.total);
      s.fraction = true;
    }
    s.total = s.fraction ? Number(s.total) + Number(v) : checked64(addExact(s.total, typeof v === 'bigint' ? v : exactOf(v)), 'SUM');
    s.count++;
    return s;
  },
  merge(a, b) {
    a.fraction ||= b.fraction;
    a.total = a.fraction ? Number(a.total) + Number(b.total) : checked64(addExact(a.total, b.total), 'SUM');
    a.count += b.count;
    return a;
  },
  result: (s) => (s.count === 0 ? null : s.total),
  save: (s) => [s.total, s.count, s.fraction],
  load: (from) => ({ ...toSum(from), fraction: (from as readonly Scalar[])[2] === true }),
};

export const sum = defineAggregate<Sum>({
  name: 'sum',
  category: 'aggregate',
  summary: 'Sum of the values: exact for INTEGER and DECIMAL (an overflow is an error), NULL for none.',
  parameters: [{ name: 'value', takes: 'number' }],
  returns: numbersOnly('sum', resultType, ['interval']),
  nulls: 'ignore',
  examples: [
    { sql: 'SUM(x)', rows: [{ x: 1 }, { x: 2 }, { x: null }], gives: 3 },
    { sql: 'SUM(x)', rows: [{ x: 0.5 }, { x: 2 }], gives: 2.5 },
    { sql: 'SUM(x)', rows: [{ x: null }], gives: null },
  ],
  moments: ([type]) => {
    if (isDynamicType(type)) return undefined;
    if (type?.kind === 'float' || type?.kind === 'interval')
      return { needs: ['count', 'sum'], finish: (m) => (m.count === 0 ? null : m.sum) };
    const check = checkFor(type);
    return { needs: ['count', 'sum'], finish: (m) => (m.count === 0 ? null : check(m.sum)) };
  },
  accumulator: ([type]) => {
    if (type?.kind === 'integer' || type?.kind === 'decimal') return exactSum(type);
    if (type?.kind === 'float' || type?.kind === 'interval') return floatSum;
    return dynamicSum as Accumulator<Sum>;
  },
});
