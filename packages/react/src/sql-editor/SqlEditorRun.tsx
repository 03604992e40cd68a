import { labelOf } from '../artifact/artifact-view.ts';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useSqlEditor } from './sql-editor-state.ts';

function useRun(part: string): ActionState {
  const { run, view } = useSqlEditor(part);
  const { actions } = view.artifact;
  return {
    action: run,
    label: labelOf('run', actions),
    isPending: view.pending === 'run',
    isAbsent: !actions.some(({ name }) => name === 'run'),
  };
}

/** Runs the text as it stands. */
export const SqlEditorRun: Part<'button', ActionState> = defineAction('SqlEditor.Run', useRun);
