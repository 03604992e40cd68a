import { annotate, metricsFor } from '../advise-annotations.ts';
import type { Rule } from '../finding.ts';

/** Figures that nothing watches. */
export const missingMetrics: Rule = {
  id: 'missing-metrics',
  triggers: ['generate_sql'],
  run({ parts, sql }) {
    if (!parts || sql === undefined || parts.comments.some((c) => c.startsWith('@metric')) || !parts.items.some((i) => i.isAggregate))
      return [];
    const metrics = metricsFor(parts);
    if (metrics.length === 0) return [];
    const tier1 = annotate(parts, metrics, []);
    return [
      {
        fingerprint: `metrics:${metrics.map((m) => m.name).join('+')}`,
        severity: 'low',
        confidence: 0.7,
        title: 'Metrics are missing',
        message: `${metrics.map((m) => `${m.name} (${m.type})`).join(', ')} could be watched.`,
        evidence: { metrics: metrics.map((m) => m.name) },
        actions: [
          { kind: 'apply_annotations', label: 'Metrics only', sql: tier1, before: sql, tier: 1 },
          { kind: 'run_tool', label: 'Metrics and alerts', tool: 'analyze_annotations', input: { tier: 2 } },
          { kind: 'run_tool', label: 'All with a dashboard', tool: 'analyze_annotations', input: { tier: 3 } },
        ],
      },
    ];
  },
};
