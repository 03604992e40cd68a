import { prompt, type Rule } from '../finding.ts';

/** One partition that holds far more than its share. */
export const partitionSkew: Rule = {
  id: 'partition-skew',
  triggers: ['list_topics', 'inspect_topic', 'connect_source'],
  run({ sources }) {
    return sources.flatMap((s) => {
      const counts = s.partitions?.map((p) => p.messageCount) ?? [];
      const total = counts.reduce((a, b) => a + b, 0);
      const most = Math.max(...counts, 0);
      if (counts.length < 2 || total === 0 || most / (total / counts.length) <= 3) return [];
      const partition = s.partitions?.[counts.indexOf(most)]?.partition ?? 0;
      const percent = Math.round((100 * most) / total);
      return [
        {
          fingerprint: `skew:${s.id}`,
          severity: 'medium',
          confidence: 0.85,
          title: 'Uneven partitions',
          message: `Partition ${partition} of ${s.name} holds ${percent}% of the messages.`,
          evidence: { partition, percent, source: s.name },
          actions: [prompt('What would even it out?', `which key would spread ${s.name} evenly`)],
        } as const,
      ];
    });
  },
};
