import { isRandomText, withoutSecretParts } from './random-text.ts';
import { isSecretName } from './secret-name.ts';

/** What stands where a secret stood. */
export const WITHHELD = '[redacted]';

/**
 * Where an address is told, and what is left of it there.
 * - `shown`: in errors and reasons. Neither user nor password; marks for secret parameters.
 * - `named`: as the name of a source, in plans, checkpoints and metrics. The user stays, it tells two sources apart; the password goes.
 * - `listed`: as a connection is listed and stored. Neither user nor password, nor secret parameters.
 * - `stored`: within texts that a store keeps. Marks for all secrets, so that they can be brought again.
 */
export type AddressPlace = 'shown' | 'named' | 'listed' | 'stored';

export const STARTS_AS_ADDRESS = /^(?:jdbc:)?[A-Za-z][\w+.-]*:\/\//;

/**
 * `scheme://user:` with all up to `@`: within the host part, or beyond it where the password was not encoded and no port stands there; or a
 * user alone.
 */
const LOGIN = /^((?:jdbc:)?[A-Za-z][\w+.-]*:\/\/)(?!\[)(?:([^/?#@:\s]*):(?:([^/?#]*)@|(?!\d{1,5}(?!\w))([^@]*)@)|([^/?#@:\s]*)@)/;
const PARAMETER = /([?&;#][^=&;#?\s]+)(=)([^&;]*)/g;
/** In web addresses these hold a key, where it looks like one; elsewhere they are ordinary names. */
const WEB_KEY = /^(?:key|code|k|sas|sid|id)$/i;
/** Brought by whoever runs the text: a name, no secret. */
const VARIABLE = /^\$\{\w+\}$/;

/** Whether a value is one that must be hidden: not an empty one, nor the name of a variable. */
export const isSecretValue = (value: string): boolean => value !== '' && !VARIABLE.test(value);

/** An address as it may be told at a place. A text that is no address loses the values of parameters alone. */
export function hideInAddress(uri: string, place: AddressPlace): string {
  const login = uri.replace(LOGIN, (whole, scheme: string, user: string | undefined, near?: string, far?: string, alone?: string) =>
    loginAt(place, { whole, scheme, user: user ?? alone ?? '', password: near ?? far }),
  );
  const path = place === 'named' ? login : withoutSecretParts(login, WITHHELD);
  const at = path.search(/[?;#]/);
  if (at < 0) return path;
  const parameters = hideParameters(path.slice(at), place, /^https?:/i.test(path));
  return path.slice(0, at) + (place === 'listed' ? parameters.replace(/^&/, '?') : parameters);
}

interface Login {
  readonly whole: string;
  readonly scheme: string;
  readonly user: string;
  readonly password: string | undefined;
}

function loginAt(place: AddressPlace, { whole, scheme, user, password }: Login): string {
  switch (place) {
    case 'shown':
    case 'listed':
      return scheme;
    case 'named':
      return user === '' || isRandomText(user) ? scheme : `${scheme}${user}@`;
    case 'stored':
      if (password === undefined) return isRandomText(user) ? `${scheme}${WITHHELD}@` : whole;
      return isSecretValue(password) ? `${scheme}${user}:${WITHHELD}@` : whole;
  }
}

function hideParameters(text: string, place: AddressPlace, isWeb: boolean): string {
  return text.replace(PARAMETER, (whole, before: string, is: string, value: string) => {
    const name = decoded(before.slice(1));
    if (isSecretName(name) || (isWeb && WEB_KEY.test(name) && isRandomText(value))) {
      if (place === 'listed') return '';
      return place !== 'stored' || isSecretValue(value) ? `${before}${is}${WITHHELD}` : whole;
    }
    // A secret may follow in what comes after `#`; in the value of a secret it is a part of that.
    const end = value.indexOf('#');
    const own = end < 0 ? value : value.slice(0, end);
    return `${before}${is}${innerAddress(own, place)}${end < 0 ? '' : hideParameters(value.slice(end), place, isWeb)}`;
  });
}

/** The value of a parameter may be an address with secrets of its own, such as that of a table for dead letters. */
function innerAddress(value: string, place: AddressPlace): string {
  const plain = decoded(value);
  if (!plain.includes('://')) return value;
  const hidden = hideInAddress(plain, place);
  if (hidden === plain) return value;
  return plain === value ? hidden : encodeURIComponent(hidden).replaceAll(encodeURIComponent(WITHHELD), WITHHELD);
}

/** Percent-encoding taken off; a text that is not encoded rightly stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
