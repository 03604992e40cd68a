import type { Name } from '../ast/index.ts';
import type { Binder } from './binder.ts';

/**
 * Names of streams and tables become names of topics, files and metrics (§11 (13)). A hyphen suits all of them; where it is not quoted, that is said
 * by itself.
 */
export function checkName(cx: Binder, name: Name): void {
  const why = problemOf(name.text);
  if (why !== undefined) cx.report('VS2012', name.span, { name: name.text, why }, name.text === '' ? 'error' : undefined);
}

function problemOf(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (/^\d/.test(text)) return 'starts with a digit';
  const odd = /[.@\s]/.exec(text)?.[0];
  if (odd === undefined) return undefined;
  return /\s/.test(odd) ? 'contains a space' : `contains "${odd}"`;
}
