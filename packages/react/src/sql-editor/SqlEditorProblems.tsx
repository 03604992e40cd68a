import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';
import { fixOf } from './sql-fix.ts';

/** What is wrong with the text, with its place, a hint and, where there is one, a fix. */
export const SqlEditorProblems: Part<'ul', SqlEditorState> = definePart({
  name: 'SqlEditor.Problems',
  tag: 'ul',
  use: useSqlEditor,
  own: ({ diagnostics, sql, setSql }) =>
    diagnostics.length === 0
      ? null
      : {
          'aria-label': 'Problems',
          children: diagnostics.map((diagnostic) => {
            const fix = fixOf(diagnostic, sql);
            return (
              <li key={`${diagnostic.code}:${diagnostic.start}`} data-severity={diagnostic.severity} data-code={diagnostic.code}>
                <span data-place="">{`${diagnostic.line}:${diagnostic.column}`}</span> <span data-message="">{diagnostic.message}</span>
                {diagnostic.hint !== undefined && <span data-hint="">{diagnostic.hint}</span>}
                {fix && (
                  <button type="button" onClick={() => setSql(fix.sql)}>
                    {fix.label}
                  </button>
                )}
              </li>
            );
          }),
        },
});
