export type { Diagnostic } from '../diagnostics/diagnostic.ts';
export type { Catalog } from './catalog/catalog.ts';
export type { ColumnSchema, TableSchema } from './catalog/schema.ts';
