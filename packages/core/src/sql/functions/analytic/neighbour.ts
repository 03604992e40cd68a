import { typeText } from '../../../values/type-text.ts';
import { ANY } from '../../../values/types.ts';
import { commonType } from '../../../values/unify-types.ts';
import { type AnalyticFunction, defineAnalytic, type FunctionExample, type ReturnRule } from '../define.ts';
import { wholeNumber, wholeProblem } from './count-argument.ts';

const result =
  (name: string): ReturnRule =>
  (types, constants) => {
    const problem = types.length > 1 ? wholeProblem(name, constants[1], 0) : undefined;
    if (problem !== undefined) return problem;
    const [type, fallback] = [types[0] ?? ANY, types[2]];
    if (fallback === undefined) return type;
    return commonType(type, fallback) ?? { problem: `default of "${name}" is ${typeText(fallback)}, not ${typeText(type)}` };
  };

/** LAG and LEAD: the value so many rows before (`direction` -1) or after (1) the current one, whatever the frame. */
export function neighbour(
  name: 'lag' | 'lead',
  direction: -1 | 1,
  summary: string,
  examples: readonly FunctionExample[],
): AnalyticFunction {
  const upper = name.toUpperCase();
  return defineAnalytic({
    name,
    category: 'analytic',
    summary,
    parameters: [
      { name: 'value', takes: 'same' },
      { name: 'rows', takes: 'integer', optional: true, description: 'How many rows away; 1 unless given.' },
      { name: 'default', takes: 'same', optional: true },
    ],
    returns: result(upper),
    examples,
    reach: (constants) => (constants.length > 1 ? (typeof constants[1] === 'number' ? constants[1] : undefined) : 1),
    evaluate: (view) => {
      const { position } = view;
      const away = view.argumentCount > 1 ? wholeNumber(upper, view.value(1, position), 0) : 1;
      const row = position + direction * away;
      if (row >= 0 && row < view.size) return view.value(0, row);
      return view.argumentCount > 2 ? view.value(2, position) : null;
    },
  });
}
