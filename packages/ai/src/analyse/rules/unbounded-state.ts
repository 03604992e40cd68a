import { joinParts } from '../../offline/sql-parts.ts';
import { edit, type Rule } from '../finding.ts';

/** An aggregate or a join that keeps growing. */
export const unboundedState: Rule = {
  id: 'unbounded-state',
  triggers: ['generate_sql', 'deploy_pipeline'],
  run({ parts, sql }) {
    if (!parts || sql === undefined || parts.groupBy.length === 0 || parts.window !== undefined || !parts.items.some((i) => i.isAggregate))
      return [];
    return [
      {
        fingerprint: 'unbounded',
        severity: 'medium',
        confidence: 0.8,
        title: 'State without a bound',
        message: 'Every group is kept for ever; a window bounds the state.',
        evidence: { groups: parts.groupBy },
        actions: [edit('Add a window', joinParts({ ...parts, window: "TUMBLING(INTERVAL '5' MINUTE)" }), sql)],
      },
    ];
  },
};
