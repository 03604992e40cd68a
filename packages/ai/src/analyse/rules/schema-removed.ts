import { diffSchemas, type SchemaImpact } from '../diff-schemas.ts';
import { edit, prompt, type Rule } from '../finding.ts';
import { renameColumn } from '../rename-column.ts';

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
          actions: [...fixes(d, deployed?.queries ?? []), prompt('Show the changes', 'show schema changes')],
        }) as const,
    );
  },
};

/** Where a field went under another name, the queries that read it can follow. */
function fixes(d: SchemaImpact, queries: readonly { readonly name: string; readonly sql: string }[]) {
  const to = d.change === 'field_renamed' ? /^use (\S+) for /.exec(d.suggestion ?? '')?.[1] : undefined;
  if (to === undefined) return [];
  return queries
    .filter((q) => d.impact.includes(q.name))
    .map((q) => edit(`Use ${to} in ${q.name}`, renameColumn(q.sql, d.field, to), q.sql));
}
