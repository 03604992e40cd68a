import type { ReactNode } from 'react';
import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { TopicListContext, useTopicListState } from './topic-list-state.ts';

function WithState({ view, children }: { readonly view: ArtifactView<'topic-list'>; readonly children: ReactNode }): ReactNode {
  return <TopicListContext.Provider value={useTopicListState(view)}>{children}</TopicListContext.Provider>;
}

/** Topics, files or tables of a connection, with a filter over their names. */
export const TopicListRoot: ArtifactRoot<'topic-list'> = defineRoot('topic-list', 'TopicList', WithState);
