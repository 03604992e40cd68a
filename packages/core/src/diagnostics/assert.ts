/** Throws when one of our own promises is broken. Never for what a user can cause: that is a coded error. */
export function assert(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`internal: expected that ${promise}`);
}

export function unreachable(value: never): never {
  throw new Error(`internal: unexpected ${JSON.stringify(value)}`);
}
