import type { Statement } from '../ast/index.ts';
import { hasRareBinders } from './rare-binders.ts';

/** Kinds of nodes whose binders load on first use; JOIN, OVER and what stands in WITH of an input are seen by their fields. */
const RARE = new Set<unknown>(['create', 'insert', 'update', 'delete', 'exists', 'scalar-query', 'in-query', 'quantified', 'union']);

/** Loads the rest of the binder when these statements are more than SELECTs over one relation; to be awaited before they are bound. */
export async function loadBinders(statements: readonly Statement[]): Promise<void> {
  if (hasRareBinders() || !statements.some(needsParts)) return;
  const { provideAllBinders } = await import('./all-binders.ts');
  provideAllBinders();
}

/** Syntax trees are plain data: looks at every value once. */
function needsParts(statement: Statement): boolean {
  const waiting: unknown[] = [statement];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { kind, joins, over, properties } = next as { kind?: unknown; joins?: unknown; over?: unknown; properties?: unknown };
    if (RARE.has(kind) || over !== undefined || isSome(joins) || (kind === 'relation' && isSome(properties))) return true;
    waiting.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
  return false;
}

const isSome = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
