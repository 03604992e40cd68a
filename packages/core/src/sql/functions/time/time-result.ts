import { typeText } from '../../../values/type-text.ts';
import { INTEGER, NULL, type SqlType, TIMESTAMP } from '../../../values/types.ts';
import type { ArgumentProblem } from '../define.ts';

/** Type of a time made from another: ms stay INTEGER, DATE stays DATE, text and the like become TIMESTAMP. */
export function timeResult(type: SqlType): SqlType | ArgumentProblem {
  switch (type.kind) {
    case 'date':
    case 'timestamp':
      return type;
    case 'integer':
    case 'float':
    case 'decimal':
      return INTEGER;
    case 'string':
    case 'any':
    case 'json':
    case 'null':
      return TIMESTAMP;
    default:
      return { problem: `${typeText(type)} is no time` };
  }
}

/** As `timeResult` for a time moved by an interval: a DATE gets a time of day. */
export function movedTime(type: SqlType): SqlType | ArgumentProblem {
  return type.kind === 'date' || type === NULL ? TIMESTAMP : timeResult(type);
}
