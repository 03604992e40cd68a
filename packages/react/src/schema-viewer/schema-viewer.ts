import { SchemaViewerChanges } from './SchemaViewerChanges.tsx';
import { SchemaViewerFields } from './SchemaViewerFields.tsx';
import { SchemaViewerRoot } from './SchemaViewerRoot.tsx';
import { SchemaViewerWarnings } from './SchemaViewerWarnings.tsx';

interface SchemaViewerParts {
  readonly Root: typeof SchemaViewerRoot;
  readonly Fields: typeof SchemaViewerFields;
  readonly Warnings: typeof SchemaViewerWarnings;
  readonly Changes: typeof SchemaViewerChanges;
}

/**
 * Fields, types and samples of sources, and differences between versions.
 *
 * @example
 * <SchemaViewer.Root artifact={artifact}><SchemaViewer.Changes /><SchemaViewer.Fields /><SchemaViewer.Warnings /></SchemaViewer.Root>
 */
export const SchemaViewer: SchemaViewerParts = {
  Root: SchemaViewerRoot,
  Fields: SchemaViewerFields,
  Warnings: SchemaViewerWarnings,
  Changes: SchemaViewerChanges,
};
