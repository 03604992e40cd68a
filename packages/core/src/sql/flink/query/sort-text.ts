import type { SortKey } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import { printExpression } from '../expression/print-expression.ts';
import type { PrintedRow } from '../printed-row.ts';

/** NULLs come first in ascending order on both; they are named where it is otherwise. */
export const sortText = (keys: readonly SortKey[], row: PrintedRow, cx: FlinkContext): string =>
  keys
    .map(({ expr, descending, nullsFirst }) => {
      const nulls = nullsFirst === !descending ? '' : ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
      return `${printExpression(expr, row, cx)}${descending ? ' DESC' : ''}${nulls}`;
    })
    .join(', ');
