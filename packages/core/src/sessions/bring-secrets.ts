import { secretMissing } from '../diagnostics/codes/deploy.ts';
import { decoded, publicUri } from './public-uri.ts';
import { replaceTexts, type SqlText, textsOf, WITHHELD } from './withheld.ts';

/** What is known of a connection and is stored nowhere. */
export interface SecretParts {
  /** The address with its user and password, where they stand in it. */
  readonly uri?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A place of a stored text that lacks its secret. */
export interface WithheldPlace {
  /** Without secrets and user: as connections are stored. */
  readonly uri: string;
  /** The user that the text names. */
  readonly user?: string;
}

/** Those that may belong to a place, the best first. */
export type SecretsFor = (place: WithheldPlace) => readonly SecretParts[];

const SERVER_KEY = /(?:^|\.)(bootstrap\.servers|brokers|host|hostname|server|endpoint)$/;
const TYPE_KEY = /(?:^|\.)(type|connector)$/;

/** Where secrets are missing in a stored text, each address once. */
export function withheldPlaces(sql: string): readonly WithheldPlace[] {
  const found = new Map<string, WithheldPlace>();
  if (sql.includes(WITHHELD)) {
    const texts = textsOf(sql);
    for (const text of texts) {
      const place = placeOf(text, texts);
      if (place !== undefined) found.set(`${place.user ?? ''}@${place.uri}`, place);
    }
  }
  return [...found.values()];
}

/**
 * A stored text as it was before its secrets were taken out.
 *
 * @throws {VeloError} `secret-missing`, where nothing is known of a place
 */
export function withSecrets(sql: string, secretsFor: SecretsFor): string {
  if (!sql.includes(WITHHELD)) return sql;
  const texts = textsOf(sql);
  return replaceTexts(sql, (text) => {
    const place = placeOf(text, texts);
    if (place === undefined) return undefined;
    const candidates = secretsFor(place);
    const { key, value } = text;
    const found = key !== undefined && value === WITHHELD ? optionOf(key, candidates) : filledAddress(value, candidates);
    if (found === undefined) throw secretMissing(place.uri);
    return found;
  });
}

/** An address alone, such as that of a sink. */
export function addressWithSecrets(uri: string, secretsFor: SecretsFor): string {
  if (!uri.includes(WITHHELD) || !uri.includes('://')) return uri;
  const place = addressPlace(uri);
  const found = filledAddress(uri, secretsFor(place));
  if (found === undefined) throw secretMissing(place.uri);
  return found;
}

/** The name of the server in an address; what a password is good for. */
export const serverOf = (uri: string): string =>
  /^(?:jdbc:)?([A-Za-z][\w+.-]*:\/\/)(?:[^/?#]*@)?([^/?#;]*)/.exec(uri)?.slice(1).join('').toLowerCase() ?? uri;
export const userOf = (uri: string): string | undefined => /^(?:jdbc:)?[A-Za-z][\w+.-]*:\/\/([^/?#@:]*)(?::[^/?#]*)?@/.exec(uri)?.[1];

function addressPlace(uri: string): WithheldPlace {
  const user = userOf(uri);
  return { uri: publicUri(uri), ...(user === undefined || user === '' ? {} : { user }) };
}

function placeOf(text: SqlText, texts: readonly SqlText[]): WithheldPlace | undefined {
  const { key, value } = text;
  if (!value.includes(WITHHELD)) return undefined;
  if (value.includes('://')) return addressPlace(value);
  return key !== undefined && value === WITHHELD ? { uri: addressBeside(key, texts) } : undefined;
}

/** Options that stand with one under the same name say where they connect to. */
function addressBeside(key: string, texts: readonly SqlText[]): string {
  const prefix = key.includes('.') ? key.slice(0, key.indexOf('.') + 1) : '';
  const named = texts.filter((text) => text.key?.startsWith(prefix) && text.key !== key);
  for (const options of [named, texts.filter((text) => text.key !== undefined && text.key !== key)]) {
    const address = options.find((option) => option.value.includes('://'));
    if (address !== undefined) return publicUri(address.value);
    const server = options.find((option) => SERVER_KEY.test(option.key ?? ''));
    const type = options.find((option) => TYPE_KEY.test(option.key ?? ''))?.value.replace(/_(source|sink)(_mmap)?$/, '');
    if (server !== undefined) return `${type ?? 'any'}://${server.value}`;
  }
  return key;
}

function optionOf(key: string, candidates: readonly SecretParts[]): string | undefined {
  const names = key.split('.').map((_, i, all) => all.slice(i).join('.'));
  for (const { uri, options = {} } of candidates) {
    const parameters = uri === undefined ? {} : parametersOf(uri);
    for (const name of names) {
      const value = options[name] ?? parameters[name];
      if (typeof value === 'string' && value !== '') return value;
    }
    if (uri !== undefined && /(^|\.)(password|passwd)$/.test(key)) {
      const password = passwordIn(uri);
      if (password !== undefined) return decoded(password);
    }
  }
  return undefined;
}

function filledAddress(written: string, candidates: readonly SecretParts[]): string | undefined {
  for (const { uri = '', options = {} } of candidates) {
    const named = options['password'] ?? options['sasl.password'];
    const password = passwordIn(uri) ?? (typeof named === 'string' ? encodeURIComponent(named) : undefined);
    const parameters: Readonly<Record<string, unknown>> = { ...parametersOf(uri), ...options };
    const login = written.replace(`:${WITHHELD}@`, (whole, at: number) =>
      password === undefined || /[?/]/.test(written.slice(written.indexOf('://') + 3, at)) ? whole : `:${password}@`,
    );
    const filled = login.replace(/([?&;])([^=&;?\s]+)=([^&;]*)/g, (whole, mark: string, name: string, value: string) => {
      const own = parameters[decoded(name)];
      return value.includes(WITHHELD) && typeof own === 'string' ? `${mark}${name}=${encodeURIComponent(own)}` : whole;
    });
    if (!filled.includes(WITHHELD)) return filled;
  }
  return undefined;
}

const passwordIn = (uri: string): string | undefined => /^(?:jdbc:)?[A-Za-z][\w+.-]*:\/\/[^/?#@:]*:([^/?#]*)@/.exec(uri)?.[1];

function parametersOf(uri: string): Readonly<Record<string, string>> {
  const at = uri.search(/[?;]/);
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(uri.slice(at + 1).replaceAll(';', '&')));
}
