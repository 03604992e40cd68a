import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useAppPreview = dataHookOf('app-preview', 'AppPreview');

/** Asks to edit the queries. */
export const AppPreviewEditQueries: Part<'button', ActionState> = defineAction('AppPreview.EditQueries', (part) =>
  actionOf(useAppPreview(part), 'edit'),
);
