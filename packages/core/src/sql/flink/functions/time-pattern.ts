/** Letters of Java's DateTimeFormatter for the codes of strftime that both know. */
const CODES: Readonly<Record<string, string>> = {
  Y: 'yyyy',
  y: 'yy',
  m: 'MM',
  d: 'dd',
  H: 'HH',
  I: 'hh',
  h: 'hh',
  M: 'mm',
  i: 'mm',
  S: 'ss',
  s: 'ss',
  p: 'a',
  a: 'EEE',
  A: 'EEEE',
  b: 'MMM',
  B: 'MMMM',
  j: 'DDD',
  F: 'yyyy-MM-dd',
  T: 'HH:mm:ss',
  f: 'SSSSSSSSS',
};

/** A strftime format as a pattern of Java; undefined when a code has no counterpart. */
export function javaPattern(format: string): string | undefined {
  let pattern = '';
  for (const [whole, digits, code, text] of format.matchAll(/%(\d?)(.)|([^%]+)/gs)) {
    if (text !== undefined) pattern += /[A-Za-z'[\]{}#]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
    else if (whole === '%%') pattern += '%';
    else if (code === 'f' && digits !== '') pattern += 'S'.repeat(Number(digits));
    else if (code === undefined || CODES[code] === undefined || digits !== '' || code === 's') return undefined;
    else pattern += CODES[code];
  }
  return pattern;
}
