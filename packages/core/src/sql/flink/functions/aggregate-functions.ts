import { wide } from '../expression/print-literal.ts';
import { flinkType } from '../quote.ts';
import type { CallSite } from './mapping.ts';

/** One aggregate as it is printed: `over` is FILTER or OVER, which stands behind every aggregate of the text. */
export interface AggregateSite extends CallSite {
  readonly distinct: boolean;
  /** WITHIN GROUP (ORDER BY … DESC). */
  readonly descending: boolean;
  /** Prints `NAME([DISTINCT] args)` with what stands behind it; `where` is one more condition of its FILTER. */
  readonly call: (name: string, args: readonly string[], where?: string) => string;
}

export type AggregateMapping =
  | { readonly kind: 'same'; readonly print: (site: AggregateSite) => string; readonly differs?: string }
  | { readonly kind: 'not-on-flink'; readonly because: string };

const as = (print: (site: AggregateSite) => string, differs?: string): AggregateMapping =>
  differs === undefined ? { kind: 'same', print } : { kind: 'same', print, differs };
const notOnFlink = (because: string): AggregateMapping => ({ kind: 'not-on-flink', because });

const at = (site: AggregateSite, i: number): string => site.args[i]?.text ?? 'NULL';
const float = (site: AggregateSite, i: number): string =>
  site.args[i]?.expr.type.kind === 'float' ? at(site, i) : `CAST(${at(site, i)} AS DOUBLE)`;
const wideArgument = (site: AggregateSite, i: number): string => {
  const found = site.args[i];
  return found === undefined ? 'NULL' : wide(found.expr, found.text);
};
const plain = (name: string): AggregateMapping => as((site) => site.call(name, [wideArgument(site, 0)]));
const ofFloats = (name: string): AggregateMapping => as((site) => site.call(name, [float(site, 0)]));

const LAST_DIGITS = 'The last digits may differ: Flink has no such function, so it is computed from sums.';
const ARRIVAL =
  'It is the first or last value that is not NULL in order of arrival on Flink; here it goes by event time within a window, and NULL counts.';
const ORDER = 'The order of the values is that of their arrival, which parallel readers do not keep on Flink.';
const EXACT = 'It is exact on Flink.';

/** From sums over the pairs that have both values. */
function ofPairs(print: (sums: Pairs) => string): AggregateMapping {
  return as((site) => {
    const [y, x] = [float(site, 0), float(site, 1)];
    const mean = (value: string): string => site.call('AVG', [value], `${at(site, 0)} IS NOT NULL AND ${at(site, 1)} IS NOT NULL`);
    const spread = (a: string): string => `(${mean(`${a} * ${a}`)} - ${mean(a)} * ${mean(a)})`;
    return print({
      count: site.call('COUNT', [`${x} + ${y}`]),
      covariance: `(${mean(`${x} * ${y}`)} - ${mean(x)} * ${mean(y)})`,
      ofX: spread(x),
      ofY: spread(y),
      meanX: mean(x),
      meanY: mean(y),
    });
  }, LAST_DIGITS);
}

interface Pairs {
  readonly count: string;
  readonly covariance: string;
  readonly ofX: string;
  readonly ofY: string;
  readonly meanX: string;
  readonly meanY: string;
}

/** PERCENTILE of Flink gives values between two others; one that is there is at its place among all of them. */
function valueAt(site: AggregateSite): string {
  const all = site.call('ARRAY_AGG', [wideArgument(site, 0)], `${at(site, 0)} IS NOT NULL`);
  const place = `GREATEST(CEIL(CAST(${at(site, 1)} AS DOUBLE) * ${site.call('COUNT', [at(site, 0)])}), 1)`;
  return `ARRAY_SORT(${all}${site.descending ? ', FALSE' : ''})[CAST(${place} AS INT)]`;
}

const slope = (p: Pairs): string => `(${p.covariance} / NULLIF(${p.ofX}, 0E0))`;

export const aggregateFunctions: Readonly<Record<string, AggregateMapping>> = {
  count: as((site) => site.call('COUNT', site.args.length === 0 ? ['*'] : [at(site, 0)])),
  count_distinct: as((site) => site.call('COUNT', [`DISTINCT ${at(site, 0)}`])),
  approx_count_distinct: as((site) => site.call('COUNT', [`DISTINCT ${at(site, 0)}`]), EXACT),
  sum: plain('SUM'),
  avg: ofFloats('AVG'),
  min: plain('MIN'),
  max: plain('MAX'),
  delta: as((site) => `(${site.call('MAX', [wideArgument(site, 0)])} - ${site.call('MIN', [wideArgument(site, 0)])})`),
  stddev_samp: ofFloats('STDDEV_SAMP'),
  stddev_pop: ofFloats('STDDEV_POP'),
  var_samp: ofFloats('VAR_SAMP'),
  var_pop: ofFloats('VAR_POP'),
  median: as((site) => site.call('PERCENTILE', [float(site, 0), '0.5'])),
  percentile_cont: as((site) => site.call('PERCENTILE', [float(site, 0), site.descending ? `(1 - ${at(site, 1)})` : at(site, 1)])),
  percentile_disc: as(valueAt),
  approx_percentile: as((site) => site.call('PERCENTILE', [float(site, 0), at(site, 1)]), EXACT),
  first_value: as((site) => site.call('FIRST_VALUE', [wideArgument(site, 0)]), ARRIVAL),
  last_value: as((site) => site.call('LAST_VALUE', [wideArgument(site, 0)]), ARRIVAL),
  first_arrived: as((site) => site.call('FIRST_VALUE', [wideArgument(site, 0)]), ARRIVAL),
  string_agg: as((site) => site.call('LISTAGG', [castText(site), site.args.length > 1 ? at(site, 1) : "','"]), ORDER),
  array_agg: as((site) => site.call('ARRAY_AGG', [at(site, 0)], `${at(site, 0)} IS NOT NULL`), ORDER),
  covar_pop: ofPairs((p) => p.covariance),
  covar_samp: ofPairs((p) => `(${p.covariance} * ${p.count} / NULLIF(${p.count} - 1, 0))`),
  corr: ofPairs((p) => `(${p.covariance} / NULLIF(SQRT(${p.ofX} * ${p.ofY}), 0E0))`),
  regr_slope: ofPairs(slope),
  regr_intercept: ofPairs((p) => `(${p.meanY} - ${slope(p)} * ${p.meanX})`),
  regr_r2: ofPairs((p) => `(${p.covariance} * ${p.covariance} / NULLIF(${p.ofX} * ${p.ofY}, 0E0))`),
  ema: notOnFlink('it has no aggregate there whose result depends on the order of the rows'),
  z_score: notOnFlink('it needs the newest value of a group beside its sums, and Flink knows no order of rows in an aggregate'),
};

const castText = (site: AggregateSite): string =>
  site.args[0]?.expr.type.kind === 'string' ? at(site, 0) : `CAST(${at(site, 0)} AS ${flinkType({ kind: 'string' })})`;
