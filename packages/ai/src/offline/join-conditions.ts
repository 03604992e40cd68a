import type { Condition, Filter, Scan } from './frame.ts';
import { negate } from './meaning.ts';

const isUpper = (c: Condition): boolean => c.operator === '>' || c.operator === '>=';
const isLower = (c: Condition): boolean => c.operator === '<' || c.operator === '<=';
const keyOf = (c: Condition): string => (c.left.kind === 'column' ? `${c.left.ref.table}.${c.left.ref.name}` : '');

/** Bounds that nothing can meet together were alternatives: above 10 and below 5 of one column is above 10 or below 5. */
export function splitEmptyRanges(filters: readonly Filter[]): Filter[] {
  const out: Filter[] = [];
  for (const filter of filters) {
    const [own] = filter.any;
    const twin =
      own && filter.any.length === 1 && keyOf(own) !== ''
        ? out.findIndex((f) => {
            const [other] = f.any;
            if (!other || f.any.length !== 1 || keyOf(other) !== keyOf(own)) return false;
            const [above, below] = isUpper(own) && isLower(other) ? [own, other] : isLower(own) && isUpper(other) ? [other, own] : [];
            return above !== undefined && below !== undefined && Number(above.values[0]) >= Number(below.values[0]);
          })
        : -1;
    const known = out[twin];
    if (known) out[twin] = { any: [...known.any, ...filter.any] };
    else out.push(filter);
  }
  return out;
}

const keyText = (filter: Filter): string =>
  JSON.stringify(filter, (key, value: unknown) => (key === 'schema' || key === 'words' ? undefined : value));

/** Conditions with nothing but an "or" between them hold one or the other: `failed or slower than 2 s`. */
export function joinAlternatives(scan: Scan, filters: readonly Filter[]): Filter[] {
  const spans = scan.frame.spans.toSorted((a, b) => a.start - b.start);
  let out = [...filters];
  let last: { readonly filter: Filter; readonly end: number } | undefined;
  for (const { start, end, filter } of spans) {
    const between = last ? scan.tokens.slice(last.end, start).filter((t) => t.used === undefined || t.used === 'and') : [];
    const words = between.map((t) => ('word' in t ? t.word : '#'));
    // What nothing explained between two conditions is their verbs: "slower than 2 seconds or came from a tablet".
    const isShort = words.length < 5 && !words.some((w) => /^(and|but|not|by|per|#)$/.test(w));
    const isOr = words.includes('or') && (isShort || words.every((w) => LIGHT.test(w) || /(ed|en)$/.test(w)));
    const left = last?.filter;
    const known =
      left && isOr ? out.find((f) => left.any.every((c) => f.any.some((o) => keyText({ any: [o] }) === keyText({ any: [c] })))) : undefined;
    const own = isOr ? out.find((f) => keyText(f) === keyText(filter)) : undefined;
    let joined = filter;
    // "neither reviewed nor deeper than 10 km"
    if (own && between.some((t) => /^nor$/i.test(t.raw))) {
      if (filter.any.length === 1 && /^[<>]/.test(filter.any[0]?.operator ?? '')) joined = negate(filter);
      out = out.map((f) => (f === own ? joined : f));
    } else if (known && own && known !== own) {
      joined = { any: [...known.any, ...own.any] };
      out = out.flatMap((f) => (f === known ? [joined] : f === own ? [] : [f]));
    }
    // "not reviewed or deeper than 100 km": who looked for more to deny has passed the joint.
    let told = end;
    while (told > start + 1 && scan.tokens[told - 1]?.used === undefined) told--;
    last = { filter: joined, end: told };
  }
  return out;
}

const LIGHT =
  /^(or|either|else|if|when|where|the|a|an|with|that|which|are|is|were|was|have|has|had|having|in|on|at|of|by|,|for|alternatively|they|it|being|been|their|its|those|ones|got|some|any|there)$/;

/** `not connected to the grid` of grid_connected: a flag that is said twice is denied where one of them is. */
export function dropContradictions(filters: readonly Filter[]): Filter[] {
  const denied = new Set(
    filters.flatMap(({ any: [c] }) => (c?.left.kind === 'column' && c.operator === '=' && c.values[0] === false ? [c.left.ref] : [])),
  );
  return filters.filter(
    ({ any }) => !(any.length === 1 && any[0]?.left.kind === 'column' && any[0].values[0] === true && denied.has(any[0].left.ref)),
  );
}

/** Values joined by "or" (or a list) of one column become IN. */
export function mergeAlternatives(filters: readonly Filter[]): Filter[] {
  const out: Filter[] = [];
  for (const filter of filters) {
    const [only] = filter.any;
    const twin =
      only && filter.any.length === 1 && only.operator === '='
        ? out.findIndex(
            (f) => sameColumn(f.any[0], only) && f.any.length === 1 && (f.any[0]?.operator === '=' || f.any[0]?.operator === 'IN'),
          )
        : -1;
    const known = twin >= 0 ? out[twin]?.any[0] : undefined;
    if (only && known) {
      const values = [...known.values, ...only.values].filter(
        (v, i, all) => all.findIndex((w) => JSON.stringify(w) === JSON.stringify(v)) === i,
      );
      out[twin] = { any: [{ left: known.left, operator: values.length > 1 ? 'IN' : '=', values }] };
    } else if (!out.some((f) => JSON.stringify(f) === JSON.stringify(filter))) out.push(filter);
  }
  return out;
}

const sameColumn = (a: Condition | undefined, b: Condition): boolean =>
  a?.left.kind === 'column' &&
  b.left.kind === 'column' &&
  a.left.ref.name === b.left.ref.name &&
  a.left.ref.table === b.left.ref.table &&
  typeof a.values[0] !== 'boolean';
