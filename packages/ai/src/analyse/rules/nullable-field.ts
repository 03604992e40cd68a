import { columnsOf, prompt, type Rule, valuesOf } from '../finding.ts';

/** A field that is often empty. */
export const nullableField: Rule = {
  id: 'nullable-field',
  triggers: ['inspect_topic'],
  run(context) {
    const here = context.source?.name;
    if (here === undefined) return [];
    return columnsOf(context, here).flatMap((c) => {
      const values = valuesOf(context, here, c.name);
      const percent =
        values.length === 0 ? 0 : Math.round((100 * values.filter((v) => v === null || v === undefined).length) / values.length);
      if (percent < 20) return [];
      return [
        {
          fingerprint: `null:${here}.${c.name}`,
          severity: 'info',
          confidence: 0.75,
          title: 'Often empty',
          message: `${c.name} is empty in ${percent}% of the sampled rows.`,
          evidence: { percent, column: c.name },
          actions: [prompt('Leave empty ones out', `${here} where ${c.name} is not null`)],
        } as const,
      ];
    });
  },
};
