import { columnsOf, prompt, type Rule } from '../finding.ts';

/** Money in floating point. */
export const floatMoney: Rule = {
  id: 'float-money',
  triggers: ['inspect_topic', 'generate_sql'],
  run(context) {
    const here = context.source?.name ?? context.parts?.base;
    if (here === undefined) return [];
    const money = columnsOf(context, here)
      .filter((c) => c.isMoney && /^(FLOAT|DOUBLE|REAL)/i.test(c.schema.type))
      .map((c) => c.name);
    return money.length === 0
      ? []
      : [
          {
            fingerprint: `money:${here}`,
            severity: 'low',
            confidence: 0.7,
            title: 'Money as FLOAT',
            message: `${money.join(', ')} of ${here} is FLOAT; sums of money are exact as DECIMAL.`,
            evidence: { columns: money },
            actions: [prompt('Use DECIMAL', `treat ${money[0]} of ${here} as DECIMAL`)],
          },
        ];
  },
};
