import { joinParts } from '../../offline/sql-parts.ts';
import { edit, type Rule, valuesOf } from '../finding.ts';
import { chao, roundTo } from '../statistics.ts';

/** A label that makes very many series. */
export const labelCardinality: Rule = {
  id: 'label-cardinality',
  triggers: ['generate_sql', 'deploy_pipeline'],
  run(context) {
    const { parts, sql } = context;
    if (!parts || sql === undefined) return [];
    const line = parts.comments.find((c) => c.startsWith('@metric_labels:'));
    for (const label of line
      ?.slice('@metric_labels:'.length)
      .split(',')
      .map((l) => l.trim()) ?? []) {
      const { estimate } = chao(valuesOf(context, parts.base, label));
      const series = roundTo(estimate, 2);
      if (series <= 100) continue;
      return [
        {
          fingerprint: `label:${label}`,
          severity: 'medium',
          confidence: 0.8,
          title: 'Too many series',
          message: `The label ${label} makes about ${series} series.`,
          evidence: { series, label },
          actions: [edit('Drop the label', joinParts({ ...parts, comments: parts.comments.filter((c) => c !== line) }), sql)],
        },
      ];
    }
    return [];
  },
};
