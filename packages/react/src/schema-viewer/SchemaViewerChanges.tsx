import type { ArtifactData } from '@velostream/core/protocol';
import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

type Change = NonNullable<ArtifactData['schema-viewer']['diff']>[number];

function changeText({ change, oldType, newType }: Change): string {
  switch (change) {
    case 'field_added':
      return `was added${newType === undefined ? '' : ` as ${newType}`}`;
    case 'field_removed':
      return 'was removed';
    case 'field_renamed':
      return `has another name now${newType ? ` (${newType})` : ''}`;
    case 'type_changed':
      return `changed its type from ${oldType ?? 'unknown'} to ${newType ?? 'unknown'}`;
  }
}

/** What changed between two versions, with what it affects; absent unless versions are compared. */
export const SchemaViewerChanges: Part<'ol', ArtifactView<'schema-viewer'>> = definePart({
  name: 'SchemaViewer.Changes',
  tag: 'ol',
  use: dataHookOf('schema-viewer', 'SchemaViewer'),
  own: ({ artifact: { data } }) =>
    !data.diff
      ? null
      : {
          'aria-label': 'Changes',
          children:
            data.diff.length === 0 ? (
              <li data-change="none">Nothing changed</li>
            ) : (
              data.diff.map((change) => (
                <li key={`${change.source}.${change.field}.${change.change}`} data-change={change.change} data-severity={change.severity}>
                  <strong>{`${change.source}.${change.field}`}</strong> {changeText(change)}
                  {change.impact.length > 0 && <span data-impact="">{`Affects ${change.impact.join(', ')}`}</span>}
                  {change.suggestion !== undefined && <span data-suggestion="">{change.suggestion}</span>}
                </li>
              ))
            ),
        },
});
