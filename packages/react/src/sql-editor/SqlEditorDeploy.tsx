import { labelOf } from '../artifact/artifact-view.ts';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useSqlEditor } from './sql-editor-state.ts';

function useDeploy(part: string): ActionState {
  const { deploy, view } = useSqlEditor(part);
  const { actions } = view.artifact;
  return {
    action: deploy,
    label: labelOf('deploy', actions),
    isPending: view.pending === 'deploy',
    isAbsent: !actions.some(({ name }) => name === 'deploy'),
  };
}

/** Deploys the text as it stands. */
export const SqlEditorDeploy: Part<'button', ActionState> = defineAction('SqlEditor.Deploy', useDeploy);
