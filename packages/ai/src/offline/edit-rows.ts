import { quoteName } from '../ir/quote.ts';
import { has, type Said, type Way } from './edit-said.ts';
import { heldBy, speaksOf, type ValueSlot } from './edit-slots.ts';
import type { SqlParts } from './sql-parts.ts';

const literal = (v: string | number): string => (typeof v === 'number' ? String(v) : `'${v.replaceAll("'", "''")}'`);

const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  [/ NOT IN /i, ' IN '],
  [/ IN /i, ' NOT IN '],
  [/ IS NOT NULL$/i, ' IS NULL'],
  [/ IS NULL$/i, ' IS NOT NULL'],
  [/ = TRUE$/i, ' = FALSE'],
  [/ = FALSE$/i, ' = TRUE'],
  [/ (?:!=|<>) /, ' = '],
  [/ >= /, ' < '],
  [/ <= /, ' > '],
  [/ > /, ' <= '],
  [/ < /, ' >= '],
  [/ = /, ' != '],
];

const opposite = (condition: string): string | undefined => {
  const found = OPPOSITES.find(([pattern]) => pattern.test(condition));
  return found && !/\b(?:AND|OR)\b/i.test(condition) ? condition.replace(found[0], found[1]) : undefined;
};

/** A condition on other values of its column. */
function conditionOn(values: readonly ValueSlot[], isOut: boolean): string {
  const name = quoteName(values[0]?.ref.name ?? '');
  const list = [...new Set(values.map((v) => literal(v.value)))];
  return list.length === 1 ? `${name} ${isOut ? '!=' : '='} ${list[0]}` : `${name} ${isOut ? 'NOT IN' : 'IN'} (${list.join(', ')})`;
}

/** A condition without one of the values that it lists. */
function lessValue(where: string, { ref, value }: ValueSlot): string | undefined {
  const list = / (NOT IN|IN) \((.*)\)$/i.exec(where);
  const left = list?.[2]?.split(/\s*,\s*/).filter((v) => v !== literal(value)) ?? [];
  if (!list || left.length === 0) return undefined;
  return `${quoteName(ref.name)} ${left.length > 1 ? `${list[1]} (${left.join(', ')})` : `${/NOT/i.test(list[1] ?? '') ? '!=' : '='} ${left[0]}`}`;
}

const ofOneColumn = (values: readonly ValueSlot[]): boolean => values.every((v) => v.ref.name === values[0]?.ref.name);

/** Whether a sentence names values of one column, and nothing else but that column. */
const namesValuesAlone = ({ slots, parts }: Said): boolean =>
  ofOneColumn(slots.values) &&
  slots.columns.every((c) => c.role === 'key' || c.ref.isId || c.ref.name === slots.values[0]?.ref.name) &&
  slots.functions.every((f) => parts.items.some((i) => i.sql.startsWith(`${f}(`))) &&
  slots.numbers.length === 0;

/** Values that the query before holds already: given back, turned round, joined by others, replaced. */
export const heldValues: Way = (said) => {
  const { slots, parts, isTaken, isGivenBack } = said;
  const { values } = slots;
  const out = values.filter((v) => v.held === 'out');
  const kept = values.filter((v) => v.held === 'kept');
  const fresh = values.filter((v) => v.held === undefined);
  if (values.length === 0 || !namesValuesAlone(said) || out.length * kept.length > 0) return undefined;
  const [first] = values;
  const at = parts.where.findIndex((w) => values.some((v) => heldBy(w, v.ref.name, v.value) !== undefined));
  const where = parts.where[at];
  if (!first || where === undefined) return undefined;
  const put = (text: string | undefined): SqlParts => ({
    ...parts,
    where: text === undefined ? parts.where.filter((_, i) => i !== at) : parts.where.map((w, i) => (i === at ? text : w)),
  });
  if (out.length > 0 && fresh.length === 0) {
    if (isTaken || !(isGivenBack || has(said, 'again', 'put', 'keep', 'all'))) return undefined;
    if (has(said, 'keep') && !isGivenBack) return put(conditionOn(out, false));
    return put(out.length === 1 ? lessValue(where, out[0] as ValueSlot) : undefined);
  }
  if (out.length > 0 && has(said, 'put', 'join') && isTaken) return put(conditionOn(values, true));
  if (kept.length === 0) return undefined;
  if (fresh.length === 0) {
    if (has(said, 'all') && !has(said, 'keep') && !isTaken) return put(undefined);
    if (has(said, 'filter') && (isTaken || has(said, 'again'))) return put(undefined);
    const isList = / IN /i.test(where);
    if (isTaken && isList && kept.length === 1 && !has(said, 'reverse')) return put(lessValue(where, kept[0] as ValueSlot));
    if (isTaken || has(said, 'reverse')) return put(opposite(where));
    return has(said, 'keep') && isList ? put(conditionOn(kept, false)) : undefined;
  }
  if (has(said, 'swap', 'not', 'take')) return put(conditionOn(fresh, false));
  return has(said, 'join', 'put') ? put(conditionOn(values, false)) : undefined;
};

/** Values that the query before does not name. */
export const freshValues: Way = (said) => {
  const { slots, parts, isTaken } = said;
  const { values } = slots;
  const [first] = values;
  if (!first || values.some((v) => v.held !== undefined) || !namesValuesAlone(said) || has(said, 'all', 'reverse', 'order'))
    return undefined;
  const own = parts.where.findIndex((w) => new RegExp(`^${quoteName(first.ref.name)} (?:=|IN) `).test(w));
  if (own < 0) {
    if (!isTaken && !has(said, 'keep') && !said.isGivenBack && (has(said, 'put', 'again') || !/\bfor\b|\bif\b|\bwhere\b/.test(slots.text)))
      return undefined;
    if (values.length > 1 && has(said, 'join') && !/<join> v\d/.test(said.acts.order)) return undefined;
    return { ...parts, where: [...parts.where, conditionOn(values, isTaken)] };
  }
  if (isTaken || !parts.items.some((i) => i.isAggregate)) return undefined;
  const old = [...(parts.where[own] ?? '').matchAll(/'((?:[^']|'')+)'/g)].map(
    (m): ValueSlot => ({ ref: first.ref, value: (m[1] ?? '').replaceAll("''", "'") }),
  );
  const isMore = has(said, 'put') && !has(said, 'swap');
  return { ...parts, where: parts.where.map((w, i) => (i === own ? conditionOn(isMore ? [...old, ...values] : values, false) : w)) };
};

/** No condition any more, or the other way round. */
export const conditionsLifted: Way = (said) => {
  const { parts, slots, isTaken } = said;
  const chosen = slots.columns.filter((c) => c.role === 'chosen');
  if (parts.where.length === 0 || slots.values.length + slots.numbers.length + slots.functions.length > 0) return undefined;
  if (chosen.length < slots.columns.length) return undefined;
  const [only] = parts.where;
  if (has(said, 'reverse') && !isTaken && parts.where.length === 1 && only !== undefined && (has(said, 'filter') || parts.orderBy === '')) {
    const turned = opposite(only);
    return turned === undefined ? undefined : { ...parts, where: [turned] };
  }
  const isFilter = has(said, 'filter') && (isTaken || has(said, 'again', 'all') || /\bunfiltered\b/.test(slots.text));
  const isAll =
    has(said, 'all') &&
    !isTaken &&
    !has(said, 'limit', 'window', 'group') &&
    (chosen.length > 0 || /\bR\b|\beverything\b/.test(slots.text));
  if (!isFilter && !isAll) return undefined;
  return { ...parts, where: chosen.length === 0 ? [] : parts.where.filter((w) => !chosen.some((c) => speaksOf(w, c.ref.name))) };
};

/** A flag of the rows. */
export const flags: Way = (said) => {
  const { slots, parts, isTaken } = said;
  const [flag] = slots.columns;
  if (slots.columns.length !== 1 || flag?.ref.kind !== 'boolean' || flag.role === 'key' || slots.values.length + slots.numbers.length > 0)
    return undefined;
  const name = quoteName(flag.ref.name);
  const rest = parts.where.filter((w) => !speaksOf(w, flag.ref.name));
  if (has(said, 'put', 'again') && !isTaken && parts.where.includes(`${name} = FALSE`)) return { ...parts, where: rest };
  // "also the non express ones", "express or not": both, where only one kind was kept.
  const isOther = has(said, 'put') && (isTaken || /\bnon\b/.test(slots.text));
  if ((isOther || said.acts.order.endsWith('<join> <not>')) && parts.where.includes(`${name} = TRUE`)) return { ...parts, where: rest };
  if (has(said, 'group', 'order', 'put', 'again', 'swap')) return undefined;
  if (has(said, 'all') && rest.length < parts.where.length) return { ...parts, where: rest };
  if (has(said, 'keep') && isTaken && !/<not>/.test(said.acts.order)) return undefined;
  return isTaken
    ? { ...parts, where: [...rest, `${name} = FALSE`] }
    : has(said, 'keep') || said.isGivenBack
      ? { ...parts, where: [...rest, `${name} = TRUE`] }
      : undefined;
};

/** Names as they were said: words beside each other are one, `Mitte and Nord` are two. */
function namesSaid({ text, names }: Said['slots']): readonly string[] {
  const words = text.split(' ');
  const found: string[] = [];
  let next = 0;
  for (const [at, word] of words.entries()) {
    if (word !== 'P') continue;
    const name = names[next++] ?? '';
    if (words[at - 1] === 'P') found.push(`${found.pop()} ${name}`);
    else found.push(name);
  }
  return found;
}

/** A name that no schema has: of the column beside it, or of the one that whoever reads the plain sentence finds. */
export const named: Way = (said) => {
  const { slots, parts, isTaken } = said;
  const [column] = slots.columns;
  if (slots.columns.length > 1 || slots.values.length + slots.numbers.length + slots.functions.length + slots.spans.length > 0)
    return undefined;
  if (!isTaken && !has(said, 'keep') && !/^for\b/.test(slots.text)) return undefined;
  const names = namesSaid(slots);
  // "those going to FRA": the verb tells which column it is.
  const how = /\b[a-z]+(?:ing|ed|ent) (?:to|from|by|in|at|for) (?=P\b)/.exec(said.acts.text)?.[0] ?? '';
  if (!column) return `${isTaken ? 'without' : 'only'} ${how}${names.join(' and ')}`;
  if (column.ref.kind !== 'text') return undefined;
  const own = quoteName(column.ref.name);
  const condition = conditionOn(
    names.map((value) => ({ ref: column.ref, value })),
    isTaken,
  );
  return { ...parts, where: [...parts.where.filter((w) => !w.startsWith(`${own} = `)), condition] };
};
