import { quoteName } from '../ir/quote.ts';
import type { ColumnRef } from './column-facts.ts';
import { has, type Said, type Way } from './edit-said.ts';
import { speaksOf } from './edit-slots.ts';
import { measureName } from './name-measure.ts';
import type { SqlItem } from './sql-parts.ts';

const FN = /^(AVG|SUM|MAX|MIN|MEDIAN|STDDEV|VARIANCE)\(([\w.`]+)\)$/;
const PLAIN: Readonly<Record<string, string>> = {
  AVG: 'average',
  SUM: 'total',
  MAX: 'maximum',
  MIN: 'minimum',
  MEDIAN: 'median',
  STDDEV: 'standard deviation',
  VARIANCE: 'variance',
};
const COUNTED = /\bcounts?\b|\bnumber of\b|\bhow (?:many|often)\b|\bmany times\b/;
const EARNED = /\b(?:earn(?:s|ed)?|br(?:ings?|ought)|worth|makes?|made|takes?|took|cost)\b/;

const isNumber = (ref: ColumnRef): boolean => ref.kind === 'number' && !ref.isId && !ref.isCode;
const figuresOf = ({ parts }: Said): SqlItem[] => parts.items.filter((i) => i.isAggregate);
const isInstead = (said: Said): boolean => has(said, 'swap', 'not', 'take');

function made(fn: string, ref: ColumnRef, base: string): SqlItem {
  const measure = { kind: 'aggregate', fn: fn as 'AVG', of: { kind: 'column', ref }, at: 0, only: [] } as const;
  return { sql: `${fn}(${quoteName(ref.name)})`, alias: measureName(measure, base), isAggregate: true, isStar: false };
}

/** A number beside another is taken the same way, as far as it can be: a sum beside a sum, where it adds up. */
function likeOwn(own: SqlItem | undefined, number: ColumnRef): string {
  const fn = FN.exec(own?.sql ?? '')?.[1];
  if (number.isAdditive) return 'SUM';
  if (fn === 'SUM' && !/^(?:s|min|h|d|kg|g|t|l|km|m|\$)$/.test(number.unit ?? '')) return 'AVG';
  return fn ?? 'AVG';
}

/** A figure that is wanted no more. */
export const figures: Way = (said) => {
  const { slots, parts, isTaken } = said;
  const all = figuresOf(said);
  if (all.length < 2 || slots.values.length + slots.numbers.length + slots.spans.length > 0) return undefined;
  if (slots.columns.some((c) => c.role !== 'figure')) return undefined;
  const isCount = COUNTED.test(slots.text);
  const hit = all.filter(
    (i) =>
      slots.figures.includes(i) ||
      (isCount && slots.functions.length + slots.columns.length === 0 && /^COUNT\(/i.test(i.sql)) ||
      ((slots.functions.length > 0 || slots.columns.length > 0) &&
        slots.functions.every((f) => i.sql.toUpperCase().startsWith(`${f}(`)) &&
        slots.columns.every((c) => speaksOf(i.sql, c.ref.name))),
  );
  if (hit.length === 0 || hit.length === all.length) return undefined;
  if (isTaken) return { ...parts, items: parts.items.filter((i) => !hit.includes(i)) };
  return has(said, 'keep') ? { ...parts, items: parts.items.filter((i) => !i.isAggregate || hit.includes(i)) } : undefined;
};

/** Rows of one thing counted once: `each customer just once`, `people instead of swipes`, `how many different players`. */
export const countedOnce: Way = (said) => {
  const { slots } = said;
  const things = slots.columns.filter((c) => !isNumber(c.ref) && c.role !== 'key');
  const [thing] = things;
  if (things.length !== 1 || slots.columns.length > 1 || !thing || slots.values.length + slots.numbers.length > 0) return undefined;
  if (slots.functions.length > 0 || figuresOf(said).length === 0) return undefined;
  const isRows = /\bc0 <(?:swap|join)> (?:<not> )?(?:<once> )?[rf]\b/.test(said.acts.order) && isInstead(said);
  const isSaid = /\b(?:by|per)\b/.test(slots.text);
  if (!has(said, 'once') && (!isRows || isSaid)) return undefined;
  return has(said, 'put') && !has(said, 'swap') ? `also count distinct ${thing.ref.name}` : `count distinct ${thing.ref.name} instead`;
};

/** How many rows there are, beside what is there. */
export const counted: Way = (said) => {
  const { slots } = said;
  if (slots.values.length + slots.numbers.length > 0 || slots.columns.some((c) => c.role !== 'key')) return undefined;
  if (slots.functions.some((f) => !figuresOf(said).some((i) => i.sql.startsWith(`${f}(`)))) return undefined;
  if (!has(said, 'put') || has(said, 'order', 'all', 'split') || (has(said, 'group') && slots.columns.length > 0)) return undefined;
  if (COUNTED.test(slots.text)) return figuresOf(said).some((i) => /^COUNT\(\*/i.test(i.sql)) ? undefined : 'also the row count';
  return slots.columns.length === 0 && EARNED.test(slots.text) ? 'also the revenue' : undefined;
};

/** Another number in the place of the one that is measured, another function of it, or one more. */
export const measures: Way = (said) => {
  const { slots, parts } = said;
  if (slots.values.length + slots.numbers.length > 0 || has(said, 'order', 'reverse', 'limit', 'keep', 'again', 'split')) return undefined;
  const numbers = slots.columns.filter((c) => isNumber(c.ref));
  const all = figuresOf(said);
  if (numbers.length < slots.columns.filter((c) => c.role !== 'key').length || all.length === 0) return undefined;
  const fresh = numbers.filter((c) => c.role !== 'figure');
  const olds = numbers.filter((c) => c.role === 'figure');
  // "worst case rather than average", "put the longest beside it".
  const extreme = /\bS\b/.test(slots.text) ? [slots.end === 'low' ? 'MIN' : 'MAX'] : [];
  const functions = [...slots.functions, ...extreme];
  const [next] = fresh;
  const [fn] = functions;
  const instead = isInstead(said) && !(has(said, 'put') && !has(said, 'not', 'take'));
  if (numbers.length === 0) {
    const held = functions.filter((f) => all.some((i) => i.sql.startsWith(`${f}(`)));
    const wanted = instead ? functions.filter((f) => !held.includes(f)) : functions;
    if (wanted.length === 0 || (!instead && !has(said, 'put') && functions.length > 1)) return undefined;
    const plain = wanted.map((f) => PLAIN[f] ?? f);
    return has(said, 'put') && !instead
      ? `also the ${plain.join(' and the ')}`
      : plain.length === 1
        ? `use the ${plain[0]} instead`
        : undefined;
  }
  // "minus the leftovers": of what is added up.
  const [own] = all;
  const added =
    all.length === 1 &&
    own &&
    /^(?:and |but |now )?(?:minus|net of|subtract|deduct|after (?:deducting|subtracting)) (?:the )?C\d(?: ones)?$/.test(slots.text)
      ? FN.exec(own.sql)?.[1]
      : undefined;
  if (own && next && (added === 'SUM' || added === 'AVG'))
    return {
      ...parts,
      items: parts.items.map((i) => (i === own ? { ...i, sql: `${i.sql} - ${made(added, next.ref, parts.base).sql}` } : i)),
    };
  const swap = (old: SqlItem, item: SqlItem) => ({ ...parts, items: parts.items.map((i) => (i === old ? item : i)) });
  if (functions.some((f) => !Object.hasOwn(PLAIN, f))) return undefined;
  if (instead) {
    const column = (next ?? olds[0])?.ref;
    const hit = all.filter(
      (i) =>
        all.length === 1 ||
        slots.figures.includes(i) ||
        olds.some((c) => speaksOf(i.sql, c.ref.name)) ||
        (/^COUNT\(/i.test(i.sql) && olds.length === 0 && COUNTED.test(slots.text)),
    );
    const [old] = hit;
    if (hit.length !== 1 || !old || !column || fresh.length > 1) return undefined;
    const own = FN.exec(old.sql)?.[1];
    const how = functions.length === 2 ? functions.find((f) => f !== own) : (fn ?? (next ? likeOwn(old, column) : undefined));
    return how === undefined || (functions.length > 1 && next) ? undefined : swap(old, made(how, column, parts.base));
  }
  if (!has(said, 'put')) return undefined;
  const isMany = /\bhow (?:many|much)\b/.test(slots.text);
  const more = numbers.flatMap(({ ref }) =>
    (functions.length === 0 ? [isMany ? 'SUM' : likeOwn(all[0], ref)] : functions).map((f) => made(f, ref, parts.base)),
  );
  const items = more.filter((m) => !all.some((i) => i.sql === m.sql));
  return items.length === 0 ? undefined : { ...parts, items: [...parts.items, ...items] };
};
