import { type ReactNode, useState } from 'react';
import { DataPreview } from '../../data-preview/data-preview.ts';
import { Segments } from '../controls/Segments.tsx';

const SHAPES = [
  { value: 'table', label: 'Table', icon: 'rows' },
  { value: 'json', label: 'JSON', icon: 'code' },
] as const;

/** Records as a table or as JSON; several sources stand side by side. */
export function DataPreviewArtifact(): ReactNode {
  const [shape, setShape] = useState<'table' | 'json'>('table');
  return (
    <DataPreview.Root className="velo-preview">
      <div className="velo-toolbar">
        <Segments label="Shown as" value={shape} options={SHAPES} onChange={setShape} />
      </div>
      {shape === 'table' ? (
        <DataPreview.Tables className="velo-scroll velo-tables" role="region" aria-label="Records" tabIndex={0} />
      ) : (
        <DataPreview.Json className="velo-scroll velo-sql" />
      )}
      <DataPreview.Empty className="velo-empty" />
    </DataPreview.Root>
  );
}
