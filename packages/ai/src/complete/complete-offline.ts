import type { TableSchema } from '@velostream/core/protocol';
import type { CompletionRequest, CompletionResult } from '@velostream/core/protocol/assist';
import { parse } from '@velostream/core/sql';
import { quoteName } from '../ir/quote.ts';
import { columnFacts, isMeasure } from '../offline/column-facts.ts';
import { joinEdge } from '../offline/join-path.ts';
import { lexiconOf, type TableFacts } from '../offline/lexicon.ts';
import { completeCase, withinAfter } from './complete-case.ts';
import { completeOperand } from './complete-operand.ts';
import { relationsIn, wordAt } from './complete-word.ts';
import { closed, innermostQuery } from './open-parts.ts';

type Schemas = Readonly<Record<string, TableSchema>>;

const WINDOW = "TUMBLING(INTERVAL '5' MINUTE)";
const CALL = /\b(COUNT|SUM|AVG|MIN|MAX|MEDIAN|STDDEV\w*|VAR\w*|PERCENTILE_CONT|FIRST_VALUE|LAST_VALUE|APPROX_\w+)\s*\(/i;

/** Parts of an unfinished query, as far as text tells. */
interface Draft {
  readonly items: readonly string[];
  readonly table: string | undefined;
  readonly has: (clause: RegExp) => boolean;
  readonly text: string;
}

function draftOf(prefix: string): Draft {
  const text = prefix.slice(innermostQuery(prefix)).replace(/--[^\n]*\n/g, ' ');
  const list = /\bSELECT\s+(?:DISTINCT\s+)?([\s\S]*?)(?:\bFROM\b|$)/i.exec(text)?.[1] ?? '';
  return {
    items: splitTop(list),
    table: /\bFROM\s+([`\w.-]+)/i.exec(text)?.[1]?.replaceAll('`', ''),
    has: (clause) => clause.test(text),
    text,
  };
}

/** Splits at commas outside of parentheses. */
function splitTop(list: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let item = '';
  for (const c of list) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) {
      out.push(item.trim());
      item = '';
    } else item += c;
  }
  if (item.trim() !== '') out.push(item.trim());
  return out;
}

const bare = (item: string): string => item.replace(/\s+AS\s+[`\w]+$/i, '').trim();
const isAggregate = (item: string): boolean => CALL.test(item) && !/\bOVER\s*\(/i.test(item);
const keysOf = (draft: Draft): string[] =>
  draft.items.filter((i) => !isAggregate(i) && !/window_(start|end)|_WINDOW_/i.test(i) && !/\bOVER\s*\(/i.test(i) && i !== '*').map(bare);
/** Results of windows that are closed: who writes EMIT behind a window means FINAL, because CHANGES needs no word. */
const emitOf = (draft: Draft): string => (draft.has(/\bWINDOW\s+(TUMBLING|SESSION|SLIDING)\s*\(/i) ? 'EMIT FINAL' : 'EMIT CHANGES');
const namesWindow = (draft: Draft): boolean => draft.items.some((i) => /\b_?window_(start|end)\b/i.test(i));
const hasAggregates = (draft: Draft): boolean => draft.items.some(isAggregate);

/** Relation that the items are qualified with, else the one that most of the named columns belong to. */
function tableFor(draft: Draft, schemas: Schemas): string | undefined {
  const [, qualifier, column] = /\b([A-Za-z_]\w*)\.([A-Za-z_]\w*|\*)/.exec(draft.items.join(' ')) ?? [];
  if (qualifier !== undefined && qualifier in schemas) return qualifier;
  // `b.price`: an alias is mostly the beginning of the name.
  const begun = Object.keys(schemas).filter((name) => qualifier !== undefined && name.toLowerCase().startsWith(qualifier.toLowerCase()));
  const owner = begun.filter((name) => column === '*' || schemas[name]?.columns.some((c) => c.name === column));
  if (owner.length === 1) return owner[0];
  const words = new Set(draft.items.join(' ').match(/[A-Za-z_]\w*/g) ?? []);
  return Object.entries(schemas)
    .map(([name, s]) => ({ name, hits: s.columns.filter((c) => words.has(c.name)).length, isTable: s.kind === 'table' }))
    .toSorted((a, b) => b.hits - a.hits || Number(a.isTable) - Number(b.isTable))[0]?.name;
}

/** Clauses that are still to come, in order, after the one in hand. */
function rest(draft: Draft, from: 'from' | 'group' | 'window' | 'having' | 'order' | 'limit'): string[] {
  const out: string[] = [];
  const order = ['from', 'group', 'window', 'having', 'order', 'limit'];
  const after = (clause: string): boolean => order.indexOf(clause) > order.indexOf(from);
  const keys = keysOf(draft);
  if (after('group') && hasAggregates(draft) && keys.length > 0) out.push(`GROUP BY ${keys.join(', ')}`);
  if (after('window') && (hasAggregates(draft) || namesWindow(draft)) && !draft.has(/\bWINDOW\s+\w+\s*\(/i)) out.push(`WINDOW ${WINDOW}`);
  out.push(out.some((c) => c.startsWith('WINDOW')) ? 'EMIT FINAL' : emitOf(draft));
  return out;
}

/** A number of the relation that is measured: one that is not used yet, rather one with parts than a whole number, which may be a grade. */
const measureOf = (table: string | undefined, schemas: Schemas, used: readonly string[] = []): string | undefined => {
  const schema = table === undefined ? undefined : schemas[table];
  const facts = schema?.columns.map((c) => columnFacts(table ?? '', c)) ?? [];
  const measures = facts.filter(isMeasure);
  const fresh = measures.filter((c) => !used.includes(c.name));
  const among = fresh.length > 0 ? fresh : measures;
  return (among[0] ?? facts[0])?.name;
};

/** The figure that groups are bounded by: how many rows they have where that is selected, else the last figure. */
function boundedFigure(draft: Draft): string {
  const figures = draft.items.filter(isAggregate).map(bare);
  return figures.some((f) => /^COUNT\s*\(\s*\*\s*\)$/i.test(f)) ? 'COUNT(*)' : (figures.at(-1) ?? 'COUNT(*)');
}

/** Words of the figures that are selected already. */
const usedIn = (draft: Draft): string[] => draft.items.filter(isAggregate).flatMap((i) => i.match(/[A-Za-z_]\w*/g) ?? []);

/** What different values are counted of: what identifies something and is no key of the groups. */
function identityOf(table: string | undefined, draft: Draft, schemas: Schemas): string | undefined {
  const facts = (table === undefined ? [] : (schemas[table]?.columns ?? [])).map((c) => columnFacts(table ?? '', c));
  const keys = keysOf(draft);
  const free = facts.filter((c) => !keys.includes(c.name));
  return (free.find((c) => c.isId) ?? free.find((c) => c.kind === 'text'))?.name;
}

function joinOn(draft: Draft, schemas: Schemas): string | undefined {
  const join = /\bJOIN\s+([`\w]+)(?:\s+(?:AS\s+)?(\w+))?\s*(?:ON\s*)?$/i.exec(draft.text);
  const left = /\bFROM\s+([`\w]+)(?:\s+(?:AS\s+)?(?!JOIN|LEFT|INNER|WHERE|GROUP)(\w+))?/i.exec(draft.text);
  const lexicon = lexiconOf(schemas);
  const a = lexicon.table(left?.[1]?.replaceAll('`', '') ?? '');
  const b = lexicon.table(join?.[1]?.replaceAll('`', '') ?? '');
  if (!a || !b) return undefined;
  const shared = joinEdge(a, b);
  // `b.auction` over `auction a` names its relation; a column that both merely have does not.
  const edge = shared && (shared.left.isId || !namesOther(a, b)) ? shared : likelyEdge(a, b);
  if (!edge) return undefined;
  const alias = join?.[2] !== undefined && !/^ON$/i.test(join[2]) ? join[2] : b.name;
  const within = a.isTable || b.isTable ? '' : " WITHIN INTERVAL '5' MINUTE";
  return `${left?.[2] ?? a.name}.${quoteName(edge.left.name)} = ${alias}.${quoteName(edge.right.name)}${within}`;
}

const namesOther = (a: TableFacts, b: TableFacts): boolean =>
  [
    [a, b],
    [b, a],
  ].some(([from, to]) => to?.noun.length === 1 && from?.columns.some((c) => c.words.length === 1 && c.words[0] === to.noun[0]));

/** Where no key is shared by name: a column that names the other relation, else what identifies each. */
function likelyEdge(a: TableFacts, b: TableFacts) {
  const names = (from: TableFacts, to: TableFacts) =>
    from.columns.find((c) => to.noun.length > 0 && c.words.includes(to.noun.at(-1) ?? ''));
  const own = (t: TableFacts) => t.columns.find((c) => /^id$/i.test(c.name)) ?? t.columns.find((c) => c.isId) ?? t.columns[0];
  const right = names(b, a);
  const left = names(a, b);
  const one = right ? own(a) : (left ?? own(a));
  const other = right ?? own(b);
  return one && other ? { left: one, right: other } : undefined;
}

interface Guess {
  readonly text: string;
  readonly why: string;
}

/** What most likely comes next: by the clause in hand, the columns used and the keys that relations share. */
function guess(prefix: string, schemas: Schemas): Guess | undefined {
  const draft = draftOf(prefix);
  const tail = draft.text.replace(/\s+$/, '');
  const said = (text: string, why: string): Guess => ({ text, why });
  if (tail === '') return said(`SELECT * FROM ${quoteName(Object.keys(schemas)[0] ?? 'source')} EMIT CHANGES`, 'a whole query');
  const line = (list: readonly string[]): string => list.join(' ');
  const nested = inOver(tail, draft, schemas);
  if (nested) return nested;
  if (/\bEMIT$/i.test(tail)) return said(emitOf(draft).slice(5), 'how results are emitted');
  if (/\bEMIT\s+(CHANGES|FINAL)$/i.test(tail)) return undefined;
  if (/\bWINDOW$/i.test(tail)) return said(`${WINDOW} EMIT FINAL`, 'a window');
  if (/\bGROUP(\s+BY)?$/i.test(tail))
    return said(
      `${/BY$/i.test(tail) ? '' : 'BY '}${keysOf(draft).join(', ') || '1'} ${line(rest(draft, 'group'))}`,
      'columns that are not aggregated',
    );
  if (/\bORDER(\s+BY)?$/i.test(tail))
    return said(
      `${/BY$/i.test(tail) ? '' : 'BY '}${aliasOf(draft) ?? '1'} DESC LIMIT 10 ${emitOf(draft)}`,
      'the last figure, largest first',
    );
  if (/\bLIMIT$/i.test(tail)) return said(`10 ${emitOf(draft)}`, 'a few rows');
  if (/\bFROM$/i.test(tail) && isForeign(draft, schemas))
    return said(
      `( SELECT * FROM ${quoteName(tableFor(draft, schemas) ?? 'source')} ) t EMIT CHANGES`,
      'names that no source has come from a subquery',
    );
  if (/\bFROM$/i.test(tail))
    return said(`${quoteName(tableFor(draft, schemas) ?? 'source')} ${line(rest(draft, 'from'))}`, 'the source with these columns');
  if (/\bJOIN\s+[`\w]+(\s+\w+)?$/i.test(tail) && !/\bON$/i.test(tail)) {
    const on = joinOn(draft, schemas);
    return on === undefined ? undefined : said(`ON ${on} ${line(rest(draft, 'from'))}`, 'the key that both share');
  }
  if (/\bON$/i.test(tail)) {
    const on = joinOn(draft, schemas);
    return on === undefined ? undefined : said(`${on} ${line(rest(draft, 'from'))}`, 'the key that both share');
  }
  if (/\(\s*(?:DISTINCT)?$/i.test(tail) && CALL.test(tail)) return inCall(tail, draft, schemas);
  if (/\bSELECT(\s+DISTINCT)?$/i.test(tail))
    return said(`* FROM ${quoteName(Object.keys(schemas)[0] ?? 'source')} EMIT CHANGES`, 'every column');
  if (/(,|=|<|>|\bAND|\bOR|\bWHERE|\bHAVING|\bBY|\+|-|\*|\/|\bAS|\bBETWEEN|\bNOT|\bIN|\bLIKE)$/i.test(tail))
    return open(tail, draft, schemas);
  return clause(draft, tail, line, said);
}

/** Whether items name columns that no source has: what is selected from was made in a subquery. */
function isForeign(draft: Draft, schemas: Schemas): boolean {
  const table = tableFor(draft, schemas);
  const known = new Set((table === undefined ? [] : (schemas[table]?.columns ?? [])).map((c) => c.name));
  return draft.items.some((i) => /^[A-Za-z_]\w*$/.test(bare(i)) && !known.has(bare(i)) && !/^_?window_/i.test(bare(i)));
}

/** What is left of an earlier window, after what was typed of this one. */
function restOf(before: string, typed: string): string | undefined {
  const plain = (t: string): string => t.replace(/\s+/g, ' ').trim().toUpperCase();
  return plain(before).startsWith(plain(typed)) ? before.replace(/\s+/g, ' ').slice(plain(typed).length).trim() : undefined;
}

/** What rows follow each other by: event time, else a column that is a time by type or name, else a number that is no measure. */
function timeOf(schema: TableSchema | undefined, draft: Draft): string | undefined {
  const facts = (schema?.columns ?? []).map((c) => columnFacts('', c));
  const named = facts.find((c) => c.kind === 'time') ?? facts.find((c) => /(^|_)(ts|time|date|at)$|Time$/i.test(c.name));
  const said: readonly string[] = draft.text.match(/[A-Za-z_]\w*/g) ?? [];
  const isPartition = (name: string): boolean => new RegExp(`PARTITION\\s+BY[^()]*\\b${name}\\b`, 'i').test(draft.text);
  return (
    schema?.eventTime ??
    named?.name ??
    facts.find((c) => c.kind === 'number' && said.includes(c.name) && !isPartition(c.name))?.name ??
    facts[0]?.name
  );
}

/** What rows are told apart by: something said that is no measure, else the first such column of the source. */
function partitionOf(draft: Draft, table: string | undefined, schemas: Schemas, isRank: boolean): string | undefined {
  const facts = (table === undefined ? [] : (schemas[table]?.columns ?? [])).map((c) => columnFacts(table ?? '', c));
  const apart = facts.filter((c) => c.kind === 'text');
  const isOne = !draft.items.some((i) => i.includes('.'));
  const said = keysOf(draft).find((k) => apart.some((c) => c.name === k.split('.').at(-1) && !(isRank && isOne && c.isId)));
  const other = isRank && isOne ? apart.find((c) => !c.isId) : undefined;
  if (said === undefined && other) return quoteName(other.name);
  return said ?? (apart[0] ? quoteName(apart[0].name) : undefined);
}

/** Inside of OVER or WITHIN GROUP: the rest of its parts, then the query around it. */
function inOver(tail: string, draft: Draft, schemas: Schemas): Guess | undefined {
  const opened = /\b(OVER|WITHIN\s+GROUP)\s*\(([^()]*)$/i.exec(tail);
  if (!opened) return undefined;
  const table = draft.table ?? tableFor(draft, schemas);
  const schema = table === undefined ? undefined : schemas[table];
  const isRank = /\b(ROW_NUMBER|RANK|DENSE_RANK|PERCENT_RANK|CUME_DIST|NTILE)\s*\([^()]*\)\s*OVER\s*\([^()]*$/i.test(tail);
  // Ranks are mostly by a figure, largest first; everything else follows time.
  const ranked = isRank ? measureOf(table, schemas) : undefined;
  const time = ranked === undefined ? quoteName(timeOf(schema, draft) ?? '1') : `${quoteName(ranked)} DESC`;
  const before = [...draft.text.slice(0, opened.index).matchAll(/\bOVER\s*\(([^()]+)\)/gi)].at(-1)?.[1]?.trim();
  const rest = before === undefined ? undefined : restOf(before, (opened[2] ?? '').trim());
  const key = partitionOf(draft, table, schemas, isRank) ?? keysOf(draft)[0] ?? time;
  const end = `) AS value FROM ${quoteName(table ?? 'source')} EMIT CHANGES`;
  const inside = (opened[2] ?? '').trim();
  const why = 'the rest of the window over rows';
  // The windows over rows of one query are mostly alike.
  if (rest !== undefined && !/WITHIN/i.test(opened[1] ?? '')) return { text: `${rest}${end}`, why };
  if (/WITHIN/i.test(opened[1] ?? '')) {
    const number = quoteName(measureOf(table, schemas) ?? '1');
    const left =
      inside === '' ? `ORDER BY ${number}` : /^ORDER$/i.test(inside) ? `BY ${number}` : /^ORDER\s+BY$/i.test(inside) ? number : '';
    return { text: `${left}${end}`, why: 'the order of the percentile' };
  }
  const order = `ORDER BY ${time}`;
  if (inside === '' && isRank) return { text: `PARTITION BY ${key} ${order}${end}`, why };
  if (inside === '') return { text: `ROWS WINDOW BUFFER 10 ROWS PARTITION BY ${key} ${order}${end}`, why };
  if (/^ROWS$/i.test(inside)) return { text: `WINDOW BUFFER 10 ROWS PARTITION BY ${key} ${order}${end}`, why };
  if (/WINDOW$/i.test(inside)) return { text: `BUFFER 10 ROWS PARTITION BY ${key} ${order}${end}`, why };
  if (/BUFFER$/i.test(inside)) return { text: `10 ROWS PARTITION BY ${key} ${order}${end}`, why };
  if (/BUFFER\s+\d+$/i.test(inside)) return { text: `ROWS PARTITION BY ${key} ${order}${end}`, why };
  if (/PARTITION$/i.test(inside)) return { text: `BY ${key} ${order}${end}`, why };
  if (/PARTITION\s+BY$/i.test(inside)) return { text: `${key} ${order}${end}`, why };
  if (/ORDER$/i.test(inside)) return { text: `BY ${time}${end}`, why };
  if (/ORDER\s+BY$/i.test(inside)) return { text: `${time}${end}`, why };
  if (/ORDER\s+BY/i.test(inside)) return { text: end, why };
  return { text: `${/PARTITION/i.test(inside) ? '' : `PARTITION BY ${key} `}${order}${end}`, why };
}

const aliasOf = (draft: Draft): string | undefined =>
  draft.items
    .filter(isAggregate)
    .map((i) => /\s(?:AS\s+)?([`\w]+)$/i.exec(i)?.[1])
    .findLast((a) => a !== undefined);

function inCall(tail: string, draft: Draft, schemas: Schemas): Guess {
  const table = draft.table ?? Object.keys(schemas)[0];
  const counted = /\bDISTINCT$/i.test(tail) ? identityOf(table, draft, schemas) : undefined;
  const column = /COUNT\s*\($/i.test(tail) ? '*' : quoteName(counted ?? measureOf(table, schemas, usedIn(draft)) ?? '1');
  const call = /(\w+)\s*\(\s*$/.exec(tail)?.[1];
  const name = call === undefined || /\bOVER\b/i.test(tail) ? undefined : aliasFor(call, column);
  const before = draft.items.slice(0, -1).map(bare);
  if (name !== undefined && /^\w+$/.test(name) && draft.table === undefined && before.every((i) => !isAggregate(i)) && before.length > 0)
    return {
      text: `${column}) AS ${name} FROM ${quoteName(table ?? 'source')} GROUP BY ${before.join(', ')} WINDOW ${WINDOW} EMIT FINAL`,
      why: 'a number of the source, for each of what stands before it',
    };
  return {
    text: `${column}) AS ${name ?? 'value'} ${draft.table === undefined ? `FROM ${quoteName(table ?? 'source')} ` : ''}EMIT CHANGES`,
    why: 'a number of the source',
  };
}

/** The middle of an expression: only something that closes it. */
function open(tail: string, draft: Draft, schemas: Schemas): Guess | undefined {
  const table = draft.table ?? tableFor(draft, schemas);
  const column = quoteName(measureOf(table, schemas) ?? '1');
  const from = draft.table === undefined ? ` FROM ${quoteName(table ?? 'source')}` : '';
  if (/,$/.test(tail) && draft.table === undefined)
    return {
      text: `COUNT(*) AS row_count${from} ${keysOf(draft).length > 0 ? `GROUP BY ${keysOf(draft).join(', ')} ` : ''}EMIT CHANGES`,
      why: 'one more figure',
    };
  const grouped = /\bGROUP\s+BY\s+([^()]*),$/i
    .exec(tail)?.[1]
    ?.split(/,\s*/)
    .map((k) => k.trim().toLowerCase());
  const left = grouped && keysOf(draft).filter((k) => !grouped.includes(k.toLowerCase()));
  if (left && left.length > 0)
    return { text: `${left.join(', ')} ${rest(draft, 'group').join(' ')}`, why: 'the columns that are not grouped yet' };
  const divisor = /\/\s*([A-Za-z_][\w.]*)/.exec(draft.items.join(' '))?.[1];
  if (/\bWHERE$/i.test(tail) && divisor !== undefined) return { text: `${divisor} > 0 EMIT CHANGES`, why: 'what is divided by' };
  if (/\b(WHERE|AND|OR|NOT)$/i.test(tail)) return { text: `${column} > 0 EMIT CHANGES`, why: 'a condition' };
  if (/\bHAVING$/i.test(tail))
    return {
      text: `${boundedFigure(draft)} > 1 ${emitOf(draft)}`,
      why: 'a condition over groups',
    };
  if (/(=|<|>)$/.test(tail)) return { text: '0 EMIT CHANGES', why: 'a value' };
  if (/\bAS$/i.test(tail)) return { text: `value${from} EMIT CHANGES`, why: 'a name' };
  return undefined;
}

function clause(
  draft: Draft,
  tail: string,
  line: (list: readonly string[]) => string,
  said: (text: string, why: string) => Guess,
): Guess | undefined {
  if (draft.table === undefined) return /\bSELECT\b/i.test(tail) ? undefined : undefined;
  if (draft.has(/\bLIMIT\s+\d+$/i) || draft.has(/\bLIMIT\b/i)) return said(emitOf(draft), 'how results are emitted');
  const ordered = /\bORDER\s+BY\s+([\w.`]+)$/i.exec(tail)?.[1];
  if (ordered !== undefined && ordered === aliasOf(draft)) return said(`DESC LIMIT 10 ${emitOf(draft)}`, 'the largest first');
  if (draft.has(/\bORDER\s+BY\b/i)) return said(`LIMIT 10 ${emitOf(draft)}`, 'the first of the order');
  if (draft.has(/\bHAVING\b/i)) return said(emitOf(draft), 'how results are emitted');
  if (draft.has(/\bWINDOW\s+\w+\s*\(/i)) return said(emitOf(draft), 'how results are emitted');
  if (draft.has(/\bGROUP\s+BY\b/i)) return said(line(rest(draft, 'group')), 'a window bounds the groups');
  return said(line(rest(draft, 'from')), hasAggregates(draft) ? 'aggregates are grouped' : 'how results are emitted');
}

/** Ghost text without a model; the first item completes the query so that it parses. Synchronous in effect, well under 5 ms. */
export function completeOffline({ prefix, suffix, schemas }: CompletionRequest): CompletionResult | null {
  if (Object.keys(schemas).length === 0 || /--[^\n]*$/.test(prefix)) return null;
  const word = wordAt(prefix, suffix, schemas);
  // A name that nothing has: what would follow it is not worth guessing.
  if (word && !word.isKnown) return null;
  const begun = word?.rest ?? '';
  const made = next(prefix + begun, schemas);
  if (!made && begun === '') return null;
  const after = made && !begun.endsWith('(') ? ` ${made.text.trimEnd()}` : (made?.text.trimEnd() ?? '');
  const isTouching = begun === '' && (/\s$|\($|^$/.test(prefix) || /^[),]/.test(made?.text ?? ''));
  const text = begun + (isTouching ? after.trimStart() : after);
  const table = quoteName(draftOf(prefix).table ?? tableFor(draftOf(prefix), schemas) ?? Object.keys(schemas)[0] ?? 'source');
  const whole = suffix.trim() === '' ? (closed(prefix, text, table) ?? begun) : between(prefix, text, suffix, begun);
  return whole === undefined || whole.trim() === ''
    ? null
    : { items: [{ text: whole, confidence: 0.7, explanation: made?.why ?? 'the rest of the name', engine: 'offline' }] };
}

/** What follows: a value or a comparison that was begun, else the clause. */
function next(prefix: string, schemas: Schemas): Guess | undefined {
  const draft = draftOf(prefix);
  const tail = draft.text.trimEnd();
  const begun = /\b(?:CASE|BETWEEN)\b/i.test(tail) ? caseRest(tail, draft, schemas) : undefined;
  if (begun) return begun;
  if (draft.table !== undefined && !namesWindow(draft) && !hasAggregates(draft) && withinAfter(tail, relationsIn(tail, schemas), schemas))
    return { text: `WITHIN INTERVAL '5' MINUTE ${emitOf(draft)}`, why: 'two streams are joined within a time' };
  if (draft.table !== undefined && /\b(?:LEFT|INNER|RIGHT|FULL)$/i.test(tail)) {
    const join = joined(`${tail} JOIN`, { ...draft, text: `${draft.text} JOIN` }, schemas);
    if (join) return { text: `JOIN ${join.text}`, why: join.why };
  }
  const operand = completeOperand(tail, schemas);
  if (operand !== undefined) return { text: operand, why: 'the rest of what was begun' };
  return inName(tail, draft, schemas) ?? joined(tail, draft, schemas) ?? guess(prefix, schemas) ?? selectDone(draft, prefix, schemas);
}

function caseRest(tail: string, draft: Draft, schemas: Schemas): Guess | undefined {
  const table = draft.table ?? tableFor(draft, schemas);
  const end = draft.table === undefined ? '' : ` ${emitOf(draft)}`;
  const begun = completeCase(tail, measureOf(table, schemas), end);
  return begun === undefined
    ? undefined
    : { text: `${begun}${draft.table === undefined ? afterItem(begun, table) : ''}`, why: 'the rest of what was begun' };
}

/** A select item that was completed: its name, and where it comes from. */
const afterItem = (item: string, table: string | undefined): string =>
  `${/\bAS\b/.test(item) ? '' : ' AS state'} FROM ${quoteName(table ?? 'source')} EMIT CHANGES`;

const aliasFor = (call: string, column: string): string =>
  `${call.toLowerCase() === 'count' ? 'row_count' : `${{ sum: 'total' }[call.toLowerCase()] ?? call.toLowerCase()}_${column.replace(/^.*\./, '')}`}`.replace(
    /\W/g,
    '',
  );

/** `AVG(price` and `AVG(price) AS`: closed, and called by what it is. */
function inName(tail: string, draft: Draft, schemas: Schemas): Guess | undefined {
  const [, call = '', column = '', as] =
    /\b(COUNT|SUM|AVG|MIN|MAX|MEDIAN)\s*\(\s*(\*|(?:DISTINCT\s+)?[A-Za-z_][\w.]*)\s*(?:\)(\s+AS)?)?$/i.exec(tail) ?? [];
  // The query of a single value in another one needs no name.
  const isValue = /\)$/.test(tail) && as === undefined && innermostQuery(tail) > 0;
  if (call === '' || draft.table !== undefined || isValue) return undefined;
  const table = tableFor(draft, schemas);
  const items = draft.items
    .slice(0, -1)
    .map(bare)
    .filter((i) => !isAggregate(i) && i !== '*');
  const group = items.length > 0 ? ` GROUP BY ${items.join(', ')} WINDOW ${WINDOW} EMIT FINAL` : ' EMIT CHANGES';
  return {
    text: `${as === undefined ? (/\)$/.test(tail) ? 'AS ' : ') AS ') : ''}${aliasFor(call, column)} FROM ${quoteName(table ?? 'source')}${group}`,
    why: 'a figure, and its name',
  };
}

/** Behind JOIN: the relation that shares a key with the one before. */
function joined(tail: string, draft: Draft, schemas: Schemas): Guess | undefined {
  if (!/\bJOIN$/i.test(tail) || draft.table === undefined) return undefined;
  const lexicon = lexiconOf(schemas);
  const left = lexicon.table(draft.table);
  const other = left && lexicon.tables.find((t) => t.name !== left.name && joinEdge(left, t) !== undefined);
  if (!other) return undefined;
  const on = joinOn({ ...draft, text: `${tail} ${quoteName(other.name)} ON` }, schemas);
  return on === undefined ? undefined : { text: `${quoteName(other.name)} ON ${on} EMIT CHANGES`, why: 'the relation that shares a key' };
}

const CLAUSE_START = /\s(?=(?:FROM|WHERE|GROUP BY|WINDOW|HAVING|ORDER BY|LIMIT|EMIT|JOIN|ON|WITHIN)\b)/gi;

/** Before text that is there already: as much of a suggestion as fits, so that the whole parses. */
function between(prefix: string, text: string, suffix: string, begun: string): string | undefined {
  const ends = [...text.matchAll(CLAUSE_START)].map((m) => m.index).filter((at) => at > 0);
  for (const end of [text.length, ...ends.toReversed()]) {
    const piece = text.slice(0, end).trimEnd();
    const gap = /^[\s),;.]/.test(suffix) ? '' : ' ';
    if (piece.trim() !== '' && parses(prefix + piece + gap + suffix) && !repeats(piece, suffix)) return piece + gap;
  }
  return begun === '' ? undefined : begun;
}

const parses = (sql: string): boolean => !parse(sql).diagnostics.some((d) => d.severity === 'error');

/** Whether a piece holds a clause that stands behind it already. */
const repeats = (piece: string, suffix: string): boolean =>
  ['FROM', 'GROUP\\s+BY', 'WINDOW', 'EMIT', 'LIMIT'].some(
    (c) => new RegExp(`\\b${c}\\b`, 'i').test(piece) && new RegExp(`\\b${c}\\b`, 'i').test(suffix),
  );

/** A select list that could end here: FROM comes next. */
function selectDone(draft: Draft, prefix: string, schemas: Schemas): Guess | undefined {
  if (draft.table !== undefined || !/\bSELECT\b/i.test(prefix) || draft.items.length === 0) return undefined;
  const table = tableFor(draft, schemas);
  return table === undefined
    ? undefined
    : { text: `FROM ${quoteName(table)} ${rest(draft, 'from').join(' ')}`, why: 'the source with these columns' };
}
