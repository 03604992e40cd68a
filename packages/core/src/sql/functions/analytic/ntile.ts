import { INTEGER } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';
import { wholeNumber, wholeProblem } from './count-argument.ts';

export const ntile = defineAnalytic({
  name: 'ntile',
  category: 'analytic',
  summary: 'Number of the tile, from 1, when the rows are dealt into so many tiles of equal size.',
  parameters: [{ name: 'tiles', takes: 'integer' }],
  returns: (_, constants) => wholeProblem('NTILE', constants[0], 1) ?? INTEGER,
  examples: [
    { sql: 'NTILE(2)', rows: [{ x: 1 }, { x: 2 }, { x: 3 }, { x: 4 }], gives: [1, 1, 2, 2] },
    { sql: 'NTILE(3)', rows: [{ x: null }], gives: [1] },
  ],
  evaluate: (view) => {
    const tiles = wholeNumber('NTILE', view.value(0, view.position), 1);
    return Math.min(tiles, Math.floor(view.position / Math.ceil(view.size / tiles)) + 1);
  },
});
