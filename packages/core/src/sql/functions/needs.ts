/**
 * Loads what the functions anywhere in these plans or expressions need before their first call.
 * Plans are plain data, so it looks at every value in them once.
 */
export async function loadNeeds(plans: readonly unknown[]): Promise<void> {
  const seen = new Set<object>();
  const waiting: unknown[] = [...plans];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next) || ArrayBuffer.isView(next)) continue;
    seen.add(next);
    if ((next as { needs?: unknown }).needs === 'regex') return (await import('./regex.ts')).loadRegex();
    waiting.push(...(next instanceof Map || next instanceof Set ? next.values() : Object.values(next)));
  }
}
