/** The properties that have a value: options leave out what was not given. */
export const defined = <T extends object>(o: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  // Only what is undefined is left out, so that every remaining value has its type without undefined.
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
