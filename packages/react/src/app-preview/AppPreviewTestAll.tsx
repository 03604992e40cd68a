import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useAppPreview = dataHookOf('app-preview', 'AppPreview');

/** Tests all queries with one set of data. */
export const AppPreviewTestAll: Part<'button', ActionState> = defineAction('AppPreview.TestAll', (part) =>
  actionOf(useAppPreview(part), 'test-all'),
);
