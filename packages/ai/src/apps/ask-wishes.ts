import type { TableSchema } from '@velostream/core/protocol';
import type { NlToSqlResult } from '@velostream/core/protocol/assist';
import { extractAnnotations } from '@velostream/core/sql';
import { singular } from '../offline/lexicon.ts';
import { partsOf } from '../offline/sql-parts.ts';
import { splitName, stem } from '../offline/stem.ts';
import { translate } from '../offline/translate.ts';
import { trimmed, UNIT_MS, type Wish, type Wishes } from './read-wishes.ts';

export interface AskedQuery {
  readonly title: string;
  readonly sql: string;
}

export interface Asked {
  readonly queries: readonly AskedQuery[];
  readonly open: readonly string[];
}

type Schemas = Readonly<Record<string, TableSchema>>;

const isAnswer = (made: NlToSqlResult): made is Extract<NlToSqlResult, { kind: 'sql' }> =>
  made.kind === 'sql' && made.ignored.length === 0 && made.confidence >= 0.4;

/** One wish as a question over known fields; sums and counts without a time are told every five minutes. */
function answer(question: string, isTimed: boolean, schemas: Schemas): string | undefined {
  const made = translate({ prompt: question, schemas });
  if (!isAnswer(made)) return undefined;
  const parts = partsOf(made.sql);
  if (!parts || parts.window !== undefined || isTimed || !parts.items.some((i) => i.isAggregate)) return made.sql;
  const timed = translate({ prompt: `${question} every 5 minutes`, schemas });
  return isAnswer(timed) ? timed.sql : made.sql;
}

/** Whether a query still computes what it did, with an alert more. */
function withAlert(sql: string, alert: string, schemas: Schemas): string | undefined {
  const made = translate({ prompt: `alert when ${alert}`, schemas, previousSql: sql });
  if (!isAnswer(made)) return undefined;
  const [before, after] = [partsOf(sql), partsOf(made.sql)];
  const isSame = before?.from === after?.from && before?.items.map((i) => i.sql).join() === after?.items.map((i) => i.sql).join();
  return isSame && extractAnnotations(made.sql).alerts.length > extractAnnotations(sql).alerts.length ? made.sql : undefined;
}

/** What was wished for, read over the fields that are there; what they do not answer is named. */
export function askWishes({ subject, wishes }: Wishes, schemas: Schemas): Asked {
  const queries: AskedQuery[] = [];
  const open: string[] = [];
  const names = Object.keys(schemas);
  const reword = wording(subject, names);
  for (const wish of wishes.filter((w) => !w.isAlert)) {
    const text = reword(wish.text);
    if (wish.by.length === 0 && names.some((name) => sameNoun(name, reword(wish.figure)))) continue;
    const sql = figureOf(text, wish, schemas);
    if (sql === undefined) open.push(`"${wish.text}" is left out: no field that is connected answers it`);
    else if (!queries.some((q) => q.sql === sql)) queries.push({ title: titleOf(wish), sql });
  }
  for (const alert of wishes.filter((w) => w.isAlert)) {
    const text = reword(alert.text);
    const at = queries.findIndex((q) => speaksOf(q, alert) && withAlert(q.sql, text, schemas) !== undefined);
    const query = queries[at];
    const changed = query ? withAlert(query.sql, text, schemas) : undefined;
    if (query && changed !== undefined) {
      queries[at] = { ...query, sql: changed };
      continue;
    }
    const own = translate({ prompt: `alert when ${/^(?:more|less|fewer) than/i.test(text) ? `there are ${text}` : text}`, schemas });
    if (isAnswer(own) && extractAnnotations(own.sql).alerts.length > 0) queries.push({ title: titleOf(alert), sql: own.sql });
    else open.push(`nothing alerts on "${alert.text}": ${alert.bound ? 'no field that is connected answers it' : 'no limit was named'}`);
  }
  return { queries, open };
}

/** A panel shows figures: rows that were named are counted. */
function figureOf(text: string, wish: Wish, schemas: Schemas): string | undefined {
  const isTimed = wish.everyMs !== undefined;
  const plain = answer(text, isTimed, schemas);
  const isRows = plain === undefined || !partsOf(plain)?.items.some((i) => i.isAggregate);
  if (!isRows || wish.bound || /\b(?:latest|last|newest|each)\b/i.test(text)) return plain;
  return answer(`count ${text}`, isTimed, schemas) ?? plain;
}

const stems = (text: string): string[] =>
  splitName(text)
    .map(stem)
    .filter((w) => w.length > 2 && !/^(?:the|and|for|per|are|than)$/.test(w));
const sameNoun = (name: string, text: string): boolean => stems(name).join() === stems(text).join();

/** "parcel deliveries" over a source called parcels: from there on "deliveries" are parcels. */
function wording(subject: string, names: readonly string[]): (text: string) => string {
  const words = subject.split(/\s+/);
  const head = words.at(-1) ?? '';
  const source = names.find((name) => words.slice(0, -1).some((w) => stems(w).join() === stems(name).join()));
  if (source === undefined || words.length < 2 || singular(head) === head) return (text) => text;
  return (text) => text.replace(new RegExp(`\\b${head.replace(/\W/g, '')}\\b`, 'gi'), source);
}

const titleOf = (wish: Wish): string => {
  const [first = ''] = wish.by;
  const isNamed = first === '' || new RegExp(`\\b(?:by|per)\\s+(?:the\\s+)?${first}`, 'i').test(wish.figure);
  return trimmed(isNamed ? wish.figure : `${wish.figure} per ${wish.by.join(' and ')}`);
};

/** An alert belongs to the query whose figure and time it names. */
function speaksOf(query: AskedQuery, alert: Wish): boolean {
  const said = stems(alert.figure);
  const known = new Set(stems(query.title));
  const size = /TUMBLING\([^)]*INTERVAL '(\d+)' (\w+)/.exec(query.sql);
  const isTime =
    alert.everyMs === undefined || (size !== null && Number(size[1]) * (UNIT_MS[size[2]?.toLowerCase() ?? ''] ?? 0) === alert.everyMs);
  return isTime && said.length > 0 && said.every((w) => known.has(w));
}
