import { ANY } from '../../../values/types.ts';
import { defineAnalytic } from '../define.ts';
import { wholeNumber, wholeProblem } from './count-argument.ts';

export const nthValue = defineAnalytic({
  name: 'nth_value',
  category: 'analytic',
  summary: 'Value of the n-th row of the frame, from 1; NULL where the frame is shorter.',
  parameters: [
    { name: 'value', takes: 'value' },
    { name: 'n', takes: 'integer' },
  ],
  returns: (types, constants) => wholeProblem('NTH_VALUE', constants[1], 1) ?? types[0] ?? ANY,
  examples: [
    { sql: 'NTH_VALUE(x, 2)', rows: [{ x: 10 }, { x: 16 }, { x: 13 }], gives: [null, 16, 16] },
    { sql: 'NTH_VALUE(x, 1)', rows: [{ x: null }, { x: 1 }], gives: [null, null] },
  ],
  evaluate: (view) => {
    const row = view.frameStart + wholeNumber('NTH_VALUE', view.value(1, view.position), 1) - 1;
    return row < view.frameEnd ? view.value(0, row) : null;
  },
});
