import type { Artifact, ArtifactKind } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { createElement, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { Artifact as ArtifactView } from '../artifact/Artifact.tsx';
import type { ArtifactActionEvent } from '../artifact/artifact-view.ts';
import { artifactIn } from '../artifact/is-artifact.ts';
import type { LiveQuery } from '../query/live-query.ts';
import type { Renderers } from '../renderers/renderers.ts';
import { StudioProvider } from '../studio/StudioProvider.tsx';
import { VeloTheme, type VeloThemeProps } from '../ui/VeloTheme.tsx';
import { LiveResults } from './LiveResults.tsx';

/** What a page may set on an element of ours. */
export interface VeloElement extends HTMLElement {
  artifact: Artifact | null;
  studio: Studio | null;
  session: Session | null;
  /** Rows to show instead of an artifact; for `<velo-query-results>`. */
  query: LiveQuery | null;
}

const themeOf = (text: string | null): NonNullable<VeloThemeProps['theme']> => (text === 'light' || text === 'dark' ? text : 'auto');

/**
 * Makes the class of one element. It is made on demand because a server has no HTMLElement to extend.
 * The element draws into itself, so that the page's style sheet and its variables reach it.
 */
export function veloElementClass(kind: ArtifactKind | null, renderers: Renderers): CustomElementConstructor {
  return class extends HTMLElement implements VeloElement {
    static readonly observedAttributes = ['artifact', 'theme', 'density', 'label'];
    #artifact: Artifact | null = null;
    #studio: Studio | null = null;
    #session: Session | null = null;
    #query: LiveQuery | null = null;
    #root: Root | null = null;

    get artifact(): Artifact | null {
      return this.#artifact;
    }
    set artifact(value: Artifact | null) {
      this.#artifact = value;
      this.#draw();
    }
    get studio(): Studio | null {
      return this.#studio;
    }
    set studio(value: Studio | null) {
      this.#studio = value;
      this.#draw();
    }
    get session(): Session | null {
      return this.#session;
    }
    set session(value: Session | null) {
      this.#session = value;
      this.#draw();
    }
    get query(): LiveQuery | null {
      return this.#query;
    }
    set query(value: LiveQuery | null) {
      this.#query = value;
      this.#draw();
    }

    connectedCallback(): void {
      this.#draw();
    }

    disconnectedCallback(): void {
      const root = this.#root;
      this.#root = null;
      // Moved within the page it comes back at once; React does not want to be unmounted while it draws.
      queueMicrotask(() => root?.unmount());
    }

    attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
      if (name === 'artifact') this.#artifact = value === null ? null : artifactIn(value);
      this.#draw();
    }

    #draw(): void {
      if (!this.isConnected) return;
      this.#root ??= createRoot(this);
      this.#root.render(this.#content());
    }

    #content(): ReactNode {
      const onAction = ({ name, artifact, subject }: ArtifactActionEvent): void => {
        this.dispatchEvent(new CustomEvent('velo-action', { detail: { name, artifact, subject }, bubbles: true, composed: true }));
      };
      const density = this.getAttribute('density') === 'compact' ? 'compact' : 'comfortable';
      const themed = createElement(VeloTheme, { theme: themeOf(this.getAttribute('theme')), density, renderers, onAction }, this.#shown());
      return this.#studio ? createElement(StudioProvider, { studio: this.#studio, session: this.#session }, themed) : themed;
    }

    #shown(): ReactNode {
      if (this.#query) return createElement(LiveResults, { query: this.#query, title: this.getAttribute('label') ?? 'Results' });
      const artifact = this.#artifact;
      if (!artifact) return null;
      if (kind !== null && artifact.kind !== kind)
        return createElement('p', { role: 'alert' }, `<velo-${kind}> cannot show an artifact of kind "${artifact.kind}"`);
      return createElement(ArtifactView, { artifact });
    }
  };
}
