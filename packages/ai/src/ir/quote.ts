const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Words that SQL keeps for itself: as names they stand in back-ticks. */
const RESERVED = new Set(
  (
    'SELECT DISTINCT FROM WHERE GROUP HAVING ORDER ASC DESC WINDOW LIMIT CREATE INTO AS WITH EMIT JOIN INNER LEFT RIGHT FULL OUTER ON WITHIN INTERVAL CASE WHEN ' +
    'THEN ELSE END IS IN NOT BETWEEN LIKE EXISTS UNION ANY ALL AND OR OVER PRIMARY NULL TRUE FALSE BY CROSS OFFSET STREAM TABLE ROWS RANGE SHOW LIST'
  ).split(' '),
);

/** A name as SQL takes it. */
export const quoteName = (name: string): string =>
  PLAIN.test(name) && !RESERVED.has(name.toUpperCase()) ? name : `\`${name.replaceAll('`', '')}\``;

/** A text as a literal. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const UNITS = [
  ['DAY', 86_400_000],
  ['HOUR', 3_600_000],
  ['MINUTE', 60_000],
  ['SECOND', 1000],
  ['MILLISECOND', 1],
] as const;

/** `INTERVAL '5' MINUTE` in the largest unit that fits. */
export function interval(ms: number): string {
  const [unit, size] = UNITS.find(([, unitMs]) => ms % unitMs === 0 && ms >= unitMs) ?? UNITS[4];
  return `INTERVAL '${Math.round(ms / size)}' ${unit}`;
}

/** `5 minutes`, for people. */
export function durationText(ms: number): string {
  const [unit, size] = UNITS.find(([, unitMs]) => ms % unitMs === 0 && ms >= unitMs) ?? UNITS[4];
  const n = Math.round(ms / size);
  return `${n} ${unit.toLowerCase()}${n === 1 ? '' : 's'}`;
}
