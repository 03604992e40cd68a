import type { ArtifactKind } from '@velostream/core/protocol';
import type { Renderers } from '../renderers/renderers.ts';
import { veloElementClass } from './velo-element.ts';

export const ELEMENT_KINDS: readonly ArtifactKind[] = [
  'sql-editor',
  'query-results',
  'schema-viewer',
  'test-results',
  'deploy-summary',
  'topology',
  'grafana-embed',
  'topic-list',
  'data-preview',
  'app-preview',
  'template-browser',
];

export interface DefineElementsOptions {
  /** Heavy components; without them lighter ones are drawn. */
  readonly renderers?: Renderers;
  /** Other than `velo`, where a page has elements of that name already. */
  readonly prefix?: string;
}

/**
 * Defines one element per kind, such as `<velo-query-results>`, and `<velo-artifact>` for any kind. Set `artifact` (a property, or JSON in
 * the attribute) or, for results, `query`; listen to `velo-action`. Calling it again does nothing.
 */
export function defineElements({ renderers = {}, prefix = 'velo' }: DefineElementsOptions = {}): void {
  for (const kind of [null, ...ELEMENT_KINDS]) {
    const name = `${prefix}-${kind ?? 'artifact'}`;
    if (!customElements.get(name)) customElements.define(name, veloElementClass(kind, renderers));
  }
}
