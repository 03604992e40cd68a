/** Statements that form a circle, in reading order: each reads what the next one makes, the last what the first makes. */
export type Cycle = readonly number[];

export interface StatementOrder {
  /** Indexes of statements so that each stands behind what it reads; otherwise in file order. */
  readonly order: readonly number[];
  readonly cycles: readonly Cycle[];
}

/** Orders statements by what they read. `edges[i]` are the statements that make what statement `i` reads. */
export function orderStatements(edges: readonly (readonly number[])[]): StatementOrder {
  const state = new Map<number, 'open' | 'done'>();
  const order: number[] = [];
  const cycles: Cycle[] = [];
  const trail: number[] = [];
  const visit = (at: number): void => {
    state.set(at, 'open');
    trail.push(at);
    for (const next of edges[at] ?? []) {
      if (state.get(next) === 'open') cycles.push(trail.slice(trail.indexOf(next)));
      else if (!state.has(next)) visit(next);
    }
    trail.pop();
    state.set(at, 'done');
    order.push(at);
  };
  for (const at of edges.keys()) if (!state.has(at)) visit(at);
  return { order, cycles };
}
