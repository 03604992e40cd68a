import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useTemplateDetail = dataHookOf('app-preview', 'TemplateDetail');

/** Asks to use the template. */
export const TemplateDetailUse: Part<'button', ActionState> = defineAction('TemplateDetail.Use', (part) =>
  actionOf(useTemplateDetail(part), 'use-template'),
);
