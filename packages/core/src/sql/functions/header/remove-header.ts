import { type Scalar, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { headerText } from './header-text.ts';

export const removeHeader = scalarFunction({
  name: 'remove_header',
  category: 'header',
  summary: 'Removes a header from the output record and gives its value, or NULL.',
  parameters: [{ name: 'key', takes: 'text' }],
  returns: STRING,
  nulls: 'own',
  volatility: 'volatile',
  examples: [
    { sql: "REMOVE_HEADER('trace')", gives: 't-1' },
    { sql: "REMOVE_HEADER('x')", gives: null },
  ],
  evaluateInContext: (context, key) => {
    const name = headerText(key as Scalar);
    context.setHeader(name, null);
    return context.headers()?.get(name) ?? null;
  },
});
