import { prompt, type Rule } from '../finding.ts';
import { chao, roundTo } from '../statistics.ts';

/** A grouping that makes very many groups. */
export const highCardinalityGroup: Rule = {
  id: 'high-cardinality-group',
  triggers: ['generate_sql'],
  run(context) {
    const { parts } = context;
    if (!parts || parts.groupBy.length === 0) return [];
    const names = parts.groupBy.map((g) => g.split('.').at(-1) ?? g);
    const rows = context.samples[parts.base] ?? [];
    if (rows.length < 50) return [];
    const keys = rows.map((r) => names.map((n) => String(r[n])).join('|'));
    const { seen, estimate } = chao(keys);
    if (estimate <= 10_000 && seen / rows.length < 0.8) return [];
    const groups = roundTo(Math.max(estimate, seen), 2);
    return [
      {
        fingerprint: `groups:${names.join('+')}`,
        severity: groups > 10_000 ? 'high' : 'medium',
        confidence: 0.7,
        title: 'Many groups',
        message: `About ${groups} groups, by ${seen} seen in ${rows.length} sampled rows.`,
        evidence: { groups, seen, rows: rows.length, keys: names },
        impact: 'state and output grow with every group',
        actions: [prompt('Only groups with more than one row', 'only where the count is above 1'), prompt('Only the top ten', 'top 10')],
      },
    ];
  },
};
