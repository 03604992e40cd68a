import { columnsOf, prompt, type Rule, valuesOf } from '../finding.ts';

/** A field of few values that would tell more at little cost. */
export const freeDimension: Rule = {
  id: 'free-dimension',
  triggers: ['generate_sql'],
  run(context) {
    const { parts } = context;
    if (!parts || parts.groupBy.length === 0 || !parts.items.some((i) => i.isAggregate)) return [];
    const used = parts.groupBy.map((g) => g.split('.').at(-1) ?? g);
    for (const c of columnsOf(context, parts.base)) {
      if (c.kind !== 'text' || c.isId || used.includes(c.name) || parts.where.some((w) => w.includes(c.name))) continue;
      const values = new Set(valuesOf(context, parts.base, c.name)).size;
      if (values < 2 || values > 20 || (context.samples[parts.base]?.length ?? 0) < 30) continue;
      return [
        {
          fingerprint: `dimension:${c.name}`,
          severity: 'info',
          confidence: 0.55,
          title: 'One more dimension',
          message: `${c.name} has only ${values} values; the result could be split by it.`,
          evidence: { values, column: c.name },
          actions: [prompt(`Also by ${c.name}`, `also by ${c.name}`)],
        },
      ];
    }
    return [];
  },
};
