declare const mark: unique symbol;

/** Text that somebody else wrote: a value, a field name, a header, a comment, an error. It reaches a prompt only through `renderUntrusted`. */
export type Untrusted<T> = { readonly [mark]: T };

const values = new WeakMap<object, unknown>();

export function untrusted<T>(value: T): Untrusted<T> {
  const box = Object.freeze({}) as Untrusted<T>;
  values.set(box, value);
  return box;
}

// Control, bidirectional, zero-width and tag characters, and ANSI sequences: what hides text from people.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

export const stripHidden = (text: string): string => text.replace(HIDDEN, '');

export interface RenderOptions {
  readonly source: string;
  readonly nonce: string;
  readonly maxChars?: number;
}

const SOURCE = /[^\w.:/-]/g;

/** The one way for untrusted data into a prompt: JSON in a fence that its own text cannot close. */
export function renderUntrusted(box: Untrusted<unknown>, { source, nonce, maxChars = 8_000 }: RenderOptions): string {
  const value = values.get(box as unknown as object);
  const json = stripHidden(JSON.stringify(value, (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v)) ?? 'null');
  const cut = json.length > maxChars ? `${json.slice(0, maxChars)}…(cut)` : json;
  const safe = cut.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  return `<data source="${source.replace(SOURCE, '_').slice(0, 128)}" untrusted="true" nonce="${nonce}">\n${safe}\n</data nonce="${nonce}">`;
}

const PLAIN_NAME = /^[A-Za-z_][\w.-]{0,127}$/;
/** Whether a name may stand in prose; others go in as data. */
export const isPlainName = (name: string): boolean => PLAIN_NAME.test(name);
