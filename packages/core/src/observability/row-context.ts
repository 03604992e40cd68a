import { systemClock, systemRng } from '../engine/default-ports.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { compileExpression } from '../runtime/compile/compile-expression.ts';
import { DEFAULT_LIMITS } from '../runtime/limits.ts';
import type { RuntimeContext } from '../runtime/operator.ts';
import { noTables } from '../runtime/tables/no-tables.ts';
import type { Expression } from '../sql/ast/index.ts';
import { bindPredicate } from '../sql/bind/bind-predicate.ts';
import { provideWholeLanguage } from '../sql/bind/whole-language.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { createCatalogField } from './row-fields.ts';

/** A condition on one row of a batch. What cannot be calculated, and NULL, count as false. */
export type RowCondition = (batch: RecordBatch, row: number) => boolean;

const context: RuntimeContext = {
  codegen: false,
  batchRows: 1,
  limits: DEFAULT_LIMITS,
  clock: systemClock,
  rng: systemRng,
  changes: 'per-record',
  tables: noTables(),
  recordError: () => {},
  warn: () => {},
  deadLetter: () => {},
};

/**
 * Compiles the condition of a metric or an alert over the output columns of a query. `problem` says why it cannot be; nothing is ever
 * turned into source code.
 */
export function rowCondition(
  expression: Expression,
  sql: string,
  fields: readonly Field[],
): { readonly test?: RowCondition; readonly problem?: string } {
  provideWholeLanguage();
  const { expr, problems } = bindPredicate(expression, fields, { sql, catalog: null });
  if (expr === null) return { problem: problems[0]?.message ?? 'it cannot be understood' };
  const evaluate = compileExpression(expr, { context, subquery: () => () => null });
  return {
    test(batch, row) {
      try {
        return evaluate(batch, row) === true;
      } catch {
        // A row that cannot be calculated does not fulfil the condition; it is no failure of the query.
        return false;
      }
    },
  };
}

/** Columns of a schema as the binder has them. */
export const fieldsOfSchema = (schema: TableSchema): readonly Field[] => schema.columns.map(createCatalogField);
