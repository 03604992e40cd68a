import { definePart, type Part } from '../parts/define-part.ts';
import { type TopicListState, useTopicList } from './topic-list-state.ts';

/** Narrows the list by part of a name. */
export const TopicListFilter: Part<'input', TopicListState> = definePart({
  name: 'TopicList.Filter',
  tag: 'input',
  use: useTopicList,
  own: ({ filter, setFilter }) => ({
    type: 'search',
    value: filter,
    'aria-label': 'Filter by name',
    placeholder: 'Filter by name',
    onChange: (event) => setFilter(event.currentTarget.value),
  }),
});
