import { joinParts } from '../../offline/sql-parts.ts';
import { edit, type Rule } from '../finding.ts';

/** An order that never settles without a window. */
export const orderUnbounded: Rule = {
  id: 'order-unbounded',
  triggers: ['generate_sql'],
  run({ parts, sql }) {
    if (!parts || sql === undefined || parts.orderBy === '' || parts.window !== undefined || !parts.items.some((i) => i.isAggregate))
      return [];
    return [
      {
        fingerprint: 'order',
        severity: 'medium',
        confidence: 0.8,
        title: 'Ranking without a window',
        message: 'A ranking is final only per window.',
        evidence: { order: parts.orderBy },
        actions: [edit('Add a window', joinParts({ ...parts, window: "TUMBLING(INTERVAL '5' MINUTE)" }), sql)],
      },
    ];
  },
};
