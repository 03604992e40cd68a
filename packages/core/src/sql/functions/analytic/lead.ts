import { neighbour } from './neighbour.ts';

export const lead = neighbour('lead', 1, 'Value of the row so many rows after, or a default where there is none yet.', [
  { sql: 'LEAD(x)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [16, 13, null] },
  { sql: 'LEAD(x, 1, 0)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [16, 13, 0] },
  { sql: 'LEAD(x)', rows: [{ x: 1 }, { x: null }], gives: [null, null] },
]);
