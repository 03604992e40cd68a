/** A function from generated source. The constants it works with come in as the array `K`; source never holds text of a user. */
export type GeneratedFactory<F> = (constants: readonly unknown[]) => F;

let allowed: boolean | undefined;

/** Whether this host lets code be generated (pages may forbid it by a Content Security Policy). Asked once. */
export function canGenerate(): boolean {
  if (allowed === undefined) {
    try {
      allowed = new Function('return true')() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

const FACTORIES_MAX = 256;
/** Code, not state: a query like an earlier one finds its loops compiled, and known to the optimiser. The oldest go first. */
const factories = new Map<string, GeneratedFactory<unknown>>();

/** The one place where source becomes code. `body` ends in `return function …`. */
export function newFunction<F>(body: string): GeneratedFactory<F> {
  let factory = factories.get(body);
  if (factory === undefined) {
    factory = new Function('K', `'use strict';\n${body}`) as GeneratedFactory<unknown>;
    const [oldest] = factories.keys();
    if (factories.size >= FACTORIES_MAX && oldest !== undefined) factories.delete(oldest);
    factories.set(body, factory);
  }
  // The body was generated for an F.
  return factory as GeneratedFactory<F>;
}
