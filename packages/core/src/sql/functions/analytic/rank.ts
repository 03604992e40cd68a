import { INTEGER } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';
import { firstPeer } from './rank-of.ts';

export const rank = defineAnalytic({
  name: 'rank',
  category: 'analytic',
  summary: 'Position from 1, equal rows sharing the first of theirs; 1 without ORDER BY.',
  parameters: [],
  returns: INTEGER,
  examples: [
    { sql: 'RANK()', rows: [{ x: 10 }, { x: 20 }, { x: 20 }, { x: 30 }], gives: [1, 2, 2, 4] },
    { sql: 'RANK()', rows: [{ x: null }], gives: [1] },
  ],
  evaluate: (view) => (view.ordered ? firstPeer(view) + 1 : 1),
});
