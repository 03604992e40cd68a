import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { toWhole } from './to-whole.ts';

export const floor = scalarFunction({
  name: 'floor',
  category: 'math',
  summary: 'The largest INTEGER that is not above the number.',
  parameters: [{ name: 'n', takes: 'number' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'FLOOR(1.8)', gives: 1 },
    { sql: 'FLOOR(-1.2)', gives: -2 },
    { sql: 'FLOOR(NULL)', gives: null },
  ],
  prepare: ([type]) => toWhole('down', 'FLOOR', type),
});
