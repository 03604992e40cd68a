import type { Statement } from '../ast/index.ts';
import { findFunction, hasAllFunctions } from './registry.ts';

/**
 * Loads the functions that these statements call and the page does not have yet; to be awaited before they are bound.
 * A misspelt name loads them too: the hint wants to know them all.
 */
export async function loadFunctions(statements: readonly Statement[]): Promise<void> {
  if (hasAllFunctions() || !callsOther(statements)) return;
  const { provideAllFunctions } = await import('./all-functions.ts');
  provideAllFunctions();
}

/** Syntax trees are plain data: looks at every value once. */
function callsOther(statements: readonly Statement[]): boolean {
  const waiting: unknown[] = [...statements];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const name = calledBy(next);
    if (name !== null && findFunction(name) === undefined) return true;
    waiting.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
  return false;
}

/** Name of the function that a node calls: by name, or because the binder writes it as a call. */
function calledBy(node: { kind?: unknown; name?: unknown; operator?: unknown }): string | null {
  if (node.kind === 'call') return (node.name as { text: string }).text;
  if (node.kind === 'array') return 'array';
  return node.kind === 'like' && node.operator === 'REGEXP' ? 'regexp' : null;
}
