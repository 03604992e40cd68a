import { ANY, arrayOf, type Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';

export const arrayAgg = defineAggregate<Scalar[]>({
  name: 'array_agg',
  aliases: ['collect_list'],
  category: 'aggregate',
  summary: 'The values that are not NULL in order of arrival, as an array; NULL for none.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: (types) => arrayOf(types[0] ?? ANY),
  nulls: 'ignore',
  ordered: true,
  examples: [
    { sql: 'ARRAY_AGG(x)', rows: [{ x: 2 }, { x: null }, { x: 1 }], gives: [2, 1] },
    { sql: 'ARRAY_AGG(x)', rows: [{ x: null }], gives: null },
  ],
  accumulator: () => ({
    create: () => [],
    add(values, [v]) {
      values.push(v as Scalar);
      return values;
    },
    merge(a, b) {
      for (const value of b) a.push(value);
      return a;
    },
    result: (values) => (values.length === 0 ? null : values.slice()),
    save: (values) => values.slice(),
    load: (saved) => (saved as readonly Scalar[]).slice(),
  }),
});
