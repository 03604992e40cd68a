import { syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { Entry } from './entries.ts';
import { canonicalName } from './known-names.ts';

interface Rule {
  readonly fits: (value: string) => boolean;
  readonly expected: string;
  /** What the reference refuses is an error; what it ignores is a warning. */
  readonly severity: 'error' | 'warning';
}

const whole = (least: number, severity: 'error' | 'warning'): Rule => ({
  fits: (value) => /^\d+$/.test(value) && Number(value) >= least,
  expected: `a whole number of at least ${least}`,
  severity,
});
const oneOf = (words: readonly string[]): Rule => ({
  fits: (value) => words.includes(value.toLowerCase()),
  expected: `one of ${words.join(', ')}`,
  severity: 'warning',
});

const MODE = oneOf(['simple', 'transactional', 'adaptive']);
const SWITCH = oneOf(['true', 'false', 'on', 'off']);
const RULES: ReadonlyMap<string, Rule> = new Map([
  ['job_mode', MODE],
  ['processor_mode', MODE],
  ['batch_size', whole(1, 'warning')],
  ['num_partitions', whole(1, 'warning')],
  ['max_retries', whole(0, 'warning')],
  ['sticky_partition_id', whole(0, 'error')],
  ['partition_count', whole(1, 'error')],
  [
    'partitioning_strategy',
    oneOf([
      'sticky',
      'hash',
      'smart',
      'roundrobin',
      'fanin',
      'always_hash',
      'smart_repartition',
      'sticky_partition',
      'round_robin',
      'fan_in',
    ]),
  ],
  ['observability.profiling.enabled', oneOf(['off', 'dev', 'prod', 'true', 'false'])],
  ['observability.metrics.enabled', SWITCH],
  ['observability.tracing.enabled', SWITCH],
  ['observability.error_reporting.enabled', SWITCH],
]);

/** What is wrong with the value of a file or job annotation; values with `${…}` are known only at deployment. */
export function checkSetting(entry: Entry): Problem | undefined {
  const rule = RULES.get(canonicalName(entry.name));
  if (!rule || entry.value.includes('${') || rule.fits(entry.value)) return undefined;
  const problem = syntaxProblem('VS1055', entry.valueSpan, { annotation: entry.name, value: entry.value, expected: rule.expected });
  return { ...problem, severity: rule.severity };
}
