/** A column of a result, with the type as the gateway tells it: `{ "type": "DECIMAL", "precision": 10, … }`. */
export interface ResultColumn {
  readonly name: string;
  readonly logicalType: LogicalType;
}

export interface LogicalType {
  readonly type: string;
  readonly nullable?: boolean;
  readonly scale?: number;
  readonly elementType?: LogicalType;
  readonly keyType?: LogicalType;
  readonly valueType?: LogicalType;
  readonly fields?: readonly { readonly name: string; readonly fieldType: LogicalType }[];
}

/** A number as it stood in the answer: digits past 2^53 and zeros behind the point are data. */
class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON in which every number keeps its digits; `valueOf` of a column's type makes the value. */
export function parseWithDigits(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' ? new WrittenNumber(context?.source ?? String(value)) : value;
  // The third argument is newer than the declared type.
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

/** Integers as `number`, or `bigint` past 2^53; decimals as text with their digits; rows and maps as plain objects. */
export function resultValue(value: unknown, type: LogicalType | undefined): unknown {
  if (value instanceof WrittenNumber) return numberOf(value.text, type);
  if (Array.isArray(value)) return type?.type === 'ROW' ? rowOf(value, type) : value.map((item) => resultValue(item, type?.elementType));
  if (typeof value !== 'object' || value === null) return value;
  const fields = new Map(type?.fields?.map((field) => [field.name, field.fieldType]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resultValue(item, fields.get(key) ?? type?.valueType)]));
}

const rowOf = (values: readonly unknown[], { fields = [] }: LogicalType): unknown =>
  Object.fromEntries(values.map((value, i) => [fields[i]?.name ?? `f${i}`, resultValue(value, fields[i]?.fieldType)]));

function numberOf(text: string, type: LogicalType | undefined): number | bigint | string {
  if (type?.type === 'DECIMAL') return withScale(text, type.scale ?? 0);
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) && !/FLOAT|DOUBLE/.test(type?.type ?? '') ? BigInt(text) : value;
}

/** The gateway leaves zeros at the end out. */
function withScale(text: string, scale: number): string {
  const [whole = '', digits = ''] = text.split('.');
  return digits.length >= scale || /[eE]/.test(text) ? text : `${whole}.${digits.padEnd(scale, '0')}`;
}
