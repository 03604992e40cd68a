/**
 * A value in generated code. `code` is a name or an access without effects; `isNull` a condition, or null when it never is.
 *
 * * `num`: a double: floats, times, and integers and unscaled decimals in the safe range
 * * `bool`: a JavaScript boolean
 * * `str`: a string
 * * `dict`: a code of the dictionary called `dictionary`
 * * `any`: a scalar, `null` for NULL
 */
export type Value =
  | {
      readonly rep: 'num';
      readonly code: string;
      readonly isNull: string | null /** A literal, hence not NaN. */;
      readonly literal?: boolean;
    }
  | { readonly rep: 'bool'; readonly code: string; readonly isNull: string | null }
  | { readonly rep: 'str'; readonly code: string; readonly isNull: string | null }
  | { readonly rep: 'dict'; readonly code: string; readonly isNull: string | null; readonly dictionary: string }
  | { readonly rep: 'any'; readonly code: string };

export type Rep = Value['rep'];

/** Condition under which a value is NULL; null: never. */
export const nullOf = (value: Value): string | null => (value.rep === 'any' ? `${value.code} === null` : value.isNull);

/** Condition under which one of several values is NULL. */
export function anyNull(values: readonly Value[]): string | null {
  const conditions = [...new Set(values.map(nullOf).filter((c): c is string => c !== null))];
  return conditions.length === 0 ? null : conditions.join(' || ');
}

/** Text of a value that is not NULL and has rep `str` or `dict`. */
export const textCode = (value: Extract<Value, { rep: 'str' } | { rep: 'dict' }>): string =>
  value.rep === 'str' ? value.code : `${value.dictionary}.at(${value.code})`;

/** A value as a scalar. */
export function scalarCode(value: Value): string {
  if (value.rep === 'any') return value.code;
  const plain = value.rep === 'dict' ? textCode(value) : value.code;
  return value.isNull === null ? plain : `(${value.isNull} ? null : ${plain})`;
}
