import type { ReactNode } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { SchemaViewer } from '../../schema-viewer/schema-viewer.ts';

/** Fields of sources; first of all what changed, where versions are compared. */
export function SchemaViewerArtifact(): ReactNode {
  const { schemas } = useArtifact<'schema-viewer'>().artifact.data;
  const isEmpty = schemas.length > 0 && schemas.every(({ fields }) => fields.length === 0);
  return (
    <SchemaViewer.Root className="velo-schema">
      <SchemaViewer.Changes className="velo-changes" />
      <SchemaViewer.Warnings className="velo-note" data-tone="warning" />
      {isEmpty ? (
        <p className="velo-empty">No fields: there was no record to read them from</p>
      ) : (
        <SchemaViewer.Fields className="velo-scroll velo-tables velo-lines" role="region" aria-label="Fields" tabIndex={0} />
      )}
    </SchemaViewer.Root>
  );
}
