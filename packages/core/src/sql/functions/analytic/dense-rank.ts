import { INTEGER } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';

export const denseRank = defineAnalytic({
  name: 'dense_rank',
  category: 'analytic',
  summary: 'How many different values stand at or before the row; 1 without ORDER BY.',
  parameters: [],
  returns: INTEGER,
  examples: [
    { sql: 'DENSE_RANK()', rows: [{ x: 10 }, { x: 20 }, { x: 20 }, { x: 30 }], gives: [1, 2, 2, 3] },
    { sql: 'DENSE_RANK()', rows: [{ x: null }], gives: [1] },
  ],
  evaluate: (view) => {
    if (!view.ordered) return 1;
    let rank = 1;
    for (let row = 1; row <= view.position; row++) if (!view.peers(row - 1, row)) rank++;
    return rank;
  },
});
