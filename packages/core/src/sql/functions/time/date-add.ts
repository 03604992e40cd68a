import { moveTime } from './move-time.ts';

export const dateAdd = moveTime('date_add', 1, 'A time moved on by an interval.', [
  { sql: "DATE_ADD(TIMESTAMP '2024-02-28 23:00:00', INTERVAL '2' HOUR)", gives: 1709168400000 },
  { sql: "DATE_ADD(1000, INTERVAL '1' SECOND)", gives: 2000 },
  { sql: "DATE_ADD(NULL, INTERVAL '1' DAY)", gives: null },
]);
