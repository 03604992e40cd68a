import { type Rule, tool } from '../finding.ts';

/** A source that nothing came into for long. */
export const staleSource: Rule = {
  id: 'stale-source',
  triggers: ['connect_source', 'list_topics'],
  run({ sources, now }) {
    return sources.flatMap((s) => {
      if (s.lastRecordAt === undefined) return [];
      const hours = Math.floor((now - s.lastRecordAt) / 3_600_000);
      if (hours <= 24) return [];
      const days = Math.floor(hours / 24);
      return [
        {
          fingerprint: `stale:${s.id}`,
          severity: 'low',
          confidence: 0.8,
          title: 'Silent source',
          message: `${s.name} has had no messages for ${days} day${days === 1 ? '' : 's'}; is it still in use?`,
          evidence: { days, hours, source: s.name },
          actions: [tool('Inspect it', 'inspect_source', { source: s.name })],
        } as const,
      ];
    });
  },
};
