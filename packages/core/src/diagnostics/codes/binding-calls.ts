import { code } from '../define-codes.ts';

/** Functions, aggregates, OVER. */
export const CALL_CODES = {
  VS2040: code<{ name: string; nearest: readonly string[] }>({
    reason: 'unknown-function',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not exist`,
    hint: ({ nearest }) => (nearest.length === 0 ? undefined : `Did you mean ${nearest.map((n) => n.toUpperCase()).join(', ')}?`),
  }),
  VS2041: code<{ name: string; takes: string; found: number; signature: string }>({
    reason: 'argument-count',
    severity: 'error',
    message: ({ name, takes, found }) => `function "${name}" takes ${takes}, not ${found}`,
    hint: ({ signature }) => `Write ${signature}.`,
  }),
  VS2042: code<{ name: string; parameter: string; takes: string; found: string; signature: string }>({
    reason: 'argument-type',
    severity: 'error',
    message: ({ name, parameter, takes, found }) => `argument "${parameter}" of function "${name}" takes ${takes}, not ${found}`,
    hint: ({ signature }) => `The signature is ${signature}; convert the argument with CAST where that fits.`,
  }),
  VS2043: code<{ name: string; problem: string }>({
    reason: 'bad-argument',
    severity: 'error',
    message: ({ name, problem }) => `function "${name}": ${problem}`,
  }),
  VS2044: code<{ name: string }>({
    reason: 'not-a-window-function',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not work with OVER`,
    hint: () => 'OVER takes aggregates and analytic functions such as LAG, ROW_NUMBER or RANK.',
  }),
  VS2045: code<{ name: string }>({
    reason: 'over-missing',
    severity: 'error',
    message: ({ name }) => `function "${name}" needs OVER`,
    hint: ({ name }) => `Write ${name.toUpperCase()}(…) OVER (PARTITION BY … ORDER BY …).`,
  }),
  VS2046: code<{ name: string; clause: string }>({
    reason: 'over-not-allowed',
    severity: 'error',
    message: ({ name, clause }) => `function "${name}" with OVER is not allowed in ${clause}`,
    hint: () => 'Compute it in the SELECT list of a sub-query and filter outside.',
  }),
  VS2047: code<{ name: string; clause: string }>({
    reason: 'aggregate-not-allowed',
    severity: 'error',
    message: ({ name, clause }) => `aggregate function "${name}" is not allowed in ${clause}`,
    hint: ({ clause }) => (clause === 'WHERE' ? 'Use HAVING to filter on aggregates.' : 'Aggregate in the SELECT list.'),
  }),
  VS2048: code<{ inner: string; outer: string }>({
    reason: 'nested-aggregate',
    severity: 'error',
    message: ({ inner, outer }) => `aggregate function "${inner}" stands inside "${outer}"`,
    hint: () => 'Compute the inner aggregate in a sub-query.',
  }),
  VS2049: code<{ start: string; end: string }>({
    reason: 'frame-order',
    severity: 'error',
    message: ({ start, end }) => `the frame starts at ${start}, after its end at ${end}`,
    hint: () => 'Swap the two bounds.',
  }),
  VS2050: code<{ bound: string; side: string }>({
    reason: 'frame-bound',
    severity: 'error',
    message: ({ bound, side }) => `${bound} cannot be the ${side} of a frame`,
    hint: ({ side }) => (side === 'start' ? 'Start with n PRECEDING or UNBOUNDED PRECEDING.' : 'End with CURRENT ROW or n FOLLOWING.'),
  }),
  VS2051: code<{ what: string; found: string }>({
    reason: 'frame-offset',
    severity: 'error',
    message: ({ what, found }) => `${what} takes a constant that is not negative, not ${found}`,
    hint: () => 'Write a whole number of rows, or an INTERVAL for RANGE.',
  }),
  VS2052: code<{ name: string }>({
    reason: 'modifier-not-allowed',
    severity: 'error',
    message: ({ name }) => `function "${name}" is no aggregate and takes no DISTINCT, FILTER or WITHIN GROUP`,
    hint: () => 'Leave the modifier out.',
  }),
  VS2053: code<{ name: string }>({
    reason: 'star-not-allowed',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not take *`,
    hint: () => 'Only COUNT takes *; name a column.',
  }),
  VS2054: code<{ name: string }>({
    reason: 'header-outside-select',
    severity: 'warning',
    message: ({ name }) => `function "${name}" has an effect in the SELECT list only`,
    hint: () => 'Move the call into the SELECT list.',
  }),
  VS2055: code<{ name: string }>({
    reason: 'within-group-missing',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not know what to order`,
    hint: ({ name }) => `Write ${name.toUpperCase()}(0.95) WITHIN GROUP (ORDER BY x), or ${name.toUpperCase()}(x, 0.95).`,
  }),
};
