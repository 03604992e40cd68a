import { valueError } from '../../../diagnostics/codes/values.ts';
import { INTEGER, type Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import type { ArgumentProblem } from '../define.ts';
import { TIME_PARTS, type TimePart, timePart, timePartNamed } from './time-part.ts';

function problemWith(constant: Scalar | undefined): ArgumentProblem | undefined {
  if (typeof constant !== 'string' || timePartNamed(constant) !== undefined) return undefined;
  return { problem: `"EXTRACT" has no part "${constant}"; parts are ${TIME_PARTS.join(', ')}` };
}

function partOf(text: string): TimePart {
  const part = timePartNamed(text);
  if (part !== undefined) return part;
  throw valueError('VS5106', { name: 'EXTRACT', problem: `has no part "${text}"`, hint: `Parts are ${TIME_PARTS.join(', ')}.` });
}

export const extract = scalarFunction({
  name: 'extract',
  category: 'time',
  summary: "One part of a time, in UTC: EXTRACT(part FROM time) or EXTRACT('part', time).",
  parameters: [
    { name: 'part', takes: 'string' },
    { name: 'time', takes: 'time' },
  ],
  returns: (_, constants) => problemWith(constants[0]) ?? INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "EXTRACT('dow', 0)", gives: 4 },
    { sql: "EXTRACT('epoch', 1700000000999)", gives: 1700000000 },
    { sql: "EXTRACT('doy', DATE '2024-12-31')", gives: 366 },
    { sql: "EXTRACT('hour', NULL)", gives: null },
  ],
  prepare: () => {
    let last: { readonly text: Scalar; readonly part: TimePart } | undefined;
    return (text, time) => {
      if (last === undefined || last.text !== text) last = { text: text as Scalar, part: partOf(text as string) };
      return timePart(last.part, time as number);
    };
  },
});
