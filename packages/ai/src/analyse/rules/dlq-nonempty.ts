import { type Rule, tool } from '../finding.ts';

/** A dead-letter topic that holds something. */
export const dlqNonempty: Rule = {
  id: 'dlq-nonempty',
  triggers: ['connect_source', 'list_topics'],
  run({ sources }) {
    return sources
      .filter((s) => /(dlq|dead.?letter|error|retry)/i.test(s.name) && (s.recordCount ?? 0) > 0)
      .map((s) => {
        const messages = s.recordCount ?? 0;
        return {
          fingerprint: `dlq:${s.id}`,
          severity: messages > 1000 ? 'high' : 'medium',
          confidence: 0.95,
          title: 'Dead letters wait',
          message: `${s.name} has ${messages} messages.`,
          evidence: { messages, source: s.name },
          actions: [tool('Look at them', 'peek_source', { source: s.name, limit: 10 })],
        } as const;
      });
  },
};
