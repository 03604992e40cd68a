export type { ColumnSchema, TableSchema } from '../../protocol/table-schema.ts';
