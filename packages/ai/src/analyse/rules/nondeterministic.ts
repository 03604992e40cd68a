import { prompt, type Rule } from '../finding.ts';

/** A result that changes with the order of arrival. */
export const nondeterministic: Rule = {
  id: 'nondeterministic',
  triggers: ['test_query', 'generate_sql'],
  run({ parts }) {
    if (!parts || parts.limit === undefined || parts.orderBy !== '') return [];
    const rows = Number(parts.limit);
    return [
      {
        fingerprint: 'limit-order',
        severity: 'medium',
        confidence: 0.85,
        title: 'LIMIT without ORDER BY',
        message: `Which ${rows} rows come out depends on the order of arrival.`,
        evidence: { rows },
        actions: [prompt('Sort them', 'sort by count descending')],
      },
    ];
  },
};
