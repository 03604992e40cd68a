import { diffSchemas } from '../diff-schemas.ts';
import { prompt, type Rule } from '../finding.ts';

/** A field of another type than the queries expect. */
export const typeChanged: Rule = {
  id: 'type-changed',
  triggers: ['thread_open', 'poll'],
  run({ deployed, schemas }) {
    const changed = deployed
      ? diffSchemas(deployed.before, schemas, deployed.queries).filter((d) => d.change === 'type_changed' && d.severity !== 'info')
      : [];
    return changed.map(
      (d) =>
        ({
          fingerprint: `type:${d.source}.${d.field}`,
          severity: 'high',
          confidence: 0.85,
          title: 'A type changed',
          message: `${d.field} of ${d.source} went from ${d.oldType} to ${d.newType}${d.impact.length > 0 ? `, which ${d.impact.join(', ')} reads` : ''}.`,
          evidence: { source: d.source, field: d.field, types: [d.oldType ?? '', d.newType ?? ''], queries: d.impact },
          actions: [prompt('Cast it', `use ${d.suggestion ?? 'a cast'}`)],
        }) as const,
    );
  },
};
