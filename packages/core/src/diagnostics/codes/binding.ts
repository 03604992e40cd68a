import { problemFactory } from '../define-codes.ts';
import { CALL_CODES } from './binding-calls.ts';
import { NAME_CODES } from './binding-names.ts';
import { ADVICE_CODES, JOIN_CODES, SUBQUERY_CODES } from './binding-reads.ts';
import { SHAPE_CODES, WINDOW_CODES } from './binding-shape.ts';
import { TYPE_CODES } from './binding-types.ts';

/** VS20xx and VS21xx: what the binder can say about a statement. */
export const BINDING_CODES = {
  ...NAME_CODES,
  ...TYPE_CODES,
  ...CALL_CODES,
  ...SHAPE_CODES,
  ...WINDOW_CODES,
  ...JOIN_CODES,
  ...SUBQUERY_CODES,
  ...ADVICE_CODES,
};

/** Makes problems of the binder's codes. */
export const bindingProblem = problemFactory(BINDING_CODES);
