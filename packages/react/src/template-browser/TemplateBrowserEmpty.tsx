import { definePart, type Part } from '../parts/define-part.ts';
import { type TemplateBrowserState, useTemplateBrowser } from './template-browser-state.ts';

/** Says that nothing fits; absent otherwise. */
export const TemplateBrowserEmpty: Part<'p', TemplateBrowserState> = definePart({
  name: 'TemplateBrowser.Empty',
  tag: 'p',
  use: useTemplateBrowser,
  own: ({ templates, search, category }) =>
    templates.length > 0
      ? null
      : category === null && search.trim() === ''
        ? { children: 'There is no template yet' }
        : { children: `No template${category === null ? '' : ` in ${category}`}${search.trim() === '' ? '' : ` fits “${search.trim()}”`}` },
});
