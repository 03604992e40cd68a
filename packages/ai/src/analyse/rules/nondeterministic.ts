import { prompt, type Rule } from '../finding.ts';

/** A result that changes with the order of arrival. */
export const nondeterministic: Rule = {
  id: 'nondeterministic',
  triggers: ['test_query', 'generate_sql'],
  run({ parts }) {
    if (!parts || parts.limit === undefined || parts.orderBy !== '') return [];
    const rows = Number(parts.limit);
    // The last figure is what a ranking is mostly by.
    const named = parts.items.filter((i) => i.sql !== '*');
    const last = named.findLast((i) => i.isAggregate) ?? named.at(-1);
    const by = last?.alias ?? (last && /^[\w.]+$/.test(last.sql) ? last.sql : undefined);
    return [
      {
        fingerprint: 'limit-order',
        severity: 'medium',
        confidence: 0.85,
        title: 'LIMIT without ORDER BY',
        message: `Which ${rows === 1 ? 'row comes' : `${rows} rows come`} out depends on the order of arrival.`,
        evidence: { rows },
        actions: by === undefined ? [] : [prompt('Sort them', `sort by ${by} descending`)],
      },
    ];
  },
};
