import { TopicListEmpty } from './TopicListEmpty.tsx';
import { TopicListFilter } from './TopicListFilter.tsx';
import { TopicListRoot } from './TopicListRoot.tsx';
import { TopicListTable } from './TopicListTable.tsx';

interface TopicListParts {
  readonly Root: typeof TopicListRoot;
  readonly Filter: typeof TopicListFilter;
  readonly Table: typeof TopicListTable;
  readonly Empty: typeof TopicListEmpty;
}

/**
 * Topics, files, objects or tables that a connection has.
 *
 * @example
 * <TopicList.Root artifact={artifact}><TopicList.Filter /><TopicList.Table /><TopicList.Empty /></TopicList.Root>
 */
export const TopicList: TopicListParts = {
  Root: TopicListRoot,
  Filter: TopicListFilter,
  Table: TopicListTable,
  Empty: TopicListEmpty,
};
