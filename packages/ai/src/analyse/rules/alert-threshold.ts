import { joinParts } from '../../offline/sql-parts.ts';
import { edit, type Rule } from '../finding.ts';
import { quantile, roundTo, sorted } from '../statistics.ts';

/** A threshold that the results themselves propose. */
export const alertThreshold: Rule = {
  id: 'alert-threshold',
  triggers: ['test_query'],
  run({ report, parts, sql }) {
    if (!report?.passed || !parts || sql === undefined || parts.comments.some((c) => c.startsWith('@alert'))) return [];
    for (const item of parts.items) {
      const name = item.alias ?? '';
      if (!item.isAggregate || name === '') continue;
      const values = sorted(report.output.rows.map((r) => Number(r[name])).filter(Number.isFinite));
      if (values.length < 20) continue;
      const p99 = roundTo(quantile(values, 0.99), 3);
      const above = roundTo(p99 * 1.1, 2);
      const percent = Math.round((1000 * values.filter((v) => v > above).length) / values.length) / 10;
      return [
        {
          fingerprint: `alert:${name}`,
          severity: 'low',
          confidence: 0.65,
          title: 'An alert that fits',
          message: `The 99th percentile of ${name} is ${p99}; an alert above ${above} would have fired in ${percent}% of the results.`,
          evidence: { percentile: 99, p99, above, percent, column: name },
          actions: [
            edit(
              'Add the alert',
              joinParts({ ...parts, comments: [...parts.comments, `@alert: ${name} > ${above}`, '@alert_severity: warning'] }),
              sql,
            ),
          ],
        },
      ];
    }
    return [];
  },
};
