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

/** The one place where source becomes code. `body` ends in `return function …`. */
export function newFunction<F>(body: string): GeneratedFactory<F> {
  // The body was generated for an F.
  return new Function('K', `'use strict';\n${body}`) as GeneratedFactory<F>;
}
