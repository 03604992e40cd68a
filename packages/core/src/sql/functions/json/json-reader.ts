import { valueError } from '../../../diagnostics/codes/values.ts';
import { parseJson } from '../../../values/json.ts';
import type { Scalar } from '../../../values/types.ts';
import type { ArgumentProblem } from '../define.ts';
import { type JsonStep, parseJsonPath, walkJson } from './json-path.ts';

/**
 * The text parsed last and its value. Several calls on one column read the same text one after the other; parsing it
 * once is nearly all of their cost. Values are never changed, so sharing them is safe.
 */
let last: { readonly text: string; readonly value: Scalar | undefined } | undefined;

/** A JSON argument as a value: text is parsed (undefined: not JSON), the rest is one already. */
export function jsonArgument(value: Scalar): Scalar | undefined {
  if (typeof value !== 'string') return value;
  if (last === undefined || last.text !== value) last = { text: value, value: parseJson(value) };
  return last.value;
}

/** Value at a path; undefined where there is none or the text is not JSON. */
export type JsonRead = (json: Scalar, path: Scalar) => Scalar | undefined;

/** Reader for one call site: a path is parsed once, which is nearly always for all rows. */
export function jsonReader(name: string): JsonRead {
  let known: { readonly path: Scalar; readonly steps: readonly JsonStep[] } | undefined;
  return (json, path) => {
    if (known === undefined || known.path !== path) known = { path, steps: stepsOf(name, String(path)) };
    const value = jsonArgument(json);
    return value === undefined ? undefined : walkJson(value, known.steps);
  };
}

function stepsOf(name: string, path: string): readonly JsonStep[] {
  const steps = parseJsonPath(path);
  if (steps !== undefined) return steps;
  throw valueError('VS5106', {
    name,
    problem: `cannot read the path "${path}"`,
    hint: 'Write paths like $.items[0].sku, without wildcards and filters.',
  });
}

/** The problem with a literal path; undefined when it is one, or no literal. */
export const pathProblem = (name: string, constant: Scalar | undefined): ArgumentProblem | undefined =>
  typeof constant === 'string' && parseJsonPath(constant) === undefined
    ? { problem: `"${name}" cannot read the path "${constant}"; write paths like $.items[0].sku` }
    : undefined;
