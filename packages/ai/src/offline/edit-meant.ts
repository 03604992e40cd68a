import { quoteName } from '../ir/quote.ts';
import { isMeasure } from './column-facts.ts';
import { type Acts, actsOf } from './edit-acts.ts';
import { counted, countedOnce, figures, measures } from './edit-measures.ts';
import { orders, ranked } from './edit-order.ts';
import { conditionsLifted, flags, freshValues, heldValues, named } from './edit-rows.ts';
import { has, type Said, type Way } from './edit-said.ts';
import { type Known, type Slots, slotsOf, speaksOf } from './edit-slots.ts';
import { isRowOf } from './schema-columns.ts';
import type { SqlItem, SqlParts } from './sql-parts.ts';

/** The query that a change is meant to give, or the plain way to say the change. */
export interface Meant {
  readonly step: SqlParts | string;
  /** Speaks of the query before: "again", "instead", "the other way round". */
  readonly isBack: boolean;
}

const without = (parts: SqlParts, ...keys: ('limit' | 'window' | 'emit')[]): SqlParts => {
  const copy: { -readonly [K in keyof SqlParts]: SqlParts[K] } = { ...parts };
  for (const key of keys) delete copy[key];
  return copy;
};

const item = (name: string): SqlItem => ({ sql: name, isAggregate: false, isStar: false });
const withKeys = (parts: SqlParts, keys: readonly string[]): SqlParts => {
  const rest = parts.items.filter((i) => !parts.groupBy.includes(i.sql));
  const old = parts.items.filter((i) => parts.groupBy.includes(i.sql));
  return { ...parts, groupBy: keys, items: [...keys.map((k) => old.find((i) => i.sql === k) ?? item(k)), ...rest] };
};

/** Groups: one more, one less, another. */
const groups: Way = (said) => {
  const { slots, parts, isTaken } = said;
  if (slots.numbers.length + slots.functions.length > 0 || has(said, 'order', 'filter', 'once')) return undefined;
  const [value] = slots.values;
  // "separate hail from tornado": by what they are values of.
  if (value && has(said, 'split') && !isTaken && !has(said, 'keep') && parts.joins.length === 0)
    return slots.values.every((v) => v.ref === value.ref) && !parts.groupBy.includes(quoteName(value.ref.name))
      ? withKeys(parts, [...parts.groupBy, quoteName(value.ref.name)])
      : undefined;
  if (value) return undefined;
  const isKey = (sql: string, name: string): boolean => speaksOf(sql, name);
  const keys = slots.columns.filter((c) => c.role === 'key').map((c) => parts.groupBy.find((g) => isKey(g, c.ref.name)) as string);
  const news = slots.columns.filter((c) => c.role !== 'key');
  if (news.some((c) => c.role === 'figure' || c.ref.kind === 'time' || (c.ref.kind === 'number' && !c.ref.isId && !c.ref.isCode)))
    return undefined;
  if (news.length > 0 && /\bhow many\b|\bnumber of\b/.test(slots.text)) return undefined;
  const fresh = [...new Set(news.map((c) => quoteName(c.ref.name)))];
  if (parts.joins.length > 0 && fresh.length > 0) return undefined;
  if (keys.length > 0 && fresh.length > 0) {
    if (isTaken || has(said, 'swap', 'not', 'take'))
      return withKeys(
        parts,
        parts.groupBy.flatMap((g) => (keys.includes(g) ? (g === keys[0] ? fresh : []) : [g])),
      );
    return has(said, 'put', 'join') ? withKeys(parts, [...parts.groupBy, ...fresh]) : undefined;
  }
  if (fresh.length > 0) {
    if (isTaken || has(said, 'keep', 'all') || (news.some((c) => c.ref.kind === 'boolean') && !has(said, 'group'))) return undefined;
    const isSaid = has(said, 'group') || /\b(?:by|per|each|every|to|along|level)\b/.test(slots.text);
    if (has(said, 'put') && !has(said, 'swap')) return withKeys(parts, [...parts.groupBy, ...fresh]);
    return (has(said, 'swap') || isSaid) && parts.groupBy.length === 1 ? withKeys(parts, fresh) : undefined;
  }
  if (keys.length > 0) {
    if (parts.limit !== undefined && !isTaken && (has(said, 'all') || (has(said, 'again') && /\bevery\b/.test(slots.text))))
      return without(parts, 'limit');
    if (isTaken || (has(said, 'all') && !has(said, 'keep', 'again')))
      return withKeys(
        parts,
        parts.groupBy.filter((g) => !keys.includes(g)),
      );
    return has(said, 'keep') && keys.length < parts.groupBy.length ? withKeys(parts, keys) : undefined;
  }
  if (slots.columns.length > 0 || parts.groupBy.length === 0) return undefined;
  const isOne = /\boverall\b|\bin total\b|\bone (?:\w+ )?(?:figure|number|value|row|line)\b|\baltogether\b/.test(slots.text);
  if ((isOne && !has(said, 'put')) || (has(said, 'group') && isTaken)) return withKeys(parts, []);
  return undefined;
};

/** `limit it to 3`, `only the top 3`: how many are shown, and no bound. */
const isShown = (said: Said): boolean =>
  said.parts.limit !== undefined &&
  (has(said, 'limit') || /<KEEP> +(?:the )?(?:(?:top|first) )?N\d ?$|\b(?:top|first|limited to) N\d ?$/.test(said.acts.text));

/** How many are shown. */
const limits: Way = (said) => {
  const { slots, parts, isTaken, isGivenBack } = said;
  if (parts.limit === undefined || slots.values.length > 0) return undefined;
  if (slots.columns.some((c) => c.role !== 'key') || slots.functions.some((f) => f !== 'MAX') || has(said, 'gt', 'ge', 'lt', 'between'))
    return undefined;
  const others = slots.numbers.filter((n) => String(n.value) !== parts.limit);
  const [next] = others;
  const isLimit = parts.having.length === 0 || isShown(said);
  if (others.length === 1 && next && Number.isInteger(next.value) && next.value > 0 && isLimit && !has(said, 'all'))
    return { ...parts, limit: String(next.value) };
  if (others.length > 0) return undefined;
  const isWhole =
    has(said, 'all') || (isTaken && has(said, 'limit')) || (isGivenBack && (slots.columns.length === 0 || has(said, 'limit')));
  return isWhole && (slots.columns.length > 0 || !has(said, 'window', 'group', 'filter')) ? without(parts, 'limit') : undefined;
};

const SIGNS = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;
const TURNED: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>', BETWEEN: 'NOT BETWEEN' };
const signOf = (said: Said): string | undefined => {
  const found = (['gt', 'ge', 'lt', 'le'] as const).filter((a) => has(said, a));
  const sign = found.length === 1 && found[0] ? SIGNS[found[0]] : has(said, 'between') ? 'BETWEEN' : undefined;
  // "those with one are of no interest, show those with at least two": what is taken away is told before.
  const isApart = /<TAKE>.*<JOIN>.*(?:\b(?:show|want|need|give|list)\b|<KEEP>).*<(?:G|L)/.test(said.acts.text);
  return sign !== undefined && said.isTaken && !isApart ? TURNED[sign] : sign;
};
const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** `more than 10 trades`, `at least 3 traders`: how many rows a group has, or how many of what is named, whatever else is measured. */
function countedBehind({ slots, parts }: Said): string | undefined {
  const behind = /\bN\d (?:or more |or fewer |or less )?(?:R\b|C(\d)\b|times ?$)/.exec(slots.text);
  const counts = parts.items.filter((i) => /^COUNT\(/i.test(i.sql));
  if (!behind || counts.length > 0 || slots.end !== undefined || !parts.items.some((i) => i.isAggregate)) return undefined;
  const thing = slots.columns[Number(behind[1] ?? -1)];
  if (slots.columns.some((c) => c !== thing && c.role !== 'key')) return undefined;
  if (!thing) return 'COUNT(*)';
  if (thing.role !== 'new' || thing.ref.kind === 'boolean' || thing.ref.kind === 'time' || isMeasure(thing.ref)) return undefined;
  return thing.ref.words.some((w) => isRowOf(parts.base, w)) ? 'COUNT(*)' : `COUNT(DISTINCT ${quoteName(thing.ref.name)})`;
}

/** Rows or groups from a bound on. */
const compared: Way = (said) => {
  const { slots, parts } = said;
  const sign = signOf(said);
  if (sign === undefined || slots.values.length > 0 || has(said, 'all', 'window', 'order', 'reverse')) return undefined;
  const counted = slots.numbers.length === 1 && slots.spans.length === 0 ? countedBehind(said) : undefined;
  if (counted !== undefined)
    return {
      ...parts,
      having: [
        ...parts.having.filter((h) => !h.startsWith(`${counted} ${sign.slice(0, 1)}`)),
        `${counted} ${sign} ${slots.numbers[0]?.value}`,
      ],
    };
  const measured = slots.columns.filter((c) => c.ref.kind === 'number' && !c.ref.isId && !c.ref.isCode && c.role !== 'key');
  const [column] = measured;
  if (measured.length > 1 || slots.columns.some((c) => c !== column && c.role !== 'key')) return undefined;
  const unit = column?.ref.unit;
  const [ms] = slots.spans;
  const spanned = ms !== undefined && unit !== undefined && MS[unit] !== undefined ? [ms / MS[unit]] : [];
  if (slots.spans.length > spanned.length || (column && slots.numbers.some((n) => n.unit !== undefined && n.unit !== unit)))
    return undefined;
  if (column?.role !== 'figure' && column && slots.functions.length > 0) return undefined;
  const values = [...slots.numbers.map((n) => n.value), ...spanned];
  if (values.length !== (sign.endsWith('BETWEEN') ? 2 : 1)) return undefined;
  const right = `${sign} ${values.join(' AND ')}`;
  if (column && column.role !== 'figure') {
    const name = quoteName(column.ref.name);
    return { ...parts, where: [...parts.where.filter((w) => !w.startsWith(`${name} ${sign.slice(0, 1)}`)), `${name} ${right}`] };
  }
  const all = parts.items.filter((i) => i.isAggregate);
  const figure = column
    ? all.filter((i) => speaksOf(i.sql, column.ref.name))
    : slots.figures.length > 0
      ? slots.figures
      : all.length === 1
        ? all
        : [];
  const [own] = figure;
  if (figure.length !== 1 || !own || slots.functions.some((f) => !own.sql.startsWith(`${f}(`))) return undefined;
  const measuredIn = said.columns.find((c) => speaksOf(own.sql, c.name))?.unit;
  // "tickets over 24 hours" beside a count is of a number that has to be found first.
  if (!column && slots.numbers.some((n) => n.unit !== undefined && n.unit !== measuredIn)) return undefined;
  return { ...parts, having: [...parts.having.filter((h) => !h.startsWith(`${own.sql} ${sign.slice(0, 1)}`)), `${own.sql} ${right}`] };
};

/** The bound of what the query computes. */
const bounds: Way = (said) => {
  const { slots, parts, isTaken } = said;
  const [own] = parts.having;
  if (own === undefined || parts.having.length > 1 || slots.values.length > 0) return undefined;
  if (countedBehind(said) !== undefined || isShown(said)) return undefined;
  if (slots.columns.some((c) => c.role === 'new' || c.role === 'chosen')) return undefined;
  const found = /^(.*?) (>=|<=|!=|=|>|<) (-?[\d.]+)$/.exec(own);
  const others = slots.numbers.filter((n) => String(n.value) !== found?.[3]);
  const sign = signOf(said);
  const isSame = sign === undefined || sign.slice(0, 1) === found?.[2]?.slice(0, 1);
  if (found && others.length === 1 && isSame && (sign !== undefined || !isTaken))
    return { ...parts, having: [`${found[1]} ${sign ?? found[2]} ${others[0]?.value}`] };
  if (slots.numbers.length > 0) return undefined;
  const isLifted =
    (has(said, 'bound', 'filter') && isTaken) ||
    has(said, 'all') ||
    (has(said, 'put') && /\b(?:fewer|less|smaller?|low(?:er)?|rare)\b/.test(slots.text));
  return isLifted && !has(said, 'window', 'limit', 'order') ? { ...parts, having: [] } : undefined;
};

const FOREVER =
  /\b(?:(?:over|for|of|from|since|across|in)? ?(?:the )?(?:beginning|start|(?:all|whole|entire|full) (?:of )?(?:the )?(?:time|period|history|stream))|all[- ]time|running total|running (?:figure|count|number)|ever)\b/;
const sizeOf = (window: string | undefined): number | undefined => {
  const found = /(\d+)'?\s*(ms|s|m|h|d)/i.exec(window ?? '');
  return found
    ? Number(found[1]) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[(found[2] ?? '').toLowerCase() as 'm'] ?? 0)
    : undefined;
};

/** The span of a group. */
const windows: Way = (said) => {
  const { slots, parts, isTaken } = said;
  if (slots.columns.length + slots.values.length > 0 || !parts.items.some((i) => i.isAggregate)) return undefined;
  if (slots.numbers.length > (has(said, 'swap') && slots.spans.length > 0 ? 1 : 0)) return undefined;
  const own = sizeOf(parts.window);
  const isForever = FOREVER.test(slots.text);
  const others = [...new Set(slots.spans)].filter((s) => s !== own);
  if (
    parts.window !== undefined &&
    slots.functions.length < 2 &&
    (isForever || (isTaken && others.length === 0 && (has(said, 'window') || slots.spans.length > 0)))
  ) {
    const kept = without(parts, 'window');
    return { ...kept, items: parts.items.filter((i) => !/_window_(start|end)/i.test(i.sql)) };
  }
  if (slots.functions.length > 0 || has(said, 'order', 'limit')) return undefined;
  const factor = /\b(?:twice|doubled?)\b/.test(slots.text)
    ? 2
    : /\b(?:half|halved?)\b/.test(slots.text)
      ? 0.5
      : /\btriple\b/.test(slots.text)
        ? 3
        : undefined;
  if (factor !== undefined && own !== undefined && others.length === 0) return `make it ${(own * factor) / 1000} seconds windows`;
  const [ms] = others;
  if (others.length !== 1 || ms === undefined || (isTaken && slots.spans.length < 2)) return undefined;
  return `make it ${ms / 1000} seconds windows`;
};

const EARLY =
  /\b(?:live|continuous(?:ly)?|immediate(?:ly)?|intermediate|interim|partial|early|earlier|open|changes?|updates?|come|happen(?:s|ing)?|progress|provisional|running|at once|right away|straight away)\b/;
const LATE = /\b(?:final|finished|complete[d]?|closed?|closes|ended|ends|over|done|wait(?:ing)?|end)\b/;

/** Whether results are shown while a window is open. */
const emits: Way = (said) => {
  const { slots, parts, isTaken } = said;
  if (slots.columns.length + slots.values.length + slots.functions.length + slots.numbers.length > 0 || parts.window === undefined)
    return undefined;
  const isLate = parts.emit === 'FINAL';
  const isNot = isTaken || has(said, 'all');
  const early = (EARLY.test(slots.text) && !isTaken) || (LATE.test(slots.text) && !EARLY.test(slots.text) && isNot);
  const late = (LATE.test(slots.text) && !isNot) || (EARLY.test(slots.text) && isTaken);
  if (isLate && early) return { ...parts, emit: 'CHANGES' };
  const isSaid =
    /\b(?:results?|figures?|values?|rows?|windows?|hour|day|week|minute)\b/.test(slots.text) &&
    (has(said, 'keep', 'take') || /\b(?:nothing|just|final)\b/.test(slots.text));
  const isOnce = /\bone (?:\w+ )?(?:per|for (?:each|every)|at the end of each) window/.test(slots.text);
  return !isLate && (isOnce || (late && (isSaid || EARLY.test(slots.text)))) ? { ...parts, emit: 'FINAL' } : undefined;
};

/** Words that speak of when results are shown, and of nothing else. */
const OF_TIME = /^(?:final|finished|completed?|closed|closes|live|continuous(?:ly)?|intermediate|interim|partial|provisional|updates)$/;
const WAYS: readonly Way[] = [
  emits,
  bounds,
  limits,
  compared,
  orders,
  ranked,
  windows,
  figures,
  countedOnce,
  counted,
  measures,
  heldValues,
  freshValues,
  conditionsLifted,
  flags,
  groups,
];
/** Words that are read by a way itself. */
const READ =
  /^(?:top|than|between|nothing|outcome|stream|plenty|entries|stop|right|enough|many|will|after|rows?|max|at|most|under|over|than|fewer|less|smaller?|lower?|rare|long|wide|size|sized|basis|time|beginning|start|history|running|total|ever|since|during|while|still|until|before|descending|ascending|desc|asc|increasing|decreasing|rising|falling|alphabet\w*|z|fewest|least|so|come|first|live|continuous(?:ly)?|immediate(?:ly)?|intermediate|interim|partial|early|earlier|open|changes?|updates?|happen(?:s|ing)?|progress|provisional|at|once|right|straight|away|final|finished|completed?|closed?|closes|ended|ends|over|done|wait(?:ing)?|end|list|figure|respectively|too|suit|went|earned|earns?|earn|brought|worth|made|after|twice|often|times|doubled?|halved?|half|triple|does|wrong|coarse|fine|ready|soon|every|limited)$/;

/** `kindly disregard the rough ones`: a word or two that no schema has change nothing, where one thing is named and what is done to it is said. */
function isShortAndClear(unread: readonly string[], slots: Slots, acts: Acts, { lexicon, parts }: Known): boolean {
  const names = slots.columns.length + slots.values.length + slots.names.length;
  const isSaid = (['take', 'put', 'again', 'keep', 'swap', 'reverse', 'not'] as const).some((a) => acts.acts.has(a));
  const isLimit = names === 0 && slots.numbers.length === 1 && parts.limit !== undefined;
  const isRank = slots.end !== undefined && (slots.numbers.length === 1 || /\bfirst\b/.test(slots.text));
  const isBound = slots.numbers.length === 1 && (['lt', 'le', 'gt', 'ge'] as const).some((a) => acts.acts.has(a));
  return (
    unread.every(
      (w) =>
        /^[a-z'-]+$/.test(w) &&
        !lexicon.words.has(w) &&
        !/^(?:alert|alarm|notify|warn|when|while|during|today|yesterday|now|last|next|ago|session|each|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|morning|evening|night|noon)/.test(
          w,
        ),
    ) &&
    slots.text.split(' ').length < 14 &&
    ((names > 0 && names < 3 && (isSaid || isBound)) ||
      (isRank && names < 3) ||
      isLimit ||
      (isBound && acts.acts.has('not')) ||
      (names === 0 && slots.spans.length === 1) ||
      (/\bhow (?:often|many)\b|\bcounts?\b/.test(slots.text) && acts.acts.has('put')))
  );
}

/** What there is to change, by what is named: a span is of the window, a superlative of the order. */
function waysFor({ slots, acts, parts }: Said): readonly Way[] {
  if (acts.left.some((w) => OF_TIME.test(w))) return [emits, windows];
  if (slots.names.length > 0) return [named];
  if (/\bS\b/.test(slots.text)) return [limits, orders, ranked, measures];
  const own = sizeOf(parts.window);
  return slots.spans.some((s) => s !== own) ? [compared, windows] : WAYS;
}

/** How often something is taken away: twice is given back. */
function timesTaken({ text }: Slots, { count, order }: Acts): number {
  // "vouchers are no real money, leave them out": what is said before is the reason, and denies nothing but a flag.
  if (/\w.*<join> <take>$/.test(order) && /[vc]\d/.test(order))
    return 1 + (text.match(/\b(?:not|outside|outside of) (?=[VC]\d)/g)?.length ?? 0);
  // "they distort it, remove them": one wish, said twice.
  return count('not') + count('take') - (order.match(/<take>(?: <join>)* (?=<take>)/g)?.length ?? 0);
}

/** What a change in words makes of the query before, where every word of it is understood; `undefined` otherwise. */
export function meantBy(said: string, known: Known, isLenient = false): Meant | undefined {
  if (said.length > 120) return undefined;
  const slots = slotsOf(said, known);
  const acts = actsOf(slots.text);
  const unread = acts.left.filter((w) => !READ.test(w));
  if (unread.length > (isLenient ? 3 : 0) || (isLenient && !isShortAndClear(unread, slots, acts, known))) return undefined;
  // "builds without linux" asks for rows of its own.
  if (
    /^(?:R|V\d R)\b/.test(slots.text) &&
    !acts.order.endsWith('<take>') &&
    !(['not', 'again', 'keep'] as const).some((a) => acts.acts.has(a))
  )
    return undefined;
  const away = timesTaken(slots, acts);
  const state: Said = {
    slots,
    acts,
    isTaken: away % 2 === 1,
    isGivenBack: away > 0 && away % 2 === 0,
    parts: known.parts,
    columns: known.lexicon.table(known.parts.base)?.columns ?? [],
  };
  for (const way of waysFor(state)) {
    const step = way(state);
    if (step === undefined) continue;
    const isBack =
      ['again', 'swap', 'reverse', 'put', 'keep'].some((a) => acts.acts.has(a as 'again')) ||
      /\bnot (?:only|just)\b/.test(slots.text) ||
      acts.order.includes('<join> <not>') ||
      (away > 0 && slots.columns.some((c) => c.role === 'key') && slots.columns.length > 1);
    return { step, isBack: isBack || (known.parts.limit !== undefined && way === groups) };
  }
  return undefined;
}
