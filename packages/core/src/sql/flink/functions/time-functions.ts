import { timeUnit } from '../../../values/time-unit.ts';
import { quoteText } from '../quote.ts';
import { instantOf, msOf } from '../times.ts';
import { arg, as, type CallSite, constant, type Mappings } from './mapping.ts';
import { javaPattern } from './time-pattern.ts';

/** The TIMESTAMP(3) that an argument of any time-like type means. */
function instant(call: CallSite, i: number): string {
  const found = call.args[i];
  if (found === undefined) return 'CAST(NULL AS TIMESTAMP(3))';
  switch (found.expr.type.kind) {
    case 'integer':
    case 'float':
    case 'decimal':
      return instantOf(found.expr.type.kind === 'integer' ? found.text : `CAST(${found.text} AS BIGINT)`);
    case 'timestamp':
      return found.text;
    case 'string':
      call.report.differs(READS);
      return `CAST(REPLACE(REPLACE(${found.text}, 'T', ' '), 'Z', '') AS TIMESTAMP(3))`;
    default:
      return `CAST(${found.text} AS TIMESTAMP(3))`;
  }
}

const floorDivided = (value: string, by: number): string => `CAST(FLOOR(CAST(${value} AS DOUBLE) / ${by}) AS BIGINT)`;
const belowSecond = (ms: string): string => `MOD(MOD(${ms}, 1000) + 1000, 1000)`;

const PARTS: Readonly<Record<string, (time: string) => string>> = {
  dow: (t) => `(EXTRACT(DOW FROM ${t}) - 1)`,
  epoch: (t) => floorDivided(msOf(t), 1000),
  millisecond: (t) => belowSecond(msOf(t)),
  microsecond: (t) => `(${belowSecond(msOf(t))} * 1000)`,
  nanosecond: (t) => `(${belowSecond(msOf(t))} * 1000000)`,
};
const PLAIN = new Set(['year', 'quarter', 'month', 'week', 'day', 'doy', 'hour', 'minute', 'second']);

function part(name: string, call: CallSite, time: string): string {
  const known = name.trim().toLowerCase().replace(/s$/, '');
  if (PLAIN.has(known)) return `EXTRACT(${known.toUpperCase()} FROM ${time})`;
  return PARTS[known]?.(time) ?? call.report.refuse(`EXTRACT of "${name}" is not on Flink.`);
}

const field = (name: string): Mappings[string] => as((call) => part(name, call, instant(call, 0)));

/** What came in as ms or DATE goes out as such. */
function like(call: CallSite, time: string): string {
  if (call.type.kind === 'integer') return msOf(time);
  return call.type.kind === 'date' ? `CAST(${time} AS DATE)` : time;
}

/** Weeks begin on Monday here, on Sunday there. */
const truncated = (unit: string, time: string): string =>
  unit === 'week' ? `(FLOOR(${time} - INTERVAL '1' DAY TO WEEK) + INTERVAL '1' DAY)` : `FLOOR(${time} TO ${unit.toUpperCase()})`;

function difference(call: CallSite, unit: string, start: string, end: string): string {
  const days = `(${floorDivided(msOf(end), 86_400_000)} - ${floorDivided(msOf(start), 86_400_000)})`;
  const both = (print: (time: string) => string): string => `(${print(end)} - ${print(start)})`;
  switch (unit) {
    case 'year':
      return both((t) => `EXTRACT(YEAR FROM ${t})`);
    case 'quarter':
      return both((t) => `(EXTRACT(YEAR FROM ${t}) * 4 + EXTRACT(QUARTER FROM ${t}))`);
    case 'month':
      return both((t) => `(EXTRACT(YEAR FROM ${t}) * 12 + EXTRACT(MONTH FROM ${t}))`);
    case 'week':
      return floorDivided(days, 7);
    case 'day':
      return days;
    case 'hour':
    case 'minute':
    case 'second':
      return `(${both(msOf)} / ${{ hour: 3_600_000, minute: 60_000, second: 1000 }[unit]})`;
    case 'millisecond':
      return both(msOf);
    default:
      return call.report.refuse(`DATEDIFF in ${unit}s is not on Flink, because times count milliseconds there.`);
  }
}

/** A format has to be a literal: it is said in the letters of Java. */
function withPattern(call: CallSite, i: number, print: (pattern: string) => string): string {
  const format = constant(call, i);
  const pattern = typeof format === 'string' ? javaPattern(format) : undefined;
  return pattern === undefined
    ? call.report.refuse('A time format has to be a literal of codes that Java knows too on Flink.')
    : print(quoteText(pattern));
}

const moved = (sign: '+' | '-'): Mappings[string] =>
  as((call) => {
    const [time, interval] = [call.args[0], arg(call, 1)];
    if (time?.expr.type.kind === 'integer') return `(${time.text} ${sign} ${interval})`;
    return instantOf(`(${msOf(instant(call, 0))} ${sign} ${interval})`);
  });

const READS = 'Text is read as a time on Flink in the form "2024-02-29 12:00:00" only, in UTC.';
const CLOCK = 'The clock is that of the Flink cluster.';
const NOW = msOf('CAST(CURRENT_TIMESTAMP AS TIMESTAMP(3))');

export const timeFunctions: Mappings = {
  now: as(() => NOW, CLOCK),
  current_date: as(() => 'CURRENT_DATE', CLOCK),
  timestamp: as((call) => call.system('_TIMESTAMP') ?? call.report.refuse('The time of a message is there for rows read from Kafka only.')),
  extract: as((call) => {
    const name = constant(call, 0);
    return typeof name === 'string'
      ? part(name, call, instant(call, 1))
      : call.report.refuse('The part in EXTRACT has to be a literal on Flink.');
  }),
  year: field('year'),
  quarter: field('quarter'),
  month: field('month'),
  week: field('week'),
  day: field('day'),
  hour: field('hour'),
  minute: field('minute'),
  second: field('second'),
  date: as((call) => `CAST(${instant(call, 0)} AS DATE)`),
  to_date: as(
    (call) => (call.args.length > 1 ? withPattern(call, 1, (p) => `TO_DATE(${arg(call, 0)}, ${p})`) : `CAST(${arg(call, 0)} AS DATE)`),
    READS,
  ),
  to_timestamp: as(
    (call) =>
      call.args.length > 1
        ? withPattern(call, 1, (p) => `CAST(TO_TIMESTAMP(${arg(call, 0)}, ${p}) AS TIMESTAMP(3))`)
        : `CAST(${arg(call, 0)} AS TIMESTAMP(3))`,
    READS,
  ),
  date_format: as((call) => withPattern(call, 1, (p) => `DATE_FORMAT(${instant(call, 0)}, ${p})`)),
  date_trunc: as((call) => {
    const unit = timeUnit(String(constant(call, 0) ?? ''));
    return unit === undefined
      ? call.report.refuse('The unit in DATE_TRUNC has to be a literal on Flink.')
      : like(call, truncated(unit, instant(call, 1)));
  }),
  datediff: as((call) => {
    if (call.args.length === 2) return difference(call, 'day', instant(call, 1), instant(call, 0));
    const unit = timeUnit(String(constant(call, 0) ?? ''));
    return unit === undefined
      ? call.report.refuse('The unit in DATEDIFF has to be a literal on Flink.')
      : difference(call, unit, instant(call, 1), instant(call, 2));
  }),
  date_add: moved('+'),
  date_sub: moved('-'),
  from_unixtime: as((call) => instantOf(`CAST(${arg(call, 0)} * 1000 AS BIGINT)`)),
  unix_timestamp: as((call) => floorDivided(call.args.length === 0 ? NOW : msOf(instant(call, 0)), 1000)),
};
