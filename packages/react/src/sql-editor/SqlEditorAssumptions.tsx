import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';

/** What was assumed where the question left it open; absent once the text is another one. */
export const SqlEditorAssumptions: Part<'ul', SqlEditorState> = definePart({
  name: 'SqlEditor.Assumptions',
  tag: 'ul',
  use: useSqlEditor,
  own: ({ view: { artifact }, isChanged }) => {
    const { assumptions = [] } = artifact.data;
    return assumptions.length === 0 || isChanged
      ? null
      : { 'aria-label': 'Assumptions', children: assumptions.map((text) => <li key={text}>{text}</li>) };
  },
});
