import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';

/** Other readings of the question; choosing one puts its SQL into the editor. */
export const SqlEditorAlternatives: Part<'ul', SqlEditorState> = definePart({
  name: 'SqlEditor.Alternatives',
  tag: 'ul',
  use: useSqlEditor,
  own: ({ view: { artifact }, setSql }) => {
    const { alternatives = [] } = artifact.data;
    return alternatives.length === 0
      ? null
      : {
          'aria-label': 'Alternatives',
          children: alternatives.map(({ label, sql }) => (
            <li key={label}>
              <button type="button" onClick={() => setSql(sql)}>
                {label}
              </button>
            </li>
          )),
        };
  },
});
