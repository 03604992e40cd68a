import { definePart, type Part } from '../parts/define-part.ts';
import { type TemplateBrowserState, useTemplateBrowser } from './template-browser-state.ts';

/** Chooses one category or all of them. */
export const TemplateBrowserCategories: Part<'div', TemplateBrowserState> = definePart({
  name: 'TemplateBrowser.Categories',
  tag: 'div',
  use: useTemplateBrowser,
  own: ({ view, category, setCategory }) => ({
    role: 'group',
    'aria-label': 'Categories',
    children: [{ name: null, count: view.artifact.data.templates.length }, ...view.artifact.data.categories].map(({ name, count }) => (
      <button key={name ?? ''} type="button" aria-pressed={category === name} onClick={() => setCategory(name)}>
        {name ?? 'All'} {count > 1 && <span data-count="">{count}</span>}
      </button>
    )),
  }),
});
