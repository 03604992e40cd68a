export { redactUri } from '../redact-uri.ts';
export { isSecretName } from '../secrets/secret-name.ts';
export { PRIVATE_KEY, TOKEN } from '../secrets/token-forms.ts';
export { type DocumentedOptions, defineOptions, type OptionsIn, type OptionsOf } from './define-options.ts';
export { type OptionSpec, option } from './option.ts';
export { resolveOptions } from './resolve-options.ts';
export { uriParts } from './uri-parts.ts';
