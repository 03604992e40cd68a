import { defineAnalytic } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';

export const analyticFirstValue = defineAnalytic({
  name: 'first_value',
  aliases: ['first'],
  category: 'analytic',
  summary: 'First value of the frame; NULL when the frame is empty.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  examples: [
    { sql: 'FIRST_VALUE(x)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [10, 10, 10] },
    { sql: 'FIRST_VALUE(x)', rows: [{ x: null }, { x: 1 }], gives: [null, null] },
  ],
  evaluate: (view) => (view.frameStart < view.frameEnd ? view.value(0, view.frameStart) : null),
});
