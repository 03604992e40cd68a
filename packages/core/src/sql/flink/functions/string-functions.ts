import { quoteText } from '../quote.ts';
import { arg, as, type CallSite, constant, counting, int, type Mappings, named } from './mapping.ts';

const SPACE = '[\\s\\x{00A0}\\x{FEFF}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{3000}]+';
const JAVA_PATTERNS = 'Patterns are read by the rules of Java on Flink, by those of RE2 here.';

const trimmed = (pattern: string): Mappings[string] => as((call) => `REGEXP_REPLACE(${arg(call, 0)}, ${quoteText(pattern)}, '')`);
const texts = (call: CallSite, from: number, missing: string): string =>
  call.args
    .slice(from)
    .map((a) => `COALESCE(${a.text}, ${missing})`)
    .join(', ');

/** A position before 1 means the beginning. */
function from(call: CallSite, i: number): string {
  const start = constant(call, i);
  return typeof start === 'number' ? String(Math.max(1, start)) : `GREATEST(${int(call, i)}, 1)`;
}

const padded = (name: string): Mappings[string] =>
  as((call) => `${name}(${arg(call, 0)}, ${int(call, 1)}, ${call.args.length > 2 ? arg(call, 2) : "' '"})`);

/** REGEXP_REPLACE of Flink replaces all matches, and what replaces them is plain text; the first match alone is cut out by its place. */
function replacedByPattern(call: CallSite): string {
  const flags = call.args.length > 3 ? constant(call, 3) : '';
  const by = constant(call, 2);
  if (typeof flags !== 'string') return call.report.refuse('The flags of REGEXP_REPLACE have to be a literal on Flink.');
  if (typeof by !== 'string' || /[$\\]/.test(by))
    return call.report.refuse('REGEXP_REPLACE with groups in what replaces the match is not on Flink, because it is plain text there.');
  const [text, pattern, instead] = [arg(call, 0), flags.includes('i') ? `('(?i)' || ${arg(call, 1)})` : arg(call, 1), arg(call, 2)];
  if (flags.includes('g')) return `REGEXP_REPLACE(${text}, ${pattern}, ${instead})`;
  const place = `REGEXP_INSTR(${text}, ${pattern})`;
  const rest = `SUBSTRING(${text}, ${place} + CHAR_LENGTH(REGEXP_SUBSTR(${text}, ${pattern})))`;
  return `CASE WHEN ${place} > 0 THEN SUBSTRING(${text}, 1, ${place} - 1) || ${instead} || ${rest} ELSE ${text} END`;
}

export const stringFunctions: Mappings = {
  upper: named('UPPER'),
  lower: named('LOWER'),
  trim: trimmed(`^${SPACE}|${SPACE}$`),
  ltrim: trimmed(`^${SPACE}`),
  rtrim: trimmed(`${SPACE}$`),
  length: counting('CHAR_LENGTH'),
  byte_length: as((call) => `CAST(CHAR_LENGTH(HEX(${arg(call, 0)})) / 2 AS BIGINT)`),
  substring: as((call) => `SUBSTRING(${arg(call, 0)}, ${from(call, 1)}${call.args.length > 2 ? `, ${int(call, 2)}` : ''})`),
  left: as((call) => `LEFT(${arg(call, 0)}, ${int(call, 1)})`),
  right: as((call) => `RIGHT(${arg(call, 0)}, ${int(call, 1)})`),
  replace: named('REPLACE'),
  concat: as((call) => (call.args.length === 0 ? "''" : `CONCAT(${texts(call, 0, "''")})`)),
  concat_ws: named('CONCAT_WS'),
  join: as((call) => `CONCAT_WS(${[arg(call, 0), texts(call, 1, "'NULL'")].filter((text) => text !== '').join(', ')})`),
  split: named('SPLIT'),
  split_part: as((call) => {
    const [text, separator, index] = [arg(call, 0), arg(call, 1), int(call, 2)];
    const nulls = call.args.filter((a) => a.expr.kind !== 'literal').map((a) => `${a.text} IS NULL`);
    const piece = `COALESCE(SPLIT_INDEX(${text}, ${separator}, ${index} - 1), '')`;
    return nulls.length === 0 ? piece : `CASE WHEN ${nulls.join(' OR ')} THEN CAST(NULL AS STRING) ELSE ${piece} END`;
  }),
  position: as((call) =>
    call.args.length > 2
      ? `CAST(LOCATE(${arg(call, 0)}, ${arg(call, 1)}, ${int(call, 2)}) AS BIGINT)`
      : `CAST(POSITION(${arg(call, 0)} IN ${arg(call, 1)}) AS BIGINT)`,
  ),
  instr: as((call) => `CAST(POSITION(${arg(call, 1)} IN ${arg(call, 0)}) AS BIGINT)`),
  regexp: named('REGEXP', JAVA_PATTERNS),
  regexp_replace: as(replacedByPattern, JAVA_PATTERNS),
  regexp_extract: as((call) => `REGEXP_EXTRACT(${arg(call, 0)}, ${arg(call, 1)}, ${int(call, 2)})`, JAVA_PATTERNS),
  lpad: padded('LPAD'),
  rpad: padded('RPAD'),
  reverse: named('REVERSE'),
  initcap: named('INITCAP'),
};
