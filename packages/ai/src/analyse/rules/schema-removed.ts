import { diffSchemas } from '../diff-schemas.ts';
import { prompt, type Rule } from '../finding.ts';

/** A field that is gone, and queries that read it. */
export const schemaRemoved: Rule = {
  id: 'schema-removed',
  triggers: ['thread_open', 'poll'],
  run({ deployed, schemas }) {
    const gone = deployed
      ? diffSchemas(deployed.before, schemas, deployed.queries).filter(
          (d) => (d.change === 'field_removed' || d.change === 'field_renamed') && d.impact.length > 0,
        )
      : [];
    return gone.map(
      (d) =>
        ({
          fingerprint: `removed:${d.source}.${d.field}`,
          severity: 'high',
          confidence: 0.9,
          title: 'A field is gone',
          message: `${d.impact.join(', ')} reads ${d.field}, which ${d.source} has no more${d.suggestion === undefined ? '' : `: ${d.suggestion}`}.`,
          evidence: { source: d.source, field: d.field, queries: d.impact },
          actions: [prompt('Show the changes', 'show schema changes')],
        }) as const,
    );
  },
};
