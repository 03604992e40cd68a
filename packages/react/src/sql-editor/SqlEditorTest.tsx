import { labelOf } from '../artifact/artifact-view.ts';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useSqlEditor } from './sql-editor-state.ts';

function useTest(part: string): ActionState {
  const { test, view } = useSqlEditor(part);
  const { actions } = view.artifact;
  return {
    action: test,
    label: labelOf('test', actions),
    isPending: view.pending === 'test',
    isAbsent: !actions.some(({ name }) => name === 'test'),
  };
}

/** Tests the text as it stands. */
export const SqlEditorTest: Part<'button', ActionState> = defineAction('SqlEditor.Test', useTest);
