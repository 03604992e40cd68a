import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** What is doubtful about a schema; absent when nothing is. */
export const SchemaViewerWarnings: Part<'ul', ArtifactView<'schema-viewer'>> = definePart({
  name: 'SchemaViewer.Warnings',
  tag: 'ul',
  use: dataHookOf('schema-viewer', 'SchemaViewer'),
  own: ({ artifact }) => {
    const warnings = artifact.data.schemas.flatMap(({ name, warnings = [] }) => warnings.map((text) => `${name}: ${text}`));
    return warnings.length === 0 ? null : { 'aria-label': 'Warnings', children: warnings.map((text) => <li key={text}>{text}</li>) };
  },
});
