import { type Scalar, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { headerText } from './header-text.ts';

export const setHeader = scalarFunction({
  name: 'set_header',
  category: 'header',
  summary: 'Sets a header of the output record and gives its value; NULL is written as `null`.',
  parameters: [
    { name: 'key', takes: 'text' },
    { name: 'value', takes: 'text' },
  ],
  returns: STRING,
  nulls: 'own',
  volatility: 'volatile',
  examples: [
    { sql: "SET_HEADER('tier', 1)", gives: '1' },
    { sql: "SET_HEADER('tier', NULL)", gives: 'null' },
  ],
  evaluateInContext: (context, key, value) => {
    const text = headerText(value as Scalar);
    context.setHeader(headerText(key as Scalar), text);
    return text;
  },
});
