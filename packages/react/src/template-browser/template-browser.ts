import { TemplateBrowserCards } from './TemplateBrowserCards.tsx';
import { TemplateBrowserCategories } from './TemplateBrowserCategories.tsx';
import { TemplateBrowserEmpty } from './TemplateBrowserEmpty.tsx';
import { TemplateBrowserRoot } from './TemplateBrowserRoot.tsx';
import { TemplateBrowserSearch } from './TemplateBrowserSearch.tsx';

interface TemplateBrowserParts {
  readonly Root: typeof TemplateBrowserRoot;
  readonly Search: typeof TemplateBrowserSearch;
  readonly Categories: typeof TemplateBrowserCategories;
  readonly Cards: typeof TemplateBrowserCards;
  readonly Empty: typeof TemplateBrowserEmpty;
}

/**
 * Templates to choose from.
 *
 * @example
 * <TemplateBrowser.Root artifact={artifact}><TemplateBrowser.Search /><TemplateBrowser.Cards /><TemplateBrowser.Empty /></TemplateBrowser.Root>
 */
export const TemplateBrowser: TemplateBrowserParts = {
  Root: TemplateBrowserRoot,
  Search: TemplateBrowserSearch,
  Categories: TemplateBrowserCategories,
  Cards: TemplateBrowserCards,
  Empty: TemplateBrowserEmpty,
};
