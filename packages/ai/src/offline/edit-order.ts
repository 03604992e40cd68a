import { quoteName } from '../ir/quote.ts';
import { has, type Said, type Way } from './edit-said.ts';
import { speaksOf } from './edit-slots.ts';
import type { SqlItem } from './sql-parts.ts';

/** The figure that groups are put in order by: the one that is named, or the only one. */
function figureIn({ slots, parts }: Said): SqlItem | undefined {
  const all = parts.items.filter((i) => i.isAggregate);
  return (
    slots.figures[0] ??
    all.find((i) => slots.columns.some((c) => c.role === 'figure' && speaksOf(i.sql, c.ref.name))) ??
    (/\bR\b|\bcounts?\b/.test(slots.text) ? all.find((i) => /^COUNT\(/i.test(i.sql)) : undefined) ??
    (all.length === 1 ? all[0] : undefined)
  );
}

const nameOf = (item: SqlItem | undefined): string | undefined => (item?.alias === undefined ? item?.sql : quoteName(item.alias));
/** Whether something is named that neither the groups nor what they are put in order by have to do with. */
const isOther = ({ slots }: Said): boolean =>
  slots.columns.some((c) => (c.role === 'new' && c.ref.kind !== 'time') || c.role === 'chosen') ||
  slots.values.some((v) => v.held !== 'kept');

/** `busiest first`, `the 3 weakest`, `only the leader`: by a superlative, some of the groups or all of them in order. */
export const ranked: Way = (said) => {
  const { slots, parts, isTaken } = said;
  const by = nameOf(figureIn(said));
  if (slots.end === undefined || by === undefined || isOther(said) || isTaken || slots.functions.length > 1) return undefined;
  if (slots.numbers.some((n) => n.unit !== undefined || !Number.isInteger(n.value)) || has(said, 'gt', 'ge', 'lt', 'put', 'swap', 'all'))
    return undefined;
  const order = { ...parts, orderBy: `${by} ${slots.end === 'low' ? 'ASC' : 'DESC'}` };
  const [count] = slots.numbers;
  if (count) return slots.numbers.length === 1 && count.value > 0 ? { ...order, limit: String(count.value) } : undefined;
  if (/\b(?:first|top|front|ahead|start|begin)\b/.test(slots.text) || has(said, 'order')) return order;
  return has(said, 'keep') || /\bone\b/.test(slots.text) ? { ...order, limit: '1' } : undefined;
};

/** In which order the groups stand. */
export const orders: Way = (said) => {
  const { slots, parts, isTaken } = said;
  if (slots.values.length + slots.numbers.length > 0 || isTaken || !parts.items.some((i) => i.isAggregate)) return undefined;
  if (has(said, 'reverse') && parts.orderBy !== '' && !slots.columns.some((c) => c.role === 'new'))
    return {
      ...parts,
      orderBy: / DESC$/i.test(parts.orderBy) ? parts.orderBy.replace(/ DESC$/i, ' ASC') : `${parts.orderBy.replace(/ ASC$/i, '')} DESC`,
    };
  const isDown = /\b(?:descending|desc|decreasing|falling|backwards)\b|\b(?:high|large|big|many|much|S|A0) to\b/.test(slots.text);
  const isUp =
    /\b(?:ascending|asc|increasing|rising)\b|\b(?:low|small|few|little)(?:er)? to\b/.test(slots.text) || (slots.end === 'low' && isDown);
  const isName = /\balphabet\w*|\ba (?:to )?z\b|\bby name\b/.test(slots.text);
  const isRanked = isDown || isUp;
  if (!has(said, 'order') && !isRanked && !isName) return undefined;
  const [key] = slots.columns.filter((c) => c.role === 'key');
  const isCounted = /\bR\b|\bF\b|\bcounts?\b|\bnumber\b/.test(slots.text);
  const isByName = key !== undefined && (isName || (!isRanked && !isCounted));
  const by = isByName
    ? quoteName(key.ref.name)
    : isRanked || isCounted || slots.columns.some((c) => c.role === 'figure')
      ? nameOf(figureIn(said))
      : undefined;
  if (by === undefined || isOther(said)) return undefined;
  return { ...parts, orderBy: `${by} ${isByName ? (isDown ? 'DESC' : 'ASC') : isUp ? 'ASC' : 'DESC'}` };
};
