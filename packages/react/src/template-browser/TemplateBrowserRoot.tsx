import type { ReactNode } from 'react';
import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { TemplateBrowserContext, useTemplateBrowserState } from './template-browser-state.ts';

function WithState({ view, children }: { readonly view: ArtifactView<'template-browser'>; readonly children: ReactNode }): ReactNode {
  return <TemplateBrowserContext.Provider value={useTemplateBrowserState(view)}>{children}</TemplateBrowserContext.Provider>;
}

/** Templates with a search and a choice of category. */
export const TemplateBrowserRoot: ArtifactRoot<'template-browser'> = defineRoot('template-browser', 'TemplateBrowser', WithState);
