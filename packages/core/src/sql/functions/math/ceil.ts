import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { toWhole } from './to-whole.ts';

export const ceil = scalarFunction({
  name: 'ceil',
  aliases: ['ceiling'],
  category: 'math',
  summary: 'The smallest INTEGER that is not below the number.',
  parameters: [{ name: 'n', takes: 'number' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'CEIL(1.2)', gives: 2 },
    { sql: 'CEIL(-1.2)', gives: -1 },
    { sql: 'CEIL(NULL)', gives: null },
  ],
  prepare: ([type]) => toWhole('up', 'CEIL', type),
});
