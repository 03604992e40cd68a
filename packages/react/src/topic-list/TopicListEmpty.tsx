import { definePart, type Part } from '../parts/define-part.ts';
import { type TopicListState, useTopicList } from './topic-list-state.ts';

/** Says why the list is empty; absent otherwise. */
export const TopicListEmpty: Part<'p', TopicListState> = definePart({
  name: 'TopicList.Empty',
  tag: 'p',
  use: useTopicList,
  own: ({ sources, total, filter }) =>
    sources.length > 0 ? null : { children: total === 0 ? 'The connection has nothing to list' : `No name holds “${filter.trim()}”` },
});
