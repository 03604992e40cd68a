import { FLOAT } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';
import { behindPeers } from './rank-of.ts';

export const cumeDist = defineAnalytic({
  name: 'cume_dist',
  category: 'analytic',
  summary: 'Share of the rows that stand at or before the row.',
  parameters: [],
  returns: FLOAT,
  examples: [
    { sql: 'CUME_DIST()', rows: [{ x: 10 }, { x: 20 }, { x: 20 }, { x: 30 }], gives: [0.25, 0.75, 0.75, 1] },
    { sql: 'CUME_DIST()', rows: [{ x: null }], gives: [1] },
  ],
  evaluate: (view) => (view.ordered ? behindPeers(view) / view.size : 1),
});
