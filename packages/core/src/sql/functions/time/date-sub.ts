import { moveTime } from './move-time.ts';

export const dateSub = moveTime('date_sub', -1, 'A time moved back by an interval.', [
  { sql: "DATE_SUB(TIMESTAMP '2024-03-01 01:00:00', INTERVAL '2' HOUR)", gives: 1709247600000 },
  { sql: "DATE_SUB('2024-03-01', INTERVAL '1' DAY)", gives: 1709164800000 },
  { sql: 'DATE_SUB(1000, NULL)', gives: null },
]);
