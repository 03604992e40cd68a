import type { ReactNode } from 'react';
import { SchemaViewer } from '../../schema-viewer/schema-viewer.ts';

/** Fields of sources; first of all what changed, where versions are compared. */
export function SchemaViewerArtifact(): ReactNode {
  return (
    <SchemaViewer.Root className="velo-schema">
      <SchemaViewer.Changes className="velo-changes" />
      <SchemaViewer.Warnings className="velo-note" data-tone="warning" />
      <SchemaViewer.Fields className="velo-scroll velo-tables" role="region" aria-label="Fields" tabIndex={0} />
    </SchemaViewer.Root>
  );
}
