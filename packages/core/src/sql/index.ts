export type { Diagnostic } from '../diagnostics/diagnostic.ts';
export { validate } from './bind/validate.ts';
export type { Catalog } from './catalog/catalog.ts';
export { createCatalog } from './catalog/create-catalog.ts';
export type { ColumnSchema, TableSchema } from './catalog/schema.ts';
export { listFunctions } from './functions/registry.ts';
export { explain } from './plan/explain.ts';
export { parse } from './syntax/index.ts';
