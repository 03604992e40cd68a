import { BOOLEAN } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const hasHeader = scalarFunction({
  name: 'has_header',
  category: 'header',
  summary: 'Whether the record has a header of that name.',
  parameters: [{ name: 'key', takes: 'text' }],
  returns: BOOLEAN,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: "HAS_HEADER('trace')", gives: true },
    { sql: "HAS_HEADER('x')", gives: false },
    { sql: 'HAS_HEADER(NULL)', gives: null },
  ],
  evaluateInContext: (context, key) => context.headers()?.has(key as string) ?? false,
});
