import type { ColumnSchema } from '../../protocol/table-schema.ts';
import type { Field } from '../../values/column.ts';
import { typeText } from '../../values/type-text.ts';

/** A column as public APIs describe it. */
export const columnSchema = ({ name, type, nullable }: Field): ColumnSchema => ({
  name,
  type: typeText(type),
  nullable,
  ...(type.kind === 'integer' &&
    type.instant && { format: 'epoch-ms' as const, ...(type.instant === 'window' && { windowBound: true as const }) }),
});
