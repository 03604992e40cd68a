import { DataPreviewEmpty } from './DataPreviewEmpty.tsx';
import { DataPreviewJson } from './DataPreviewJson.tsx';
import { DataPreviewRoot } from './DataPreviewRoot.tsx';
import { DataPreviewTables } from './DataPreviewTables.tsx';

interface DataPreviewParts {
  readonly Root: typeof DataPreviewRoot;
  readonly Tables: typeof DataPreviewTables;
  readonly Json: typeof DataPreviewJson;
  readonly Empty: typeof DataPreviewEmpty;
}

/**
 * Records as they are, one source or several side by side.
 *
 * @example
 * <DataPreview.Root artifact={artifact}><DataPreview.Tables /><DataPreview.Empty /></DataPreview.Root>
 */
export const DataPreview: DataPreviewParts = {
  Root: DataPreviewRoot,
  Tables: DataPreviewTables,
  Json: DataPreviewJson,
  Empty: DataPreviewEmpty,
};
