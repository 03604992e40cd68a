import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useAppPreview = dataHookOf('app-preview', 'AppPreview');

/** Deploys the application. */
export const AppPreviewDeployApp: Part<'button', ActionState> = defineAction('AppPreview.DeployApp', (part) =>
  actionOf(useAppPreview(part), 'deploy-app'),
);
