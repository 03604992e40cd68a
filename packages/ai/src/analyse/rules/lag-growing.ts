import { prompt, type Rule } from '../finding.ts';
import { roundTo, theilSen } from '../statistics.ts';

/** A consumer that falls behind. */
export const lagGrowing: Rule = {
  id: 'lag-growing',
  triggers: ['deploy_pipeline', 'poll'],
  run({ consumers = [], history = {} }) {
    const fromGroups = consumers.flatMap((c) =>
      c.lag > 0 && (c.lagSlope ?? 0) > 0 ? [{ name: c.groupId, lag: c.lag, slope: roundTo(c.lagSlope ?? 0, 2) }] : [],
    );
    const fromJobs = Object.entries(history).flatMap(([job, samples]) => {
      const points = samples.flatMap((s) => (s.lag === undefined ? [] : [{ x: s.at / 1000, y: s.lag }]));
      const slope = points.length < 4 ? 0 : roundTo(theilSen(points), 2);
      return slope > 0 && (points.at(-1)?.y ?? 0) > 0 ? [{ name: job, lag: points.at(-1)?.y ?? 0, slope }] : [];
    });
    return [...fromGroups, ...fromJobs]
      .filter((l) => l.lag / l.slope > 300 || l.lag > 1000)
      .map(
        ({ name, lag, slope }) =>
          ({
            fingerprint: `lag:${name}`,
            severity: 'high',
            confidence: 0.8,
            title: 'Falling behind',
            message: `${name} is ${lag} records behind and loses ${slope} per second.`,
            evidence: { lag, slope, job: name },
            actions: [prompt('Run more in parallel', `scale ${name}`)],
          }) as const,
      );
  },
};
