import { diffSchemas } from '../diff-schemas.ts';
import { prompt, type Rule } from '../finding.ts';

/** New fields of a source that is in use. */
export const schemaAdded: Rule = {
  id: 'schema-added',
  triggers: ['thread_open', 'poll'],
  run({ deployed, schemas }) {
    const added = deployed ? diffSchemas(deployed.before, schemas, deployed.queries).filter((d) => d.change === 'field_added') : [];
    return added.map(
      (d) =>
        ({
          fingerprint: `added:${d.source}.${d.field}`,
          severity: 'info',
          confidence: 0.9,
          title: 'A new field',
          message: `${d.source} has a new field ${d.field}.`,
          evidence: { source: d.source, field: d.field },
          actions: [prompt('Use it', `also by ${d.field}`)],
        }) as const,
    );
  },
};
