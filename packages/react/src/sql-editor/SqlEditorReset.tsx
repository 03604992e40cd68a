import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useSqlEditor } from './sql-editor-state.ts';

const useReset = (part: string): ActionState => ({ action: useSqlEditor(part).reset, label: 'Reset' });

/** Goes back to the text that the artifact holds. */
export const SqlEditorReset: Part<'button', ActionState> = defineAction('SqlEditor.Reset', useReset);
