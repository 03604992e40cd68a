import * as z from 'zod/mini';
import type { OptionsSchema } from '../connector.ts';
import type { OptionSpec } from './option.ts';

/** What a table of options gives once it is read. */
export type OptionsOf<S> = { readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never };

/** What `safeParse` of an options schema gives. */
export type OptionsIn<S> = S extends OptionsSchema<infer O> ? O : never;

/** Options of a connector with what documentation and "did you mean" need. */
export interface DocumentedOptions<O> extends OptionsSchema<O> {
  /** Other spelling -> the option's own name. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly specs: ReadonlyMap<string, OptionSpec<unknown>>;
}

/**
 * One table for the SQL `WITH`, the API, forms and documentation: names are written as in SQL (`max_records`).
 * Unknown names pass through `safeParse` unread; `resolveOptions` warns of them.
 *
 * @example
 * const OPTIONS = defineOptions({ path: requiredText({ about: 'File or pattern.' }), header: flag({ about: '…', default: true }) });
 */
export function defineOptions<S extends { readonly [name: string]: OptionSpec<unknown> }>(specs: S): DocumentedOptions<OptionsOf<S>> {
  const shape: Record<string, z.ZodMiniType> = {};
  const aliases = new Map<string, string>();
  for (const [name, one] of Object.entries(specs)) {
    shape[name] = one.schema;
    for (const alias of one.aliases) aliases.set(alias, name);
  }
  const schema = z.object(shape);
  return {
    names: Object.keys(specs),
    aliases,
    specs: new Map(Object.entries(specs)),
    safeParse(input) {
      // `jitless`: no code is made from text, so that the check also runs where `unsafe-eval` is forbidden.
      const result = schema.safeParse(input, { jitless: true });
      // The shape was built from `specs`, so its output is what `OptionsOf` says.
      return result.success ? { success: true, data: result.data as OptionsOf<S> } : { success: false, error: result.error };
    },
  };
}
