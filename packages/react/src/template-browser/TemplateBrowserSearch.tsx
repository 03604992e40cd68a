import { definePart, type Part } from '../parts/define-part.ts';
import { type TemplateBrowserState, useTemplateBrowser } from './template-browser-state.ts';

/** Finds templates by name, description, tag or question. */
export const TemplateBrowserSearch: Part<'input', TemplateBrowserState> = definePart({
  name: 'TemplateBrowser.Search',
  tag: 'input',
  use: useTemplateBrowser,
  own: ({ search, setSearch }) => ({
    type: 'search',
    value: search,
    'aria-label': 'Search templates',
    placeholder: 'Search templates',
    onChange: (event) => setSearch(event.currentTarget.value),
  }),
});
