export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

const NUMBER = /^(INTEGER|INT|BIGINT|SMALLINT|FLOAT|DOUBLE|REAL|DECIMAL|NUMERIC|SCALED_INTEGER)\b/i;
/** Window bounds are times, also where their type is that of a number of milliseconds. */
const WINDOW_BOUND = /^_?window_?(start|end)$/i;

export const isTime = ({ name, type }: TypedColumn): boolean => /^TIMESTAMP\b/i.test(type) || WINDOW_BOUND.test(name);
export const isNumber = (column: TypedColumn): boolean => NUMBER.test(column.type) && !isTime(column);
export const isWhole = ({ type }: TypedColumn): boolean => /^(INTEGER|INT|BIGINT|SMALLINT)\b/i.test(type);
