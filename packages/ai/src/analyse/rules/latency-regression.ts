import { prompt, type Rule } from '../finding.ts';
import { median } from '../statistics.ts';

/** Latency that has grown against its own past. */
export const latencyRegression: Rule = {
  id: 'latency-regression',
  triggers: ['deploy_pipeline', 'poll'],
  run({ history = {} }) {
    return Object.entries(history).flatMap(([job, samples]) => {
      const all = samples.flatMap((s) => (s.latencyP99Ms === undefined ? [] : [s]));
      if (all.length < 6) return [];
      const recent = all.slice(-3);
      const before = Math.round(median(all.slice(0, -3).map((s) => s.latencyP99Ms as number)));
      const now = Math.round(Math.min(...recent.map((s) => s.latencyP99Ms as number)));
      if (now <= 10 || now <= before * 3) return [];
      const from = all[0]?.groups ?? 0;
      const to = recent.at(-1)?.groups ?? 0;
      const grown = to > from * 2 && from > 0;
      return [
        {
          fingerprint: `latency:${job}`,
          severity: 'high',
          confidence: 0.8,
          title: 'Latency grows',
          message: `${job} went from ${before} to ${now} ms${grown ? ` as groups went from ${from} to ${to}` : ''}.`,
          evidence: { before, now, from, to, job },
          actions: [prompt('Filter early', `add a filter to ${job}`), prompt('Use a shorter window', `make the window of ${job} shorter`)],
        } as const,
      ];
    });
  },
};
