/** One value that may be watched: the shape that `useSyncExternalStore` wants. */
export interface Value<T> {
  readonly current: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

export interface SettableValue<T> extends Value<T> {
  set(value: T): void;
}

export function createValue<T>(first: T): SettableValue<T> {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    current: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
  };
}
