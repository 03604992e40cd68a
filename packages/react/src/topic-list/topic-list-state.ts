import type { SourceInfo } from '@velostream/core/protocol/explore';
import { useMemo, useState } from 'react';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { partContext } from '../parts/part-context.ts';

export interface TopicListState {
  readonly view: ArtifactView<'topic-list'>;
  readonly filter: string;
  setFilter(text: string): void;
  /** What the filter leaves, by name. */
  readonly sources: readonly SourceInfo[];
  readonly total: number;
  /** Looks into one; `null` where the artifact does not offer it. */
  readonly inspect: ((source: SourceInfo) => void) | null;
  readonly peek: ((source: SourceInfo) => void) | null;
}

export const { Context: TopicListContext, use: useTopicList } = partContext<TopicListState>('TopicList', ' artifact={...}');

const offers = ({ artifact, act }: ArtifactView<'topic-list'>, name: 'inspect' | 'peek') =>
  act && artifact.actions.some((action) => action.name === name) ? (source: SourceInfo) => act(name, { id: source.id }) : null;

export function useTopicListState(view: ArtifactView<'topic-list'>): TopicListState {
  const [filter, setFilter] = useState('');
  const all = view.artifact.data.sources;
  const sources = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? all : all.filter(({ name, namespace = '' }) => `${namespace}.${name}`.toLowerCase().includes(wanted));
  }, [all, filter]);
  return { view, filter, setFilter, sources, total: all.length, inspect: offers(view, 'inspect'), peek: offers(view, 'peek') };
}
