import { prompt, type Rule } from '../finding.ts';

/** A job that takes in rows and gives none out. One that its target calls well is silent rightly: its query chooses rows, or its windows are long. */
export const silentJob: Rule = {
  id: 'silent-job',
  triggers: ['deploy_pipeline', 'poll'],
  run({ deployments = [], now }) {
    return deployments
      .flatMap((d) => d.jobs)
      .flatMap((j) => {
        if (j.status !== 'running' || j.health === 'healthy' || j.metrics.recordsIn === 0) return [];
        const since = j.metrics.lastOutputAt ?? j.startedAt ?? now;
        const minutes = Math.floor((now - since) / 60_000);
        return minutes >= 10
          ? [
              {
                fingerprint: `silent:${j.id}`,
                severity: 'high',
                confidence: 0.8,
                title: 'No output',
                message: `${j.title ?? j.name} has given nothing out for ${minutes} minutes.`,
                evidence: { minutes, job: j.name },
                actions: [prompt('Restart it', `restart ${j.name}`)],
              } as const,
            ]
          : [];
      });
  },
};
