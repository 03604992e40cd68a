import type * as Monaco from 'monaco-editor';
import { holdCancellations } from './hold-cancellations.ts';
import { LANGUAGE, LANGUAGE_CONFIGURATION, languageTokens } from './language-tokens.ts';
import { registerProviders } from './providers.ts';
import { areInlineStylesForbidden, canConstructStyles, constructStyles } from './strict-styles.ts';

export type MonacoApi = typeof Monaco;

let loading: Promise<MonacoApi> | undefined;
let inlineStyles: MonacoSetup['inlineStyles'] = 'probe';

export interface MonacoSetup {
  /**
   * Whether the policy of the page lets Monaco use style elements and attributes. `probe`, the default, tries it once, which such a policy reports;
   * `forbidden` says so beforehand, and nothing is reported.
   */
  readonly inlineStyles: 'probe' | 'allowed' | 'forbidden';
}

/** Before the first editor is drawn. */
export function configureMonaco(setup: MonacoSetup): void {
  inlineStyles = setup.inlineStyles;
}

/**
 * The editor from the host's own bundle, once per page: its core, and the features that SQL needs. No worker is started and nothing is
 * fetched from elsewhere.
 */
export function loadMonaco(): Promise<MonacoApi> {
  loading ??= load().catch((reason: unknown) => {
    loading = undefined;
    throw reason;
  });
  return loading;
}

const FORBIDDEN = 'the policy of this page forbids inline styles';

async function load(): Promise<MonacoApi> {
  const isForbidden = inlineStyles === 'forbidden' || (inlineStyles === 'probe' && areInlineStylesForbidden());
  if (isForbidden && !canConstructStyles()) throw new Error(`${FORBIDDEN}, and this browser has no style sheets of another kind`);
  const hooks = isForbidden ? constructStyles() : undefined;
  // The subpaths carry no types of their own beside the API, which is that of the package.
  const api = (await import('monaco-editor/editor/editor.api')) as unknown as MonacoApi;
  await import('./monaco-features.ts');
  if (hooks?.tookHold() === false) throw new Error(`${FORBIDDEN}, and Monaco was loaded before this editor could see to it`);
  holdCancellations(globalThis);
  api.languages.register({ id: LANGUAGE, extensions: ['.sql'], aliases: ['Velostream SQL'] });
  api.languages.setLanguageConfiguration(LANGUAGE, LANGUAGE_CONFIGURATION);
  api.languages.setMonarchTokensProvider(LANGUAGE, languageTokens([]));
  registerProviders(api);
  return api;
}

const coloured = new WeakMap<MonacoApi, number>();

/** Colours the engine's functions, once their list is known. */
export function colourFunctions(api: MonacoApi, names: readonly string[]): void {
  if (coloured.get(api) === names.length) return;
  coloured.set(api, names.length);
  api.languages.setMonarchTokensProvider(LANGUAGE, languageTokens(names));
}
