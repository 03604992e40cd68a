export type { Diagnostic } from '../diagnostics/diagnostic.ts';
export type { Comment, Expression, Query, Statement, StatementBody } from './ast/index.ts';
export { outlineScript, type ScriptOutline, type StatementOutline } from './bind/outline-script.ts';
export { type ValidateOptions, validate } from './bind/validate.ts';
export type { Catalog } from './catalog/catalog.ts';
export { createCatalog } from './catalog/create-catalog.ts';
export type { ColumnSchema, TableSchema } from './catalog/schema.ts';
export { type FunctionInfo, listFunctions } from './functions/all-functions.ts';
export {
  type Completion,
  type CompletionKind,
  complete,
  type FormatOptions,
  format,
  type Hover,
  hover,
  type LanguageOptions,
  type Signature,
  signature,
} from './language/index.ts';
export { explain } from './plan/explain.ts';
export {
  type AlertAnnotation,
  type ApplicationHeader,
  extractAnnotations,
  type MetricAnnotation,
  type ParseOptions,
  type ParseResult,
  parse,
  type SqlAnnotations,
  type StatementInfo,
  substituteVariables,
  type VizHint,
} from './syntax/index.ts';
export { mendSyntax } from './syntax/mend/mend-syntax.ts';
