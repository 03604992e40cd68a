import { FLOAT } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';
import { firstPeer } from './rank-of.ts';

export const percentRank = defineAnalytic({
  name: 'percent_rank',
  category: 'analytic',
  summary: '(rank - 1) / (rows - 1); 0 for a single row and without ORDER BY.',
  parameters: [],
  returns: FLOAT,
  examples: [
    { sql: 'PERCENT_RANK()', rows: [{ x: 10 }, { x: 20 }, { x: 20 }, { x: 30 }], gives: [0, 1 / 3, 1 / 3, 1] },
    { sql: 'PERCENT_RANK()', rows: [{ x: null }], gives: [0] },
  ],
  evaluate: (view) => (view.ordered && view.size > 1 ? firstPeer(view) / (view.size - 1) : 0),
});
