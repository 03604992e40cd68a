import { code } from '../define-codes.ts';

const LITERALS: { readonly [type: string]: string } = {
  DATE: "a day such as '2025-03-04'",
  TIME: "a time such as '05:06:07'",
  TIMESTAMP: "a time such as '2025-03-04 05:06:07'",
  INTEGER: 'a whole number',
  FLOAT: 'a number',
  BOOLEAN: 'TRUE or FALSE',
};

/** Types: operators, conditions, casts. */
export const TYPE_CODES = {
  VS2020: code<{ name: string; nearest: string | undefined }>({
    reason: 'unknown-type',
    severity: 'error',
    message: ({ name }) => `data type "${name}" does not exist`,
    hint: ({ nearest }) =>
      nearest === undefined ? 'Use INTEGER, FLOAT, DECIMAL(p, s), STRING, BOOLEAN or TIMESTAMP.' : `Did you mean ${nearest}?`,
  }),
  VS2021: code<{ operator: string; left: string; right: string; hint?: string }>({
    reason: 'operator-types',
    severity: 'error',
    message: ({ operator, left, right }) => `operator "${operator}" does not take ${left} and ${right}`,
    hint: ({ hint }) => hint ?? 'Convert one side with CAST.',
  }),
  VS2022: code<{ operator: string; type: string }>({
    reason: 'operand-type',
    severity: 'error',
    message: ({ operator, type }) => `operator "${operator}" does not take ${type}`,
    hint: () => 'Convert the operand with CAST.',
  }),
  VS2023: code<{ left: string; right: string }>({
    reason: 'never-equal',
    severity: 'warning',
    message: ({ left, right }) => `${left} and ${right} are never equal`,
    hint: () => 'Convert one side with CAST.',
  }),
  VS2024: code<{ from: string; to: string }>({
    reason: 'impossible-cast',
    severity: 'error',
    message: ({ from, to }) => `${from} cannot be cast to ${to}`,
    hint: () => 'Cast to STRING first, or take out the part that you need.',
  }),
  VS2025: code<{ what: string; first: string; other: string }>({
    reason: 'no-common-type',
    severity: 'error',
    message: ({ what, first, other }) => `${what} have no common type: ${first} and ${other}`,
    hint: () => 'Convert them to one type with CAST.',
  }),
  VS2026: code<{ clause: string; type: string }>({
    reason: 'not-a-condition',
    severity: 'error',
    message: ({ clause, type }) => `${clause} needs a condition, not ${type}`,
    hint: () => 'Compare the value with something.',
  }),
  VS2027: code<{ type: string }>({
    reason: 'not-nested',
    severity: 'error',
    message: ({ type }) => `${type} has no elements`,
    hint: () => 'Only ARRAY, MAP, STRUCT and JSON have elements.',
  }),
  VS2028: code<{ what: string }>({
    reason: 'row-value',
    severity: 'error',
    message: ({ what }) => `a row value in parentheses stands ${what}`,
    hint: () => 'Write (a, b) IN ((1, 2), (3, 4)), with as many values on each side.',
  }),
  VS2029: code<{ text: string; type: string }>({
    reason: 'bad-literal',
    severity: 'error',
    message: ({ text, type }) => `"${text}" is no ${type}`,
    hint: ({ type }) => `Write ${LITERALS[type] ?? 'a value of that type'}.`,
  }),
  VS2030: code<{ column: string; type: string; value: string }>({
    reason: 'assignment-type',
    severity: 'error',
    message: ({ column, type, value }) => `column "${column}" is ${type}, not ${value}`,
    hint: ({ type }) => `Convert the value with CAST(… AS ${type}).`,
  }),
  VS2031: code<{ expected: number; found: number; what: string }>({
    reason: 'value-count',
    severity: 'error',
    message: ({ expected, found, what }) => `${what} has ${expected} columns, but ${found} values are given`,
    hint: () => 'Give one value for each column.',
  }),
};
