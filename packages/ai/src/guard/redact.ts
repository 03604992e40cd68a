import { isSecretName, PRIVATE_KEY, TOKEN } from '@velostream/core/connect/options';

/** What a person may see under these names, a model need not. */
const MODEL_NEEDS_NOT = /token|cookie|sasl\.|session[_-]?key/i;

const isHidden = (name: string): boolean => isSecretName(name) || MODEL_NEEDS_NOT.test(name);

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [PRIVATE_KEY, '$1[secret]$2'],
  [TOKEN, '[secret]'],
  [/\b(bearer|basic)\s+[A-Za-z0-9+/=._-]{12,}/gi, '$1 [secret]'],
  [/([a-z][a-z0-9+.-]*:\/\/)([^\s/@:]+)(:[^\s/@]*)?@/gi, '$1***@'],
];

/** `password=…` and `api_key: …`, also as JSON has it. */
const PAIR = /\b([a-z][\w.-]{1,60})(["']?\s*[=:]\s*)(["']?)[^\s"',;&]{3,}\3/gi;

const entropy = (text: string): number => {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
};

/** Long runs of letters and digits that look drawn at random. */
const RANDOM = /\b(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Za-z])[A-Za-z0-9+/_-]{32,}={0,2}\b/g;

/** Text without keys, passwords and tokens. */
export function redactText(text: string): string {
  let out = text;
  for (const [pattern, by] of PATTERNS) out = out.replace(pattern, by);
  out = out.replace(PAIR, (whole, name: string, is: string) => (isSecretName(name) ? `${name}${is}[secret]` : whole));
  return out.replace(RANDOM, (run) => (entropy(run) > 4 && !/^[0-9a-f-]{36}$/i.test(run) ? '[secret]' : run));
}

const luhn = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let d = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return sum % 10 === 0;
};

const PERSONAL: readonly (readonly [RegExp, (match: string) => string])[] = [
  [/[\w.+-]+@[\w-]+\.[\w.]{2,}/g, () => '[email]'],
  [/\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/g, () => '[iban]'],
  [/\b\d(?:[ -]?\d){12,18}\b/g, (m) => (luhn(m.replace(/\D/g, '')) ? '[card]' : m)],
  [/\b\d{3}-\d{2}-\d{4}\b/g, () => '[ssn]'],
  [/\+\d[\d ().-]{7,16}\d/g, () => '[phone]'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, () => '[ip]'],
];

/** Text without what tells who somebody is. */
export function maskPersonal(text: string): string {
  let out = text;
  for (const [pattern, by] of PERSONAL) out = out.replace(pattern, by);
  return out;
}

/** A value without secrets, at any depth; keys that hold secrets lose their value whole. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object' || depth > 12) return typeof value === 'bigint' ? value.toString() : value;
  if (Array.isArray(value)) return value.map((v) => redact(v, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [
      key,
      isHidden(key) && (typeof v === 'string' || typeof v === 'number') ? '[secret]' : redact(v, depth + 1),
    ]),
  );
}

/** Everything that a model must not see. */
export function redactForModel(value: unknown): unknown {
  const walk = (v: unknown): unknown => {
    if (typeof v === 'string') return maskPersonal(v);
    if (Array.isArray(v)) return v.map(walk);
    return v !== null && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, walk(x)])) : v;
  };
  return walk(redact(value));
}
