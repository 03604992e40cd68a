import { numbersOf, prompt, type Rule } from '../finding.ts';
import { quantile, roundTo, sorted } from '../statistics.ts';

/** A threshold of a template against real values. */
export const thresholdCalibrate: Rule = {
  id: 'threshold-calibrate',
  triggers: ['customize_template', 'test_query'],
  run(context) {
    const { parts } = context;
    for (const filter of parts?.where ?? []) {
      const m = /^(?:\w+\.)?(\w+)\s*>=?\s*(\d+(?:\.\d+)?)$/.exec(filter);
      if (!m || !parts) continue;
      const values = sorted(numbersOf(context, parts.base, m[1] ?? ''));
      if (values.length < 200) continue;
      const limit = Number(m[2]);
      const p99 = roundTo(quantile(values, 0.99), 2);
      if (limit >= p99 / 5 && limit <= p99 * 5) continue;
      return [
        {
          fingerprint: `threshold:${m[1]}`,
          severity: 'medium',
          confidence: 0.7,
          title: 'A threshold far from the data',
          message: `${m[1]} is compared with ${limit}; its 99th percentile in ${values.length} rows is ${p99}.`,
          evidence: { limit, percentile: 99, rows: values.length, p99, column: m[1] ?? '' },
          actions: [prompt(`Use ${p99}`, `set the threshold of ${m[1]} to ${p99}`)],
        },
      ];
    }
    return [];
  },
};
