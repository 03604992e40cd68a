import type { AggregateMapping, AggregateSite } from './aggregate-functions.ts';
import { constant } from './mapping.ts';

const as = (print: (site: AggregateSite) => string): AggregateMapping => ({ kind: 'same', print });
const ranked = (name: string, type: string): AggregateMapping => as((site) => `CAST(${site.call(name, [])} AS ${type})`);
/** Needs to know how many rows there are, which a stream never says. */
const inBatch = (name: string, type: string): AggregateMapping =>
  as((site) =>
    site.mode === 'batch' ? `CAST(${site.call(name, [])} AS ${type})` : site.report.refuse(`${name} is not on Flink in streaming mode.`),
  );

const neighbour = (name: 'LAG' | 'LEAD'): AggregateMapping =>
  as((site) => {
    const distance = site.args.length > 1 ? constant(site, 1) : 1;
    if (typeof distance !== 'number') return site.report.refuse(`The distance in ${name} has to be a literal on Flink.`);
    if (name === 'LEAD')
      return site.report.refuse(
        'LEAD is not on Flink, because later rows of a stream are not there yet; here they are if they stand in the buffer.',
      );
    const rest = site.args.slice(2).map((a) => a.text);
    return site.call(name, [site.args[0]?.text ?? 'NULL', String(distance), ...rest]);
  });

export const analyticFunctions: Readonly<Record<string, AggregateMapping>> = {
  row_number: ranked('ROW_NUMBER', 'BIGINT'),
  rank: ranked('RANK', 'BIGINT'),
  dense_rank: ranked('DENSE_RANK', 'BIGINT'),
  percent_rank: inBatch('PERCENT_RANK', 'DOUBLE'),
  cume_dist: inBatch('CUME_DIST', 'DOUBLE'),
  ntile: { kind: 'not-on-flink', because: 'it parts the rows that stand in the buffer here, and there are no buffers there' },
  lag: neighbour('LAG'),
  lead: neighbour('LEAD'),
  first_value: as((site) => site.call('FIRST_VALUE', [site.args[0]?.text ?? 'NULL'])),
  last_value: as((site) => site.call('LAST_VALUE', [site.args[0]?.text ?? 'NULL'])),
  nth_value: { kind: 'not-on-flink', because: 'it has no such function there' },
};
