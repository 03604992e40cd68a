import * as z from 'zod/mini';

/** One option: how it is checked and what the documentation says of it. */
export interface OptionSpec<T> {
  readonly schema: z.ZodMiniType<T, unknown>;
  /** Other spellings that mean the same. */
  readonly aliases: readonly string[];
  /** One line for people. */
  readonly about: string;
  /** What a value looks like, in words: `true or false`, `bytes`, `csv, jsonl`. */
  readonly takes: string;
  /** Text of the default; undefined when there is none. */
  readonly fallback: string | undefined;
}

interface About {
  readonly about: string;
  readonly aliases?: readonly string[];
}
type WithDefault<T> = About & { readonly default: T };

const spec = <T>(schema: z.ZodMiniType<T, unknown>, about: About, takes: string, fallback: unknown): OptionSpec<T> => ({
  schema,
  aliases: about.aliases ?? [],
  about: about.about,
  takes,
  fallback: fallback === undefined ? undefined : String(fallback),
});

const refuse = (issues: z.core.$RefinementCtx['issues'] | unknown[], input: unknown, message: string): never => {
  (issues as unknown[]).push({ code: 'custom', message, input });
  return z.NEVER;
};

/** SQL properties are text, API options are values: both are read by one transform. */
function reader<T>(read: (input: unknown) => T | undefined, wanted: string): z.ZodMiniType<T, unknown> {
  return z.pipe(
    z.unknown(),
    z.transform((input: unknown, ctx): T => {
      const value = read(input);
      return value === undefined ? refuse(ctx.issues, input, `expected ${wanted}`) : value;
    }),
  );
}

function orDefault<T>(inner: z.ZodMiniType<T, unknown>, fallback: T | undefined): z.ZodMiniType<T, unknown> {
  return z.pipe(
    z.optional(z.unknown()),
    z.transform((input: unknown, ctx): T => {
      // Without a fallback the option is optional and `T` includes undefined: see the overloads below.
      if (input === undefined || input === null) return fallback as T;
      const result = inner.safeParse(input);
      return result.success ? result.data : refuse(ctx.issues, input, result.error.issues[0]?.message ?? 'not usable');
    }),
  );
}

const readFlag = (input: unknown): boolean | undefined => {
  if (typeof input === 'boolean') return input;
  const text = typeof input === 'string' ? input.trim().toLowerCase() : input;
  if (text === 'true' || text === 'yes' || text === 'on' || text === '1' || text === 1) return true;
  return text === 'false' || text === 'no' || text === 'off' || text === '0' || text === 0 ? false : undefined;
};

const readNumber = (input: unknown): number | undefined => {
  const value = typeof input === 'string' && input.trim() !== '' ? Number(input.trim().replaceAll('_', '')) : input;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** `true` or `false`, also as SQL text. */
export const flag = (o: WithDefault<boolean>): OptionSpec<boolean> =>
  spec(orDefault(reader(readFlag, 'true or false'), o.default), o, 'true or false', o.default);

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

function number(o: About & Range, integral: boolean): z.ZodMiniType<number, unknown> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = o;
  const kind = integral ? 'a whole number' : 'a number';
  const range = o.max === undefined ? `${kind} of at least ${min}` : `${kind} from ${min} to ${max}`;
  return reader((input) => {
    const value = readNumber(input);
    return value !== undefined && value >= min && value <= max && (!integral || Number.isSafeInteger(value)) ? value : undefined;
  }, range);
}

/** A whole number within a range (0 and up by default). Optional without a `default`. */
export function count(o: WithDefault<number> & Range): OptionSpec<number>;
export function count(o: About & Range): OptionSpec<number | undefined>;
export function count(o: About & Range & { readonly default?: number }): OptionSpec<number | undefined> {
  return spec(orDefault<number | undefined>(number(o, true), o.default), o, o.unit ?? 'whole number', o.default);
}

/** A number within a range (0 and up by default), optional. */
export const amount = (o: About & Range): OptionSpec<number | undefined> =>
  spec(orDefault<number | undefined>(number(o, false), undefined), o, o.unit ?? 'number', undefined);

/** Text. Optional without a `default`; `length` fixes the number of characters. */
export function text(o: WithDefault<string> & { readonly length?: number }): OptionSpec<string>;
export function text(o: About & { readonly length?: number }): OptionSpec<string | undefined>;
export function text(o: About & { readonly default?: string; readonly length?: number }): OptionSpec<string | undefined> {
  const wanted = o.length === undefined ? 'text' : `${o.length} character${o.length === 1 ? '' : 's'}`;
  const schema = reader((input) => {
    const value = typeof input === 'number' ? String(input) : input;
    return typeof value === 'string' && (o.length === undefined || value.length === o.length) ? value : undefined;
  }, wanted);
  return spec(orDefault<string | undefined>(schema, o.default), o, wanted, o.default);
}

/** Text that must be given. */
export const requiredText = (o: About): OptionSpec<string> =>
  spec(
    reader((input) => (typeof input === 'string' && input !== '' ? input : undefined), 'text'),
    o,
    'text, required',
    undefined,
  );

/** One of a few words, any case. Optional without a `default`. */
export function choice<T extends string>(words: readonly T[], o: WithDefault<T>): OptionSpec<T>;
export function choice<T extends string>(words: readonly T[], o: About): OptionSpec<T | undefined>;
export function choice<T extends string>(words: readonly T[], o: About & { readonly default?: T }): OptionSpec<T | undefined> {
  const schema = reader(
    (input) => words.find((word) => typeof input === 'string' && word === input.trim().toLowerCase()),
    words.join(', '),
  );
  return spec(orDefault<T | undefined>(schema, o.default), o, words.join(', '), o.default);
}

/** Anything that `read` understands; undefined from `read` means that it did not. */
export const custom = <T>(read: (input: unknown) => T | undefined, o: About & { readonly takes: string }): OptionSpec<T | undefined> =>
  spec(orDefault<T | undefined>(reader(read, o.takes), undefined), o, o.takes, undefined);

/** Builders of options, for `defineOptions`. */
export const option = { flag, count, amount, text, requiredText, choice, custom } as const;
