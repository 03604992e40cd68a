import { typeText } from '../../../values/type-text.ts';
import type { SqlType } from '../../../values/types.ts';
import { type Adapter, collectionAdapter } from '../adapt.ts';
import type { ArgumentProblem, Parameter, ReturnRule } from '../define.ts';

/** Arrays and maps may come as JSON too, which no parameter class says: the rule below refuses the rest. */
const ACCEPTED = {
  array: ['array', 'string', 'json', 'any', 'null'],
  map: ['map', 'struct', 'string', 'json', 'any', 'null'],
} as const;

type Collection = keyof typeof ACCEPTED;

/** The first parameter of a function over collections. */
export const collectionParameter = (kind: Collection): Parameter => ({ name: kind, takes: 'value' });

/** The result, when the first argument is an array (or map) or may be one. */
export function fromCollection(kind: Collection, name: string, result: (type: SqlType | undefined) => SqlType): ReturnRule {
  return ([type]): SqlType | ArgumentProblem =>
    type === undefined || ACCEPTED[kind].some((accepted) => accepted === type.kind)
      ? result(type)
      : { problem: `"${name.toUpperCase()}" needs ${kind === 'array' ? 'an array' : 'a map'}, not ${typeText(type)}` };
}

/** Reads the first argument, whatever it comes as; another value is an error of the record. */
export const readCollection = (kind: Collection, name: string, type: SqlType | undefined): Adapter =>
  collectionAdapter(kind, type, { name, argument: kind });
