/** What reading an option gives. */
export type OptionResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** One option: how it is read and what the documentation says of it. */
export interface OptionSpec<T> {
  /** Reads a value as it stands in SQL (text), a URI or the API; `undefined` means that it was not given. */
  read(input: unknown): OptionResult<T>;
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

/** `understand` gives undefined for what it does not understand; `wanted` says in words what it does. */
function spec<T>(
  understand: (input: unknown) => T | undefined,
  wanted: string,
  o: About & { readonly default?: T | undefined },
  takes = wanted,
): OptionSpec<T | undefined> {
  return {
    read(input) {
      if (input === undefined || input === null) return { ok: true, value: o.default };
      const value = understand(input);
      return value === undefined ? { ok: false, problem: `expected ${wanted}` } : { ok: true, value };
    },
    aliases: o.aliases ?? [],
    about: o.about,
    takes,
    fallback: o.default === undefined ? undefined : String(o.default),
  };
}

/** With a default there is always a value, so that the result is not optional. */
const settled = <T>(optional: OptionSpec<T | undefined>): OptionSpec<T> => optional as OptionSpec<T>;

function readFlag(input: unknown): boolean | undefined {
  if (typeof input === 'boolean') return input;
  const text = typeof input === 'string' ? input.trim().toLowerCase() : input;
  if (text === 'true' || text === 'yes' || text === 'on' || text === '1' || text === 1) return true;
  return text === 'false' || text === 'no' || text === 'off' || text === '0' || text === 0 ? false : undefined;
}

function readNumber(input: unknown): number | undefined {
  const value = typeof input === 'string' && input.trim() !== '' ? Number(input.trim().replaceAll('_', '')) : input;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** `true` or `false`, also as SQL text. */
export const flag = (o: WithDefault<boolean>): OptionSpec<boolean> => settled(spec(readFlag, 'true or false', o));

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

function numeric(o: About & Range & { readonly default?: number }, isWhole: boolean): OptionSpec<number | undefined> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = o;
  const kind = isWhole ? 'a whole number' : 'a number';
  const understand = (input: unknown): number | undefined => {
    const value = readNumber(input);
    return value !== undefined && value >= min && value <= max && (!isWhole || Number.isSafeInteger(value)) ? value : undefined;
  };
  return spec(understand, o.max === undefined ? `${kind} of at least ${min}` : `${kind} from ${min} to ${max}`, o, o.unit ?? kind.slice(2));
}

/** A whole number within a range (0 and up by default). Optional without a `default`. */
export function count(o: WithDefault<number> & Range): OptionSpec<number>;
export function count(o: About & Range): OptionSpec<number | undefined>;
export function count(o: About & Range & { readonly default?: number }): OptionSpec<number | undefined> {
  return numeric(o, true);
}

/** A number within a range (0 and up by default), optional. */
export const amount = (o: About & Range): OptionSpec<number | undefined> => numeric(o, false);

/** Text. Optional without a `default`; `length` fixes the number of characters. */
export function text(o: WithDefault<string> & { readonly length?: number }): OptionSpec<string>;
export function text(o: About & { readonly length?: number }): OptionSpec<string | undefined>;
export function text(o: About & { readonly default?: string; readonly length?: number }): OptionSpec<string | undefined> {
  const understand = (input: unknown): string | undefined => {
    const value = typeof input === 'number' ? String(input) : input;
    return typeof value === 'string' && (o.length === undefined || value.length === o.length) ? value : undefined;
  };
  return spec(understand, o.length === undefined ? 'text' : `${o.length} character${o.length === 1 ? '' : 's'}`, o);
}

/** Text that must be given. */
export function requiredText(o: About): OptionSpec<string> {
  const optional = spec((input) => (typeof input === 'string' && input !== '' ? input : undefined), 'text', o, 'text, required');
  return settled({ ...optional, read: (input) => (input === undefined ? { ok: false, problem: 'it is required' } : optional.read(input)) });
}

/** One of a few words, any case. Optional without a `default`. */
export function choice<T extends string>(words: readonly T[], o: WithDefault<T>): OptionSpec<T>;
export function choice<T extends string>(words: readonly T[], o: About): OptionSpec<T | undefined>;
export function choice<T extends string>(words: readonly T[], o: About & { readonly default?: T }): OptionSpec<T | undefined> {
  const understand = (input: unknown): T | undefined =>
    words.find((word) => typeof input === 'string' && word === input.trim().toLowerCase());
  return spec(understand, words.join(', '), o);
}

/** Anything that `understand` understands; undefined from it means that it did not. Optional. */
export const custom = <T>(
  understand: (input: unknown) => T | undefined,
  o: About & { readonly takes: string },
): OptionSpec<T | undefined> => spec(understand, o.takes, o);

/** Builders of options, for `defineOptions`. */
export const option = { flag, count, amount, text, requiredText, choice, custom } as const;
