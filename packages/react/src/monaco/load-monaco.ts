import type * as Monaco from 'monaco-editor';
import { LANGUAGE, LANGUAGE_CONFIGURATION, languageTokens } from './language-tokens.ts';
import { registerProviders } from './providers.ts';

export type MonacoApi = typeof Monaco;

let loading: Promise<MonacoApi> | undefined;

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

async function load(): Promise<MonacoApi> {
  // The subpaths carry no types of their own beside the API, which is that of the package.
  const api = (await import('monaco-editor/editor/editor.api')) as unknown as MonacoApi;
  await import('./monaco-features.ts');
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
