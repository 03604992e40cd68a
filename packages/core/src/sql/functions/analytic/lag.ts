import { neighbour } from './neighbour.ts';

export const lag = neighbour('lag', -1, 'Value of the row so many rows before, or a default where there is none.', [
  { sql: 'LAG(x)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [null, 10, 16] },
  { sql: 'LAG(x, 2, 0)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [0, 0, 10] },
  { sql: 'LAG(x)', rows: [{ x: null }, { x: 1 }], gives: [null, null] },
]);
