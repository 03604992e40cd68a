import { decoded, hideInAddress, isSecretColumn, WITHHELD } from '../connect/secrets/index.ts';
import { secretMissing, secretValueMissing } from '../diagnostics/codes/deploy.ts';
import { connectionTextPlace, filledConnectionText } from './connection-text.ts';
import { publicUri } from './public-uri.ts';
import { replaceTexts, type SqlText, textsOf } from './withheld.ts';

/** What is known of a connection and is stored nowhere. */
export interface SecretParts {
  /** The address with its user and password, where they stand in it. */
  readonly uri?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A place of a stored text that lacks its secret. */
export interface WithheldPlace {
  /** Without secrets and user: as connections are stored. Of a value that a column is compared with, `column:` and the name of the column. */
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
 * @throws {VeloError} `secret-missing` or `secret-value-missing`, where nothing is known of a place
 */
export function withSecrets(sql: string, secretsFor: SecretsFor): string {
  if (!sql.includes(WITHHELD)) return sql;
  const texts = textsOf(sql);
  return replaceTexts(sql, (text) => {
    const place = placeOf(text, texts);
    if (place === undefined) return undefined;
    const candidates = secretsFor(place);
    const found = filledText(text, candidates);
    if (found === undefined) throw place.uri.startsWith('column:') ? secretValueMissing(text.column ?? '') : secretMissing(place.uri);
    return found;
  });
}

function filledText({ key, column, value }: SqlText, candidates: readonly SecretParts[]): string | undefined {
  if (column !== undefined && value === WITHHELD) return optionOf(column, candidates);
  if (value.includes('://')) return filledAddress(value, candidates);
  return connectionTextPlace(value) === undefined ? optionOf(key ?? '', candidates) : filledConnectionText(value, passwordsOf(candidates));
}

/** Passwords as they are, without percent-encoding. */
const passwordsOf = (candidates: readonly SecretParts[]): readonly string[] =>
  candidates.flatMap((candidate) => optionOf('password', [candidate]) ?? []);

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
  const { key, column, value } = text;
  if (!value.includes(WITHHELD)) return undefined;
  if (column !== undefined && isSecretColumn(column) && value === WITHHELD) return { uri: `column:${column}` };
  if (value.includes('://')) return addressPlace(value);
  const place = connectionTextPlace(value);
  if (place !== undefined) return place;
  return key === undefined ? undefined : { uri: addressBeside(key, texts) };
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
    const login = filledPath(written, uri)
      .replace(`:${WITHHELD}@`, (whole, at: number) =>
        password === undefined || /[?/]/.test(written.slice(written.indexOf('://') + 3, at)) ? whole : `:${password}@`,
      )
      .replace(`://${WITHHELD}@`, (whole) => (userOf(uri) === undefined ? whole : `://${userOf(uri)}@`));
    const filled = login.replace(/([?&;])([^=&;?\s]+)=([^&;]*)/g, (whole, mark: string, name: string, value: string) => {
      const own = parameters[decoded(name)];
      return value.includes(WITHHELD) && typeof own === 'string' ? `${mark}${name}=${encodeURIComponent(own)}` : whole;
    });
    if (!filled.includes(WITHHELD)) return filled;
  }
  return undefined;
}

const PATH = /^((?:jdbc:)?[A-Za-z][\w+.-]*:\/\/[^/?#]*)([^?;#]*)/;

/** The path of a web hook, where the rest of it is that of a known one. */
function filledPath(written: string, known: string): string {
  const path = PATH.exec(written)?.[2] ?? '';
  const own = PATH.exec(known)?.[2] ?? '';
  if (!path.includes(WITHHELD) || PATH.exec(hideInAddress(known, 'stored'))?.[2] !== path) return written;
  return written.replace(PATH, (_, before: string) => before + own);
}

const passwordIn = (uri: string): string | undefined => /^(?:jdbc:)?[A-Za-z][\w+.-]*:\/\/[^/?#@:]*:([^/?#]*)@/.exec(uri)?.[1];

function parametersOf(uri: string): Readonly<Record<string, string>> {
  const at = uri.search(/[?;]/);
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(uri.slice(at + 1).replaceAll(';', '&')));
}
