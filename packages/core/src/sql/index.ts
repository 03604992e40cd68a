export type { Diagnostic } from '../diagnostics/diagnostic.ts';
export type { Catalog } from './catalog/catalog.ts';
export type { ColumnSchema, TableSchema } from './catalog/schema.ts';
export { type ExplainOptions, type ExplainStage, explain } from './plan/explain.ts';
export { type PlanJson, type PlanNodeJson, planToJson } from './plan/plan-to-json.ts';
