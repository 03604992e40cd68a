import { columnsOf, prompt, type Rule, valuesOf } from '../finding.ts';

/** A field that looks like what tells who somebody is. */
export const piiField: Rule = {
  id: 'pii-field',
  triggers: ['inspect_topic'],
  run(context) {
    const here = context.source?.name;
    if (here === undefined) return [];
    return columnsOf(context, here).flatMap((c) => {
      if (c.kind !== 'text' || c.schema.tags?.includes('pii')) return [];
      const values = valuesOf(context, here, c.name).filter((v): v is string => typeof v === 'string');
      const hits = values.filter((v) => /^[\w.+-]+@[\w-]+\.\w+|^\+?\d[\d ()-]{7,}$|^\d{3}-\d{2}-\d{4}$/.test(v)).length;
      const percent = values.length === 0 ? 0 : Math.round((100 * hits) / values.length);
      if (percent < 50) return [];
      return [
        {
          fingerprint: `pii:${here}.${c.name}`,
          severity: 'medium',
          confidence: 0.85,
          title: 'Personal data',
          message: `${c.name} looks personal: ${percent}% of the sampled values.`,
          evidence: { percent, column: c.name },
          actions: [prompt('Mask it', `mask ${c.name} of ${here}`)],
        } as const,
      ];
    });
  },
};
