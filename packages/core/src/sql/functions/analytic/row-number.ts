import { INTEGER } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';

export const rowNumber = defineAnalytic({
  name: 'row_number',
  category: 'analytic',
  summary: 'Position of the row in its partition, from 1.',
  parameters: [],
  returns: INTEGER,
  examples: [
    { sql: 'ROW_NUMBER()', rows: [{ x: 10 }, { x: 20 }, { x: 20 }, { x: 30 }], gives: [1, 2, 3, 4] },
    { sql: 'ROW_NUMBER()', rows: [{ x: null }], gives: [1] },
  ],
  evaluate: (view) => view.position + 1,
});
