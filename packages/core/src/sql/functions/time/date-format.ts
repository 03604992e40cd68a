import { timePrinter } from '../../../values/time-format.ts';
import { STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const dateFormat = scalarFunction({
  name: 'date_format',
  category: 'time',
  summary: 'A time as text in a strftime format, in UTC.',
  parameters: [
    { name: 'time', takes: 'time' },
    { name: 'format', takes: 'string' },
  ],
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "DATE_FORMAT(1700000000000, '%Y-%m-%d %H:%M')", gives: '2023-11-14 22:13' },
    { sql: "DATE_FORMAT(1700000000123, '%b %j %3f %p')", gives: 'Nov 318 123 PM' },
    { sql: "DATE_FORMAT(NULL, '%Y')", gives: null },
  ],
  prepare: () => {
    let last: { readonly format: string; readonly print: (ms: number) => string } | undefined;
    return (time, format) => {
      if (last === undefined || last.format !== format) last = { format: format as string, print: timePrinter(format as string) };
      return last.print(time as number);
    };
  },
});
