import { defineAnalytic } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';

export const analyticLastValue = defineAnalytic({
  name: 'last_value',
  aliases: ['last'],
  category: 'analytic',
  summary: 'Last value of the frame; NULL when the frame is empty.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  examples: [
    { sql: 'LAST_VALUE(x)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [10, 16, 13] },
    { sql: 'LAST_VALUE(x)', rows: [{ x: null }, { x: 1 }], gives: [null, 1] },
  ],
  evaluate: (view) => (view.frameStart < view.frameEnd ? view.value(0, view.frameEnd - 1) : null),
});
