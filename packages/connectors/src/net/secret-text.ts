import { inspect } from 'node:util';
import { type OptionSpec, option } from '@velostream/core/connect/options';

const REDACTED = '[redacted]';
const texts = new WeakMap<SecretText, string>();

/** A password or key: it shows itself to nobody who prints, logs or serialises it; `reveal` is for the driver alone. */
export class SecretText {
  constructor(text: string) {
    texts.set(this, text);
  }

  reveal(): string {
    return texts.get(this) ?? '';
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** An option that holds a secret. */
export const secretOption = (o: { readonly about: string; readonly aliases?: readonly string[] }): OptionSpec<SecretText | undefined> =>
  option.custom((input) => (input instanceof SecretText ? input : typeof input === 'string' ? new SecretText(input) : undefined), {
    ...o,
    takes: 'text, kept secret',
  });

/** Text of an error of a driver without the secrets of this connection, however they were escaped, and on one line. */
export function redacted(text: string, secrets: readonly (SecretText | undefined)[]): string {
  let clean = text.replaceAll(/\s+/g, ' ').replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1');
  for (const secret of secrets) {
    const value = secret?.reveal() ?? '';
    if (value.length < 3) continue;
    for (const form of new Set([
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('base64'),
    ])) {
      clean = clean.replaceAll(form, REDACTED);
    }
  }
  return clean.slice(0, 500);
}
