import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';

/** Metrics and alerts that the text carries. */
export const SqlEditorAnnotations: Part<'ul', SqlEditorState> = definePart({
  name: 'SqlEditor.Annotations',
  tag: 'ul',
  use: useSqlEditor,
  own: ({ metrics, alerts }) =>
    metrics.length + alerts.length === 0
      ? null
      : {
          'aria-label': 'Annotations',
          children: [...metrics.map((name) => ['metric', name] as const), ...alerts.map((name) => ['alert', name] as const)].map(
            ([kind, name]) => (
              <li key={`${kind}:${name}`} data-annotation={kind}>
                <span data-annotation-kind="">{kind}</span> {name}
              </li>
            ),
          ),
        },
});
