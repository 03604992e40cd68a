import type { Assumption, NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { format } from '@velostream/core/sql';
import { recommendChart } from '../charts/recommend-chart.ts';
import { columnSql, filterSql, measureSql, windowSql } from '../ir/print-ir.ts';
import { interval, quoteName } from '../ir/quote.ts';
import { assemble } from './assemble.ts';
import { errorsOf } from './check-sql.ts';
import { type ColumnRef, columnFacts } from './column-facts.ts';
import { editInTurn } from './edit-clauses.ts';
import { differenceOf, namesNothing, speaksOfBefore } from './edit-difference.ts';
import { explainSql } from './explain-sql.ts';
import { isAdditive } from './frame.ts';
import { measureName } from './name-measure.ts';
import { readSentence, type Sentence } from './read-sentence.ts';
import { reworded } from './reword-edit.ts';
import { isEarned } from './settle.ts';
import { joinParts, partsOf, type SqlItem, type SqlParts } from './sql-parts.ts';
import { stem } from './stem.ts';

const MARKERS =
  /^\s*(ok(ay)?,?\s+|now,?\s+|please\s+|and\s+|then\s+|can you\s+|could you\s+)*(also|add|make (it|that|the)|change|set|use|switch|replace|instead|only|just|limit|restrict|filter|remove|drop|without|exclude|excluding|include|keep|sort|order|rank|group|split|break|by|per|alert|notify|warn|same|increase|decrease|extend|shorten|narrow|widen|emit|save|write|call|but|no|not|leave|skip|what about|how about|show (it|that|only|just)|for|where|with|in|every|rename|top|turn|ignore|hide|omit|hourly|daily|weekly|average|median|total|(?:between|over|above|under|below|(?:more|less) than|at (?:least|most)) [$€£]?\d+(?!.*\b(?:per|by|each|every)\b))\b/i;
const WORDS = /\b(instead|as well|too|also|same (query|thing)|this query|that query|the query|the window|previous query|it)\b/i;

/** Whether a sentence changes the query before it rather than asks a new one. */
export function looksLikeEdit(prompt: string, request: NlToSqlRequest): boolean {
  const startsNew =
    /^\s*(show|list|count|what|which|how many|give me|find|select|average|total|sum)\b/i.test(prompt) &&
    !WORDS.test(prompt) &&
    !/^\s*((show|list|count|find|select|give)( me)? (only|just|that|this|it|them|these|those)|(what|how) about|how many of (those|them|these))\b/i.test(
      prompt,
    ) &&
    !/^\s*(what|how many|how much)\b.{0,40}\b(that|those|these|it|they|them)\b/i.test(prompt);
  // A word or two beside a query change it: "daily", "hourly please".
  if (!startsNew && prompt.trim().split(/\s+/).length <= 3 && /\b(hourly|daily|weekly|please|only|too|instead)\b/i.test(prompt))
    return true;
  if (startsNew && speaksOfBefore(prompt, request)) return true;
  const mayBe = !startsNew || namesNothing(prompt, request);
  const step = mayBe ? differenceOf(prompt, request) : undefined;
  if (mayBe && step === undefined && editInTurn(prompt, request, editQuery)) return true;
  if (step !== undefined && (typeof step === 'object' || namesNothingNew(step, request))) return true;
  const isTold = reworded(prompt) !== prompt;
  if (isTold || (MARKERS.test(prompt) && !startsNew)) return namesNothingNew(reworded(prompt), request);
  return !startsNew && WORDS.test(prompt);
}

/** "for each region count the orders" starts like an edit and is a question of its own. */
function namesNothingNew(prompt: string, request: NlToSqlRequest): boolean {
  const parts = partsOf(request.previousSql ?? '');
  if (!parts) return false;
  const strong =
    /^\s*(ok(ay)?,?\s+|now,?\s+|please\s+|and\s+|then\s+|can you\s+|could you\s+)*(also|add|make (it|that|the)|change|set|use|switch|replace|instead|only|just|limit|restrict|remove|drop|exclude|include|keep|sort|order|rank|same|increase|decrease|extend|emit|save|but|rename|turn|filter)\b/i.test(
      prompt,
    );
  if (strong || WORDS.test(prompt)) return true;
  const sentence = readSentence(prompt, request.schemas);
  const frame = sentence?.scan.frame;
  return !frame || !(frame.mentionsRows && frame.measures.length > 0);
}

/** Applies a change in words to the query before it; `undefined` where nothing of it was understood. */
export function editQuery(said: string, request: NlToSqlRequest): NlToSqlResult | undefined {
  const inTurn = speaksOfBefore(said, request, false) ? undefined : editInTurn(said, request, editQuery);
  if (inTurn) return inTurn;
  const step = differenceOf(said, request);
  const stepped = typeof step === 'string' ? editPlainly(step, request) : step && result(step, request, [], 0.85, []);
  if (stepped?.kind === 'sql' && stepped.ignored.length === 0) return stepped;
  return editPlainly(reworded(said), request);
}

/** A change that is said in plain words. */
function editPlainly(prompt: string, request: NlToSqlRequest): NlToSqlResult | undefined {
  const parts = partsOf(request.previousSql ?? '');
  if (!parts) return undefined;
  const removed = removal(prompt, parts);
  if (removed) return result(removed.parts, request, [], 0.9, []);
  const swap = swapOf(prompt.replace(/^\s*(now|ok,? now)\s+(?=by\b)(.*)$/i, '$2 instead'));
  const sentence = readSentence(swap.text, request.schemas, {
    previous: previousColumn(parts, request),
    base: parts.base,
    ...(request.glossary ? { glossary: request.glossary } : {}),
  });
  if (!sentence) return undefined;
  if (swap.replaces || /\b(also|add|as well|too|split|break|include|by|per|group|use)\b/i.test(prompt)) thingsToDimensions(sentence);
  if (parts.items.some((i) => i.isAggregate)) numbersToMeasures(sentence);
  const changed = apply(swap.replaces ? `${prompt} instead` : prompt, parts, sentence);
  if (!changed) return undefined;
  if ('clarify' in changed) return changed.clarify;
  const assumptions = sentence.scan.frame.assumptions.filter(
    (a) => a.kind === 'unit' || a.kind === 'join' || (a.kind === 'window' && sentence.scan.frame.window !== undefined),
  );
  return result(changed.parts, request, assumptions, 0.88 * (0.5 + 0.5 * sentence.coverage), sentence.ignored);
}

/** `by country instead of merchant`, `replace the average with the max`: what is wanted, without what it replaces. */
function swapOf(prompt: string): { text: string; replaces: boolean } {
  const replaced = /\b(?:replace|swap|switch)\s+(.+?)\s+(?:with|by|for|to)\s+(.+)$/i.exec(prompt);
  if (replaced?.[2] !== undefined) return { text: replaced[2], replaces: true };
  const instead = /^(.*?)\b(?:instead of|rather than|in place of)\b.*$/i.exec(prompt);
  if (instead?.[1] !== undefined && instead[1].trim() !== '') return { text: instead[1], replaces: true };
  return { text: prompt.replace(/\binstead\b/gi, ' '), replaces: /\binstead\b/i.test(prompt) };
}

/** Column that the query before aggregates. */
function previousColumn(parts: SqlParts, request: NlToSqlRequest): (fn: string) => ColumnRef | undefined {
  const schema = request.schemas[parts.base];
  const columns = schema?.columns.map((c) => columnFacts(parts.base, c)) ?? [];
  return (fn) => {
    const aggregates = parts.items.filter((i) => i.isAggregate);
    const own = aggregates.find((i) => i.sql.toUpperCase().startsWith(`${fn}(`)) ?? aggregates.find((i) => AGGREGATE_COLUMN.test(i.sql));
    const name = own ? AGGREGATE_COLUMN.exec(own.sql)?.[2]?.split('.').at(-1)?.replaceAll('`', '') : undefined;
    return columns.find((c) => c.name === name);
  };
}

/** `add region as well`: a thing that is only named is one more group. */
function thingsToDimensions({ scan }: Sentence): void {
  const { frame } = scan;
  for (const item of [...frame.bare]) {
    if (
      item.operand.kind !== 'column' ||
      item.operand.ref.kind === 'number' ||
      frame.comparisons.some((c) => c.at > item.at && c.at < item.at + 4)
    )
      continue;
    frame.bare.splice(frame.bare.indexOf(item), 1);
    frame.dimensions.push({ kind: 'column', ref: item.operand.ref, at: item.at });
  }
}

/** `also show the volume`: a number that is only named is aggregated. */
function numbersToMeasures({ scan }: Sentence): void {
  const { frame } = scan;
  if (frame.comparisons.length > 0 || frame.order) return;
  for (const item of [...frame.bare]) {
    if (item.operand.kind === 'column' && item.operand.ref.kind !== 'number') continue;
    frame.bare.splice(frame.bare.indexOf(item), 1);
    frame.measures.push({
      kind: 'aggregate',
      fn: isAdditive(item.operand) || isEarned(scan, item.operand) || /\bhow (?:many|much)\b/i.test(scan.input) ? 'SUM' : 'AVG',
      of: item.operand,
      at: item.at,
      only: item.only,
    });
  }
}

function removal(prompt: string, parts: SqlParts): { parts: SqlParts } | undefined {
  const m =
    /\b(remove|drop|without|no|get rid of|lose|clear|take out|delete|take away)\b\s+(the\s+|any\s+|all\s+)?(\w+)?\s*(filters?|conditions?|where|window(ing)?|limit|grouping|group by|order(ing)?|sort(ing)?|having|alerts?|threshold)\b/i.exec(
      prompt,
    );
  if (!m) return undefined;
  const what = (m[4] ?? '').toLowerCase();
  const without = <K extends keyof SqlParts>(...keys: K[]): SqlParts => {
    const copy: Record<string, unknown> = { ...parts };
    for (const key of keys)
      copy[key] = Array.isArray(parts[key]) ? [] : typeof parts[key] === 'string' && key !== 'window' && key !== 'limit' ? '' : undefined;
    for (const key of Object.keys(copy)) if (copy[key] === undefined) delete copy[key];
    return copy as unknown as SqlParts;
  };
  if (/^(filter|condition|where)/.test(what)) {
    const word = m[3] && !/^(row|all|the)$/i.test(m[3]) ? stem(m[3]) : undefined;
    const kept = word === undefined ? [] : parts.where.filter((w) => !w.toLowerCase().includes(word));
    return { parts: { ...parts, where: word !== undefined && kept.length === parts.where.length ? [] : kept } };
  }
  if (/^window/.test(what))
    return { parts: { ...without('window'), items: parts.items.filter((i) => !/_window_(start|end)/i.test(i.sql)) } };
  if (what === 'limit') return { parts: without('limit') };
  if (/^(order|sort)/.test(what)) return { parts: without('orderBy') };
  if (/^(having|threshold)/.test(what)) return { parts: without('having') };
  if (/^alert/.test(what)) return { parts: { ...parts, comments: parts.comments.filter((c) => !/^@alert/.test(c)) } };
  if (/^group/.test(what)) {
    const keys = new Set(parts.groupBy);
    return { parts: { ...parts, groupBy: [], items: parts.items.filter((i) => !keys.has(i.sql)) } };
  }
  return undefined;
}

type Change = { readonly parts: SqlParts } | { readonly clarify: NlToSqlResult };

function apply(prompt: string, before: SqlParts, sentence: Sentence): Change | undefined {
  const { scan } = sentence;
  const { frame } = scan;
  const replaces = /\b(instead|rather than|replace|switch|change|swap|only by|use)\b/i.test(prompt);
  const hadMeasures = before.items.some((i) => i.isAggregate);
  const saved = { window: frame.window, top: frame.top, order: frame.order };
  let parts = before;
  if (frame.clarify) return { clarify: { kind: 'clarify', ...frame.clarify, confidence: 0.4 } };
  const alert = readAlert(prompt, sentence, before);
  if (alert && 'clarify' in alert) return alert;
  if (alert) parts = { ...parts, items: [...parts.items, ...alert.items], comments: [...parts.comments, ...alert.lines] };
  const group = groupComparisons(sentence, before);
  if (group.length > 0)
    parts = {
      ...parts,
      having: [...parts.having.filter((h) => !group.some((g) => g.split(/[<>=]/)[0] === h.split(/[<>=]/)[0])), ...group],
    };
  // A change of the window or the limit alone must not make the frame look grouped.
  delete frame.window;
  delete frame.top;
  delete frame.order;
  const ir =
    frame.dimensions.length + frame.measures.length + frame.filters.length + frame.comparisons.length + frame.bare.length > 0
      ? assemble(scan)
      : undefined;
  const order = ir?.order ?? [];
  if (ir) parts = mergeQuery(parts, ir, { replaces, hadMeasures, frame });
  const span = saved.window ? undefined : scan.tokens.find((t) => t.t === 'duration' && t.used === undefined);
  if (saved.window) parts = withWindow(parts, saved.window, scan);
  else if (span?.t === 'duration' && parts.window !== undefined) {
    span.used = 'window';
    parts = { ...parts, window: parts.window.replace(/INTERVAL\s+'?\d+'?\s+\w+|\b\d+\s*(?:ms|s|m|h|d)\b/i, interval(span.ms)) };
  } else if (span?.t === 'duration') parts = withWindow(parts, { kind: 'tumbling', sizeMs: span.ms }, scan);
  parts = withOrder(parts, saved.top, saved.order, order, scan);
  if (frame.emit !== undefined) parts = { ...parts, emit: frame.emit };
  if (frame.sink)
    parts =
      frame.sink.kind === 'URI'
        ? { ...parts, into: `'${frame.sink.name}'` }
        : { ...parts, create: `CREATE ${frame.sink.kind} ${quoteName(frame.sink.name)} AS` };
  if (frame.rows?.kind === 'newest') parts = { ...parts, limit: String(frame.rows.count) };
  const limit =
    /\b(limit|only|just|first|at most)\s+(it\s+)?(to\s+)?(the\s+)?(first\s+|top\s+)?(\d+)\s*(rows|results|records|rows?|)?\s*$/i.exec(
      prompt,
    );
  if (limit && !saved.top && parts === before) parts = { ...parts, limit: limit[6] ?? '10' };
  return parts === before ? undefined : { parts };
}

function withWindow(parts: SqlParts, window: NonNullable<Sentence['scan']['frame']['window']>, scan: Sentence['scan']): SqlParts {
  const time =
    /\(\s*([\w.`]+)\s*,\s*(?=INTERVAL)/i.exec(parts.window ?? '')?.[1] ??
    (scan.base.schema.eventTime === undefined && scan.base.eventTime !== undefined && parts.window === undefined
      ? quoteName(scan.base.eventTime)
      : undefined);
  const at = time === undefined ? {} : { time };
  const text =
    window.kind === 'session'
      ? windowSql({ ...at, kind: 'session', gapMs: window.gapMs })
      : window.kind === 'sliding'
        ? windowSql({ ...at, kind: 'sliding', sizeMs: window.sizeMs, advanceMs: window.advanceMs })
        : windowSql({ ...at, kind: 'tumbling', sizeMs: window.sizeMs });
  const hasBounds = parts.items.some((i) => /_window_start|tumble_start|window_start/i.test(i.sql));
  const bounds: SqlItem[] =
    hasBounds || !parts.items.some((i) => i.isAggregate)
      ? []
      : [bound('_WINDOW_START', 'window_start'), bound('_WINDOW_END', 'window_end')];
  const keys = parts.items.findIndex((i) => i.isAggregate);
  return {
    ...parts,
    window: text,
    items: [...parts.items.slice(0, Math.max(0, keys)), ...bounds, ...parts.items.slice(Math.max(0, keys))],
  };
}

const bound = (sql: string, alias: string): SqlItem => ({ sql, alias, isAggregate: false, isStar: false });

function withOrder(
  parts: SqlParts,
  top: Sentence['scan']['frame']['top'],
  order: Sentence['scan']['frame']['order'],
  made: readonly { by: string; direction: string }[],
  scan: Sentence['scan'],
): SqlParts {
  if (!top && !order) return parts;
  const direction = top?.direction ?? order?.direction ?? 'DESC';
  const named = order?.operand?.kind === 'column' ? order.operand.ref.name : undefined;
  const byName =
    named === undefined
      ? undefined
      : parts.items.find(
          (i) => i.alias === named || i.sql === named || (i.isAggregate && i.sql.toLowerCase().includes(`(${named.toLowerCase()})`)),
        );
  const aggregates = parts.items.filter((i) => i.isAggregate);
  const words = scan.input.toLowerCase();
  const said = aggregates.find((i) => i.alias?.split('_').some((w) => w.length > 3 && words.includes(w)));
  const counted = order?.ofCount ? aggregates.find((i) => /^COUNT/i.test(i.sql)) : undefined;
  const item = counted ?? byName ?? said ?? aggregates[aggregates.length > 1 && made.length > 0 ? aggregates.length - 1 : 0];
  const by = item?.alias === undefined ? (item?.sql ?? named) : quoteName(item.alias);
  if (by === undefined) return parts;
  return { ...parts, orderBy: `${by} ${direction}`, ...(top ? { limit: String(top.count) } : {}) };
}

function mergeQuery(
  parts: SqlParts,
  ir: ReturnType<typeof assemble>,
  state: { replaces: boolean; hadMeasures: boolean; frame: Sentence['scan']['frame'] },
): SqlParts {
  const { frame, replaces, hadMeasures } = state;
  let items = [...parts.items];
  let groupBy = [...parts.groupBy];
  const dimensions = ir.dimensions.map(
    (d): SqlItem => ({
      sql: d.expression,
      isAggregate: false,
      isStar: false,
      ...(d.alias === undefined || d.alias === d.expression ? {} : { alias: d.alias }),
    }),
  );
  if (dimensions.length > 0) {
    if (replaces && frame.measures.length === 0) {
      const old = new Set(groupBy);
      items = items.filter((i) => !old.has(i.sql));
      groupBy = [];
    }
    const fresh = dimensions.filter((d) => !groupBy.includes(d.sql));
    groupBy.push(...fresh.map((d) => d.sql));
    const at = items.findIndex((i) => i.isAggregate || /_window_(start|end)/i.test(i.sql));
    items.splice(at < 0 ? items.length : at, 0, ...fresh);
    if (!hadMeasures) items = items.filter((i) => !i.isStar);
  }
  const explicit = frame.measures.length > 0 || !hadMeasures || (frame.bare.length > 0 && frame.comparisons.length === 0);
  if (explicit && ir.measures.length > 0) {
    const fresh = ir.measures.map((m): SqlItem => ({ sql: measureSql(m), alias: m.alias, isAggregate: true, isStar: false }));
    if (replaces && frame.measures.length > 0) items = items.filter((i) => !i.isAggregate);
    if (!hadMeasures) items = items.filter((i) => dimensions.some((d) => d.sql === i.sql) || i.isAggregate);
    items.push(...fresh.filter((f) => !items.some((i) => i.sql === f.sql)));
  } else if (!hadMeasures && ir.columns.length > 0 && dimensions.length === 0 && ir.where.length === 0) {
    const fresh = ir.columns.map((c): SqlItem => ({ sql: columnSql(c), isAggregate: false, isStar: false }));
    items = items.every((i) => i.isStar) ? fresh : [...items, ...fresh.filter((f) => !items.some((i) => i.sql === f.sql))];
  }
  const where = [...parts.where];
  for (const filter of ir.where) {
    const text = filterSql(filter, false);
    const left = filter.any[0]?.left;
    const twin =
      left === undefined || !/^(?:=|IN)$/.test(filter.any[0]?.operator ?? '')
        ? -1
        : where.findIndex((w) => w.startsWith(`${left} = `) || w.startsWith(`${left} IN `));
    if (twin >= 0) where[twin] = text;
    else if (!where.includes(text)) where.push(text);
  }
  const having = explicit ? [...parts.having, ...ir.having.map((h) => filterSql(h, false))] : [...parts.having];
  const joins = [...parts.joins];
  let { from } = parts;
  for (const join of ir.joins) {
    if (joins.some((j) => j.toLowerCase().includes(join.table.toLowerCase()))) continue;
    if (!/\s/.test(from)) from = `${from} ${ir.from.alias ?? ''}`.trim();
    joins.push(
      `${join.kind === 'LEFT' ? 'LEFT ' : ''}JOIN ${quoteName(join.table)} ${join.alias ?? ''} ON ${join.on.map((o) => `${o.left} = ${o.right}`).join(' AND ')}${join.withinMs === undefined ? '' : ` WITHIN INTERVAL '${join.withinMs / 60_000}' MINUTE`}`,
    );
  }
  return { ...parts, items, groupBy, where, having, joins, from };
}

const AGGREGATE_COLUMN = /^(\w+)\((?:DISTINCT\s+)?([\w.`*]+)\)$/;

/** `volume` beside `AVG(price)`: a number of its own, which the figure that is there does not stand for. */
const isOtherFigure = (ref: ColumnRef, item: SqlItem): boolean =>
  ref.kind === 'number' && !/^COUNT\(/i.test(item.sql) && AGGREGATE_COLUMN.test(item.sql);

/** Output column of the query before that a comparison speaks of. */
function outputFor(sentence: Sentence, parts: SqlParts, index: number): SqlItem | undefined {
  const comparison = sentence.scan.frame.comparisons[index];
  const aggregates = parts.items.filter((i) => i.isAggregate);
  if (!comparison) return undefined;
  const words = new Set(sentence.scan.tokens.flatMap((t) => (t.t === 'word' ? [t.stem] : [])));
  const byWords = aggregates
    .map((item) => ({ item, hits: (item.alias ?? '').split('_').filter((w) => words.has(stem(w))).length }))
    .toSorted((a, b) => b.hits - a.hits)[0];
  if (comparison.subject.kind === 'column' && comparison.subject.operand.kind === 'column') {
    const { name, words: named } = comparison.subject.operand.ref;
    // "those with at least 5" beside one figure: of that figure, whatever column such a number fits.
    const isBare = /^only those with at (?:least|most)\b/i.test(sentence.scan.input) && !named.some((w) => words.has(stem(w)));
    if (isBare && aggregates.length === 1) return aggregates[0];
    const own = aggregates.find((i) => AGGREGATE_COLUMN.exec(i.sql)?.[2]?.split('.').at(-1)?.toLowerCase() === name.toLowerCase());
    if (own) return byWords && byWords.hits > 1 ? byWords.item : own;
    if (byWords && byWords.hits > 0) return byWords.item;
    const only = aggregates.length === 1 && comparison.isAlert ? aggregates[0] : undefined;
    return only && isOtherFigure(comparison.subject.operand.ref, only) ? undefined : only;
  }
  if (comparison.subject.kind === 'measure') {
    const { measure } = comparison.subject;
    const fn = measure.kind === 'aggregate' ? measure.fn : '';
    const of = measure.kind === 'aggregate' && measure.of?.kind === 'column' ? measure.of.ref.name : '';
    return aggregates.find((i) => i.sql.toUpperCase().startsWith(fn) && (of === '' || i.sql.includes(of))) ?? byWords?.item;
  }
  return byWords && byWords.hits > 0 ? byWords.item : aggregates.length === 1 ? aggregates[0] : undefined;
}

/** The figure that an alert over a number is about, where the query before does not compute it yet: its sum where it adds up, else its average. */
function figureFor(sentence: Sentence, parts: SqlParts, index: number): SqlItem | undefined {
  const subject = sentence.scan.frame.comparisons[index]?.subject;
  if (subject?.kind !== 'column' || subject.operand.kind !== 'column' || subject.operand.ref.kind !== 'number') return undefined;
  if (!parts.items.some((i) => i.isAggregate)) return undefined;
  const { operand } = subject;
  const measure = { kind: 'aggregate', fn: isAdditive(operand) ? 'SUM' : 'AVG', of: operand, at: 0, only: [] } as const;
  return {
    sql: `${measure.fn}(${quoteName(operand.ref.name)})`,
    alias: measureName(measure, parts.base),
    isAggregate: true,
    isStar: false,
  };
}

/** Lines of the alerts that a sentence asks for, with the figures that they need and the query does not have. */
type AlertEdit = { readonly lines: readonly string[]; readonly items: readonly SqlItem[] } | { readonly clarify: NlToSqlResult };

function readAlert(prompt: string, sentence: Sentence, parts: SqlParts): AlertEdit | undefined {
  const { frame } = sentence.scan;
  if (!frame.alert) return undefined;
  const lines: string[] = [];
  const items: SqlItem[] = [];
  for (const [index, comparison] of frame.comparisons.entries()) {
    const known = outputFor(sentence, parts, index);
    const fresh = known ? undefined : figureFor(sentence, parts, index);
    if (fresh && !items.some((i) => i.sql === fresh.sql)) items.push(fresh);
    const item = known ?? fresh;
    const name = item
      ? (item.alias ?? item.sql)
      : comparison.subject.kind === 'column' && comparison.subject.operand.kind === 'column'
        ? comparison.subject.operand.ref.name
        : undefined;
    if (name === undefined) continue;
    const value = (v: (typeof comparison.values)[number]): string =>
      typeof v === 'object' ? String('sql' in v ? v.sql : v.ref.name) : typeof v === 'string' ? `'${v}'` : String(v);
    const right = comparison.operator === 'BETWEEN' ? comparison.values.map(value).join(' AND ') : value(comparison.values[0] ?? 0);
    lines.push(`@alert: ${name} ${comparison.operator} ${right}`);
    if (frame.alert.severity !== undefined) lines.push(`@alert_severity: ${frame.alert.severity}`);
  }
  frame.comparisons.length = 0;
  frame.bare.length = 0;
  frame.measures.length = 0;
  if (lines.length > 0) return { lines, items };
  if (!/\b(when|if|whenever|once|above|over|below|alert)\b/i.test(prompt)) return undefined;
  const first = parts.items.find((i) => i.isAggregate);
  const name = first?.alias ?? first?.sql ?? 'it';
  return {
    clarify: {
      kind: 'clarify',
      question: `At what value of ${name} shall the alert fire?`,
      options: [10, 100, 1000, 10_000].map((n) => ({ label: `above ${n}`, prompt: `alert when ${name} is above ${n}` })),
      confidence: 0.4,
    },
  };
}

/** `only where the total is above 100`: over what the query before computes. */
function groupComparisons(sentence: Sentence, parts: SqlParts): string[] {
  const { frame } = sentence.scan;
  if (frame.alert || !parts.items.some((i) => i.isAggregate)) return [];
  const out: string[] = [];
  for (let index = frame.comparisons.length - 1; index >= 0; index--) {
    const comparison = frame.comparisons[index];
    if (!comparison) continue;
    const item = outputFor(sentence, parts, index);
    const isRow =
      comparison.subject.kind === 'column' &&
      comparison.subject.operand.kind === 'column' &&
      (!item || comparison.subject.operand.ref.kind !== 'number');
    if (isRow || !item) continue;
    const values = comparison.values.map((v) =>
      typeof v === 'object' ? ('sql' in v ? v.sql : v.ref.name) : typeof v === 'string' ? `'${v}'` : String(v),
    );
    out.unshift(`${item.sql} ${comparison.operator} ${comparison.operator === 'BETWEEN' ? values.join(' AND ') : (values[0] ?? '0')}`);
    frame.comparisons.splice(index, 1);
    frame.bare.length = 0;
    frame.measures.length = 0;
  }
  return out;
}

function result(
  parts: SqlParts,
  request: NlToSqlRequest,
  assumptions: readonly Assumption[],
  confidence: number,
  ignored: readonly string[],
): NlToSqlResult | undefined {
  const sql = format(joinParts(parts)).trim();
  const { errors, all } = errorsOf(sql, request.schemas);
  if (errors.length > 0) return undefined;
  const columns = parts.items.map((i) => ({
    name: i.alias ?? i.sql,
    type: i.isAggregate ? 'FLOAT' : /window/i.test(i.sql) ? 'TIMESTAMP' : 'STRING',
  }));
  return {
    kind: 'sql',
    sql,
    explanation: explainSql(sql),
    assumptions,
    confidence: Math.round(confidence * 100) / 100,
    alternatives: [],
    annotations: parts.comments.filter((c) => c.startsWith('@')),
    viz: recommendChart({ columns })[0] ?? null,
    diagnostics: all,
    engine: 'offline',
    ignored,
  };
}
