import type { TableSchema } from '@velostream/core/protocol';

type Schemas = Readonly<Record<string, TableSchema>>;

const KEYWORDS =
  'SELECT FROM WHERE GROUP BY WINDOW HAVING ORDER LIMIT EMIT CHANGES FINAL TUMBLING SLIDING SESSION INTERVAL MINUTE SECOND HOUR DAY JOIN LEFT INNER ON WITHIN AS AND OR NOT IN LIKE BETWEEN IS NULL DISTINCT CASE WHEN THEN ELSE END OVER PARTITION ROWS BUFFER CREATE STREAM TABLE INTO DESC ASC COUNT SUM AVG MIN MAX MEDIAN TRUE FALSE NOW'.split(
    ' ',
  );
/** What may follow a relation or a finished condition. */
const CLAUSES = ['WHERE', 'GROUP BY', 'WINDOW', 'HAVING', 'ORDER BY', 'LIMIT', 'EMIT CHANGES', 'JOIN', 'LEFT JOIN', 'WITHIN'];
const CALLS = ['COUNT(', 'SUM(', 'AVG(', 'MIN(', 'MAX(', 'MEDIAN('];

/** Names of relations in a query, and what they are called in it. */
export function relationsIn(text: string, schemas: Schemas): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const m of text.matchAll(/\b(?:FROM|JOIN)\s+`?([\w.-]+)`?(?:\s+(?:AS\s+)?([A-Za-z_]\w*))?/gi)) {
    const table = Object.keys(schemas).find((name) => name.toLowerCase() === m[1]?.toLowerCase());
    if (table === undefined) continue;
    found.set(table.toLowerCase(), table);
    if (m[2] !== undefined && !KEYWORDS.includes(m[2].toUpperCase())) found.set(m[2].toLowerCase(), table);
  }
  return found;
}

export interface Word {
  /** What is still missing of it; empty where it is whole. */
  readonly rest: string;
  readonly isKnown: boolean;
}

const columnsOf = (schemas: Schemas, tables: Iterable<string>): string[] => [
  ...new Set([...tables].flatMap((t) => schemas[t]?.columns.map((c) => c.name) ?? [])),
];

const WHOLE: Word = { rest: '', isKnown: true };
const UNKNOWN: Word = { rest: '', isKnown: false };

function extended(part: string, candidates: readonly string[]): Word {
  const lower = part.toLowerCase();
  if (candidates.some((c) => c.toLowerCase() === lower || c.toLowerCase() === `${lower}(`)) return WHOLE;
  const found = candidates.find((c) => c.toLowerCase().startsWith(lower));
  if (found === undefined) return UNKNOWN;
  const rest = found.slice(part.length);
  // Who writes small letters goes on in small letters.
  return { rest: part === lower && found === found.toUpperCase() && part !== '' ? rest.toLowerCase() : rest, isKnown: true };
}

/** The word that is being typed at the end of a query, completed from the names and the words that can stand there; `undefined` between words. */
export function wordAt(prefix: string, suffix: string, schemas: Schemas): Word | undefined {
  const text = prefix.slice(prefix.lastIndexOf(';') + 1);
  const named = /([A-Za-z_]\w*)\.([A-Za-z_]\w*)?$/.exec(text);
  const relations = relationsIn(`${text} ${suffix}`, schemas);
  if (named) {
    const table =
      relations.get(named[1]?.toLowerCase() ?? '') ?? Object.keys(schemas).find((n) => n.toLowerCase() === named[1]?.toLowerCase());
    if (table === undefined) return UNKNOWN;
    return named[2] === undefined
      ? columnStart(text, named[1] ?? '', table, schemas, relations)
      : extended(named[2], columnsOf(schemas, [table]));
  }
  const part = /[A-Za-z_]\w*$/.exec(text)?.[0];
  if (part === undefined) return undefined;
  const before = text.slice(0, text.length - part.length).trimEnd();
  if (/['`"]$/.test(text.slice(0, text.length - part.length)) || /\d$/.test(before)) return undefined;
  if (/\bAS$/i.test(before)) return undefined;
  if (/\b(FROM|JOIN)$/i.test(before)) return extended(part, [...Object.keys(schemas)]);
  if (before === '') return extended(part, ['SELECT', 'CREATE STREAM', 'WITH', 'INSERT']);
  if (/\bEMIT$/i.test(before)) return extended(part, ['CHANGES', 'FINAL']);
  if (/\bWINDOW$/i.test(before)) return extended(part, ['TUMBLING', 'SLIDING', 'SESSION']);
  if (/\b(GROUP|ORDER|PARTITION)$/i.test(before)) return extended(part, ['BY']);
  const tables = relations.size > 0 ? relations.values() : Object.keys(schemas);
  if (/(,|\(|=|<|>|\+|-|\*|\/|\b(SELECT|DISTINCT|WHERE|AND|OR|NOT|HAVING|BY|ON|WHEN|THEN|ELSE|BETWEEN))$/i.test(before)) {
    const list = extended(part, [
      ...columnsOf(schemas, tables),
      ...(/\b(SELECT|HAVING|BY)$|,$/i.test(before) ? CALLS : []),
      ...relations.keys(),
    ]);
    return list.isKnown || !KEYWORDS.includes(part.toUpperCase()) ? list : WHOLE;
  }
  const whole = [...relationsIn(before, schemas).keys(), ...columnsOf(schemas, tables)];
  if (KEYWORDS.includes(part.toUpperCase()) || whole.some((w) => w.toLowerCase() === part.toLowerCase())) return WHOLE;
  // Behind a relation, a condition or an expression a clause begins; what begins none is an alias.
  const next = extended(part, /\bFROM\b/i.test(before) ? [...CLAUSES, 'AND', 'OR'] : ['FROM', 'AS']);
  return next.isKnown && part.length >= 1 ? next : undefined;
}

/** Behind `t.`: the key of a join, else the first column. */
function columnStart(text: string, alias: string, table: string, schemas: Schemas, relations: ReadonlyMap<string, string>): Word {
  const mine = schemas[table]?.columns.map((c) => c.name) ?? [];
  const others = new Set([...relations.values()].filter((t) => t !== table).flatMap((t) => schemas[t]?.columns.map((c) => c.name) ?? []));
  const shared = /\b(ON|AND|=)\s*[A-Za-z_]\w*\.$/i.test(text) ? mine.find((c) => others.has(c)) : undefined;
  const said = new Set([...text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'))].map((m) => m[1]));
  const column = shared ?? mine.find((c) => !said.has(c));
  return column === undefined ? UNKNOWN : { rest: column, isKnown: true };
}
