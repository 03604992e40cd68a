import type { ColumnSchema } from '../protocol/table-schema.ts';
import type { Field } from '../values/column.ts';
import { parseTypeText } from '../values/type-text.ts';
import { ANY } from '../values/types.ts';

export const createCatalogField = ({ name, type, nullable }: ColumnSchema): Field => ({
  name,
  type: parseTypeText(type) ?? ANY,
  nullable: nullable ?? true,
});
