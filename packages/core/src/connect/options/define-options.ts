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
 * One table for the SQL `WITH`, the API, forms and documentation: names are written as in SQL (`max_records`). It has the
 * `safeParse` of a zod object without needing zod, so that pages which only run SQL do not load it. Names that are not in the table
 * are left out; `resolveOptions` warns of them.
 *
 * @example
 * const OPTIONS = defineOptions({ path: option.requiredText({ about: 'File.' }), header: option.flag({ about: 'Names first.', default: true }) });
 */
export function defineOptions<S extends { readonly [name: string]: OptionSpec<unknown> }>(specs: S): DocumentedOptions<OptionsOf<S>> {
  const table = new Map<string, OptionSpec<unknown>>(Object.entries(specs));
  return {
    names: [...table.keys()],
    aliases: new Map([...table].flatMap(([name, { aliases }]) => aliases.map((alias) => [alias, name] as const))),
    specs: table,
    safeParse(input) {
      const given = new Map(typeof input === 'object' && input !== null ? Object.entries(input) : []);
      const issues: { path: string[]; message: string }[] = [];
      const data: Record<string, unknown> = {};
      for (const [name, option] of table) {
        const result = option.read(given.get(name));
        if (result.ok) data[name] = result.value;
        else issues.push({ path: [name], message: result.problem });
      }
      // Every option of the table was read by its own spec, which is what `OptionsOf` says.
      return issues.length === 0 ? { success: true, data: data as OptionsOf<S> } : { success: false, error: { issues } };
    },
  };
}
