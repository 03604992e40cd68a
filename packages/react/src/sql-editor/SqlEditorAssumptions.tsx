import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';

/** What was assumed where the question left it open. */
export const SqlEditorAssumptions: Part<'ul', SqlEditorState> = definePart({
  name: 'SqlEditor.Assumptions',
  tag: 'ul',
  use: useSqlEditor,
  own: ({ view: { artifact } }) => {
    const { assumptions = [] } = artifact.data;
    return assumptions.length === 0
      ? null
      : { 'aria-label': 'Assumptions', children: assumptions.map((text) => <li key={text}>{text}</li>) };
  },
});
