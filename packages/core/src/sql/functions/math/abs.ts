import { absExact, checked64 } from '../../../values/exact.ts';
import { scalarFunction } from '../adapt.ts';
import { byNumber, sameAsFirst } from './numeric-call.ts';

export const abs = scalarFunction({
  name: 'abs',
  category: 'math',
  summary: 'The number without its sign.',
  parameters: [{ name: 'n', takes: 'number' }],
  returns: sameAsFirst,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'ABS(-3)', gives: 3 },
    { sql: 'ABS(-0.50)', gives: '0.50' },
    { sql: 'ABS(NULL)', gives: null },
  ],
  prepare: ([type]) =>
    byNumber(type, {
      exact: (v) => (type?.kind === 'decimal' ? absExact(v) : checked64(absExact(v), 'ABS')),
      float: Math.abs,
    }),
});
