import type { QuerySpec } from './test-spec.ts';

/** Queries so that each stands behind those it needs; ties in file order. A circle is told, and its members run in file order. */
export function queryOrder(queries: readonly QuerySpec[], warn: (text: string) => void): QuerySpec[] {
  const active = queries.filter((q) => q.skip !== true);
  const producer = (name: string): QuerySpec | undefined =>
    active.find((q) => q.name === name) ?? active.find((q) => q.outputs?.some((o) => o.sink === name));
  const needs = new Map(
    active.map((q) => {
      const names = [...(q.dependencies ?? []), ...q.inputs.flatMap((i) => (typeof i.fromPrevious === 'string' ? [i.fromPrevious] : []))];
      return [q, names.flatMap((n) => producer(n) ?? []).filter((p) => p !== q)] as const;
    }),
  );
  const done = new Set<QuerySpec>();
  const order: QuerySpec[] = [];
  while (order.length < active.length) {
    const ready = active.find((q) => !done.has(q) && (needs.get(q) ?? []).every((n) => done.has(n)));
    const next = ready ?? (active.find((q) => !done.has(q)) as QuerySpec);
    if (!ready)
      warn(
        `the queries ${active
          .filter((q) => !done.has(q))
          .map((q) => q.name)
          .join(', ')} need each other; they run in file order`,
      );
    done.add(next);
    order.push(next);
  }
  return order;
}
