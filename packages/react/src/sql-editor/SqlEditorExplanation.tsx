import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';

/** What the query does, in words; absent where nobody said. */
export const SqlEditorExplanation: Part<'p', SqlEditorState> = definePart({
  name: 'SqlEditor.Explanation',
  tag: 'p',
  use: useSqlEditor,
  own: ({ summary }) => (summary === undefined ? null : { children: summary }),
});
