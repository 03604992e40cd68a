export { complete } from './complete.ts';
export type { Completion, CompletionKind } from './completion.ts';
export { type FormatOptions, format } from './format.ts';
export { type Hover, hover } from './hover.ts';
export type { LanguageOptions } from './scope.ts';
export { type Signature, signature } from './signature.ts';
