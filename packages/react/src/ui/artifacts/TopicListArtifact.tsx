import type { ReactNode } from 'react';
import { TopicList } from '../../topic-list/topic-list.ts';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';

/** What a connection has, with a filter. */
export function TopicListArtifact(): ReactNode {
  return (
    <TopicList.Root className="velo-topics">
      <div className="velo-toolbar">
        <TopicList.Filter className="velo-input" />
      </div>
      <ScrollRegion label="Sources">
        <TopicList.Table className="velo-table velo-lines" />
        <TopicList.Empty className="velo-empty" />
      </ScrollRegion>
    </TopicList.Root>
  );
}
