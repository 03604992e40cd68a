const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?:@|$)/i;
/** What comes after such a host or part of a path belongs to a web hook. */
const HOOK_HOST = /^(?:hooks?|web-?hooks?)$/i;
const HOOK_PART = /^(?:hooks?|web-?hooks?\w*|integrations?|workflows?|incoming-?webhooks?|keys?)$/i;

/** The longest run of letters and digits. */
export const longestRun = (text: string): string =>
  text.split(/%[\dA-F]{2}|[^A-Za-z\d]+/i).reduce((longest, run) => (run.length > longest.length ? run : longest), '');

/** Whether a text was drawn at random rather than written: small and capital letters and digits change places again and again. */
export function isRandomText(text: string): boolean {
  const run = longestRun(text);
  if (run.length < 20 || !/[a-z]/.test(run) || !/[A-Z]/.test(run)) return false;
  const changes = run.match(/[a-z](?![a-z])|[A-Z](?![A-Z])|\d(?!\d)/g)?.length ?? 0;
  return changes >= run.length / 4 && (run.match(/\d+/g)?.length ?? 0) >= 2;
}

/** Among the parts of a web hook shorter ones count too, and numbers in hexadecimal. */
function isHookSecret(part: string): boolean {
  if (UUID.test(part)) return true;
  const run = longestRun(part);
  const digits = run.match(/\d+/g)?.length ?? 0;
  if (!/[a-z]/i.test(run)) return false;
  return (run.length >= 20 && (digits >= 1 || /[a-z][A-Z]+[a-z]+[A-Z]/.test(run))) || (run.length >= 8 && digits >= 2);
}

/** The path of a web address with a mark for each part that opens the door by itself, as in `/services/T0/B0/XXXX` of a web hook. */
export function withoutSecretParts(address: string, mark: string): string {
  const [, scheme, host = '', path = ''] = /^(https?:\/\/)([^/?#]*)([^?#]*)/i.exec(address) ?? [];
  if (scheme === undefined || path.length < 2) return address;
  let isHook = host.split(/[.:@]/).some((label) => HOOK_HOST.test(label));
  const parts = path.split('/').map((part) => {
    const isSecret = /^bot\d+:\w/.test(part) || isRandomText(part) || (isHook && isHookSecret(part));
    isHook ||= HOOK_PART.test(part);
    return isSecret ? mark : part;
  });
  return scheme + host + parts.join('/') + address.slice(scheme.length + host.length + path.length);
}
