import { definePart, type Part } from '../parts/define-part.ts';
import { type SqlEditorState, useSqlEditor } from './sql-editor-state.ts';

/** A plain text field, which works everywhere; `@velostream/react/monaco` has the full editor. */
export const SqlEditorInput: Part<'textarea', SqlEditorState> = definePart({
  name: 'SqlEditor.Input',
  tag: 'textarea',
  use: useSqlEditor,
  own: ({ sql, setSql, diagnostics, view }) => ({
    value: sql,
    'aria-label': `SQL of ${view.artifact.title}`,
    'aria-invalid': diagnostics.some(({ severity }) => severity === 'error'),
    spellCheck: false,
    autoCapitalize: 'off',
    autoComplete: 'off',
    rows: Math.min(24, Math.max(4, sql.split('\n').length + 1)),
    onChange: (event) => setSql(event.currentTarget.value),
  }),
});
