import { columnsOf, prompt, type Rule, valuesOf } from '../finding.ts';

/** Text that holds only numbers or times. */
export const stringTyped: Rule = {
  id: 'string-typed',
  triggers: ['inspect_topic'],
  run(context) {
    const here = context.source?.name;
    if (here === undefined) return [];
    return columnsOf(context, here).flatMap((c) => {
      const values = valuesOf(context, here, c.name).filter((v): v is string => typeof v === 'string' && v !== '');
      if (c.kind !== 'text' || c.isId || values.length < 10) return [];
      const share = (test: (v: string) => boolean): number => Math.floor((100 * values.filter(test).length) / values.length);
      const times = share((v) => /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})/.test(v));
      const numbers = share((v) => /^-?\d+(\.\d+)?$/.test(v));
      const percent = Math.max(times, numbers);
      if (percent < 99) return [];
      const type = times >= numbers ? 'TIMESTAMP' : 'DECIMAL(18,4)';
      return [
        {
          fingerprint: `typed:${here}.${c.name}`,
          severity: 'low',
          confidence: 0.8,
          title: 'Text that is something else',
          message: `${c.name} is text, and ${percent}% of its sampled values are ${times >= numbers ? 'times' : 'numbers'}.`,
          evidence: { percent, column: c.name },
          actions: [prompt('Cast it', `use CAST(${c.name} AS ${type})`)],
        } as const,
      ];
    });
  },
};
