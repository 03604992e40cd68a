import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { refuseNotPositive } from './ln.ts';
import { notInRange } from './numeric-call.ts';

const refuse = refuseNotPositive('LOG');

function logarithm(x: number): number {
  const problem = refuse(x);
  if (problem !== undefined) throw problem;
  return Math.log(x);
}

export const log = scalarFunction({
  name: 'log',
  category: 'math',
  summary: 'Natural logarithm, or `LOG(base, n)` to a base.',
  parameters: [
    { name: 'n', takes: 'float', description: 'The number, or the base when there are two arguments.' },
    { name: 'of', takes: 'float', optional: true },
  ],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'LOG(1)', gives: 0 },
    { sql: 'LOG(2, 8)', gives: 3 },
    { sql: 'LOG(2, NULL)', gives: null },
  ],
  evaluate: (n, of) => {
    if (of === undefined) return logarithm(n as number);
    if (n === 1) throw notInRange('LOG', 'to base 1 does not exist', 'Use another base.');
    const quotient = logarithm(of as number) / logarithm(n as number);
    // The quotient of two rounded logarithms misses whole powers by a little: LOG(3, 81) is 4.
    const whole = Math.round(quotient);
    return (n as number) ** whole === of ? whole : quotient;
  },
});
