import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useSqlEditor } from './sql-editor-state.ts';

const useFormat = (part: string): ActionState => ({ action: useSqlEditor(part).format, label: 'Format' });

/** Lays the text out. */
export const SqlEditorFormat: Part<'button', ActionState> = defineAction('SqlEditor.Format', useFormat);
