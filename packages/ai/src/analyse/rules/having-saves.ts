import { joinParts } from '../../offline/sql-parts.ts';
import { edit, type Rule } from '../finding.ts';

/** Groups of one row that a HAVING would leave out. */
export const havingSaves: Rule = {
  id: 'having-saves',
  triggers: ['generate_sql'],
  run(context) {
    const { parts, sql } = context;
    if (!parts || sql === undefined || parts.groupBy.length === 0 || parts.having.length > 0) return [];
    const names = parts.groupBy.map((g) => g.split('.').at(-1) ?? g);
    const rows = context.samples[parts.base] ?? [];
    const counts = new Map<string, number>();
    for (const r of rows)
      counts.set(names.map((n) => String(r[n])).join('|'), (counts.get(names.map((n) => String(r[n])).join('|')) ?? 0) + 1);
    const single = [...counts.values()].filter((n) => n === 1).length;
    const percent = counts.size === 0 ? 0 : Math.round((100 * single) / counts.size);
    if (percent < 30 || rows.length < 50) return [];
    return [
      {
        fingerprint: `having:${names.join('+')}`,
        severity: 'low',
        confidence: 0.65,
        title: 'Fewer rows with HAVING',
        message: `${percent}% of the sampled groups have one row; HAVING COUNT(*) > 1 leaves them out.`,
        evidence: { percent, one: 1, groups: counts.size },
        actions: [edit('Add HAVING', joinParts({ ...parts, having: ['COUNT(*) > 1'] }), sql)],
      },
    ];
  },
};
