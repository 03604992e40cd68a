import type { TemplateSummary } from '@velostream/core/protocol/deploy';
import { useMemo, useState } from 'react';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { partContext } from '../parts/part-context.ts';

export interface TemplateBrowserState {
  readonly view: ArtifactView<'template-browser'>;
  readonly search: string;
  setSearch(text: string): void;
  /** `null`: all. */
  readonly category: string | null;
  setCategory(name: string | null): void;
  readonly templates: readonly TemplateSummary[];
  readonly use: ((template: TemplateSummary) => void) | null;
  readonly inspect: ((template: TemplateSummary) => void) | null;
}

export const { Context: TemplateBrowserContext, use: useTemplateBrowser } = partContext<TemplateBrowserState>(
  'TemplateBrowser',
  ' artifact={...}',
);

const holds = ({ name, description, tags, questions }: TemplateSummary, wanted: string): boolean =>
  [name, description, ...tags, ...questions].some((text) => text.toLowerCase().includes(wanted));

export function useTemplateBrowserState(view: ArtifactView<'template-browser'>): TemplateBrowserState {
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const all = view.artifact.data.templates;
  const templates = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return all.filter((template) => (category === null || template.category === category) && (wanted === '' || holds(template, wanted)));
  }, [all, search, category]);
  const { act, artifact } = view;
  const offered = (name: 'use-template' | 'inspect') =>
    act && artifact.actions.some((action) => action.name === name) ? (template: TemplateSummary) => act(name, { id: template.id }) : null;
  return { view, search, setSearch, category, setCategory, templates, use: offered('use-template'), inspect: offered('inspect') };
}
