import { type Rule, tool } from '../finding.ts';

/** Jobs that nothing watches. */
export const unmonitoredDeploy: Rule = {
  id: 'unmonitored-deploy',
  triggers: ['deploy_pipeline'],
  run({ deployments = [] }) {
    const last = deployments.at(-1);
    if (!last) return [];
    const watched = new Set([...last.metrics.map((m) => m.query), ...last.alerts.map((a) => a.query)]);
    const bare = last.jobs.filter((j) => !watched.has(j.queryId) && !/@metric|@alert/.test(j.sql));
    const many = bare.length;
    return many === 0
      ? []
      : [
          {
            fingerprint: `unwatched:${last.id}`,
            severity: 'medium',
            confidence: 0.8,
            title: 'Not watched',
            message: `${many} job${many === 1 ? ' has' : 's have'} no metric and no alert: ${bare.map((j) => j.title ?? j.name).join(', ')}.`,
            evidence: { many, jobs: bare.map((j) => j.name) },
            actions: [tool('Add metrics and alerts', 'analyze_annotations', { tier: 3 })],
          },
        ];
  },
};
