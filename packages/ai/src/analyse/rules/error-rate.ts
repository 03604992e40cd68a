import { prompt, type Rule } from '../finding.ts';
import { roundTo } from '../statistics.ts';

/** A job with many failed records. */
export const errorRate: Rule = {
  id: 'error-rate',
  triggers: ['deploy_pipeline', 'poll'],
  run({ deployments = [] }) {
    return deployments
      .flatMap((d) => d.jobs)
      .flatMap((j) => {
        const { errors, recordsProcessed } = j.metrics;
        const percent = recordsProcessed === 0 ? 0 : roundTo((100 * errors) / recordsProcessed, 2);
        return errors > 0 && percent > 0.1
          ? [
              {
                fingerprint: `errors:${j.id}`,
                severity: percent > 5 ? 'high' : 'medium',
                confidence: 0.85,
                title: 'Failed records',
                message: `${j.title ?? j.name}: ${errors} records failed (${percent}%).`,
                evidence: { errors, percent, job: j.name },
                actions: [prompt('Look at the logs', `show the logs of ${j.name}`)],
              } as const,
            ]
          : [];
      });
  },
};
