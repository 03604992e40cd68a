import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { type Condition, columnOperand, type Scan, wordAt } from './frame.ts';
import { flagFilter } from './noun-phrase.ts';
import { matchAt, use, wordIn } from './pattern.ts';
import { linkAt, pickColumn, pickTable, pickValue, useLink } from './pick.ts';
import { equality } from './read-link.ts';

const NULLS = 'is|are|was|were|being? still? null|missing|empty|blank|absent|unknown|unset|undefined';
const NOT_NULLS = 'is|are|was|were? not null|missing|empty|blank|absent|unknown';
const UNSET = 'is|are|was|were|has|have? not been? present|set|known|given|filled|available|recorded|assigned|provided in?';
const TRAILS = 'yet|given|set|assigned|provided|recorded|available|filled|known|attached|at|listed|specified in|all?';

/** `without a coupon`, `missing email`, `email is null`, `orders with no payment`. */
export function readNullTest(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead =
    matchAt(tokens, at, 'for|without|with|gave|give|had? no|any stated|given|known|particular|obvious|apparent|recorded') ??
    matchAt(tokens, at, 'with|having|has|have|had|that no|missing|empty|blank|null the?') ??
    matchAt(tokens, at, 'without|missing|lacking|lack|lacks a|an|any|the|their|its? matching|corresponding?') ??
    matchAt(tokens, at, 'unknown|empty|blank|null|unset|undefined|no|nothing');
  if (lead) {
    const link = linkAt(scan, lead.end);
    const flag = pickColumn(link, (c) => c.kind === 'boolean');
    const table = pickTable(link);
    const column = pickColumn(link, (c) => c.kind !== 'boolean' && !(/^(no|empty|blank)$/.test(wordAt(scan, at)) && pickValue(link)));
    // "without zone eu-west" leaves one of them out.
    if (link && column && !/^(missing|empty|blank|null)$/.test(wordAt(scan, at)) && equality(scan, link.end, column.ref, false))
      return undefined;
    // "an empty queue" of queue_len
    const isEmpty = column && /INT/i.test(column.ref.schema.type) && wordIn(tokens, lead.end - 1) === 'empty';
    const isNothing =
      column && isMeasure(column.ref) && (isEmpty || (column.ref.isAdditive && matchAt(tokens, at, 'with|having|without|no|nothing')));
    if (link && table && table.table !== scan.base.name && scan.hops.has(table.table) && (column?.score ?? 0) < table.score + 0.05) {
      use(tokens, { start: at, end: link.end }, 'filter');
      frame.antiJoin = table.table;
      frame.scores.push(0.9);
      return link.end;
    }
    // "without a trainer" of a flag with_trainer, before the trainer of another relation.
    const isOwn = flag && column && flag.ref.table === scan.base.name && column.ref.table !== scan.base.name;
    const chosen = flag && (isOwn || flag.score >= (column?.score ?? 0)) ? flag : column;
    if (link && chosen) {
      const left = columnOperand(chosen.ref);
      frame.filters.push(
        chosen === flag ? flagFilter(chosen.ref, false) : { any: [isNothing ? { left, operator: '=', values: [0] } : noneOf(chosen.ref)] },
      );
      // "no disease was found", "no reason is written down"
      const said =
        /^(no|nothing)$/.test(wordAt(scan, at)) && matchAt(tokens, link.end, 'was|were|is|are|has|have been? ever? #word down|in?');
      const isVerb = said && tokens.slice(said.start, said.end).some((t) => 'word' in t && /(ed|en|nd|wn|ft|de|ld|et|aid)$/.test(t.word));
      const trail = (isVerb ? said : undefined) ?? matchAt(tokens, link.end, TRAILS);
      const end = trail?.end ?? link.end;
      use(tokens, { start: at, end }, 'filter');
      frame.scores.push(0.92);
      return end;
    }
  }
  const nobody = readSomebody(scan, at) ?? readNobody(scan, at);
  if (nobody !== undefined) return nobody;
  const none = readZero(scan, at);
  if (none !== undefined) return none;
  const link = linkAt(scan, at);
  const column = pickColumn(link);
  if (link && column) {
    const unset = matchAt(tokens, link.end, UNSET);
    const not = unset
      ? undefined
      : (matchAt(tokens, link.end, NOT_NULLS) ??
        matchAt(tokens, link.end, 'is|are present|set|known|filled|given|populated|available in?') ??
        matchAt(
          tokens,
          link.end,
          'is|are|was|were|been been? given|recorded|stated|noted|entered|provided|written|mentioned|left|filed|attached|logged|raised|taken down|in?',
        ));
    const nothing = not ?? unset ?? matchAt(tokens, link.end, NULLS);
    // "flights missing more than 10 bags": a verb.
    const isVerb =
      nothing?.end === link.end + 1 && (comparatorAt(scan, nothing.end) !== undefined || linkAt(scan, nothing.end) !== undefined);
    const is = isVerb ? undefined : nothing;
    if (is && column.ref.kind === 'boolean') {
      frame.filters.push(flagFilter(column.ref, not !== undefined && wordAt(scan, not.start + 1) !== 'not'));
      use(tokens, { start: at, end: is.end }, 'filter');
      return is.end;
    }
    if (is) {
      frame.filters.push({ any: [{ left: columnOperand(column.ref), operator: not ? 'IS NOT NULL' : 'IS NULL', values: [] }] });
      use(tokens, { start: at, end: is.end }, 'filter');
      frame.scores.push(0.95);
      return is.end;
    }
  }
  return readPresent(scan, at);
}

/** `without reward` of a closed set: the value that says so, if there is one. */
const noneOf = (ref: ColumnRef): Condition => {
  const none = ref.schema.values?.find((v) => /^(?:none|no|null|nothing|n\/a|unknown)$/i.test(String(v)));
  return none === undefined
    ? { left: columnOperand(ref), operator: 'IS NULL', values: [] }
    : { left: columnOperand(ref), operator: '=', values: [none] };
};

/** `with a coupon`, `that have any retries`: there is one. */
function readPresent(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const bare = matchAt(tokens, at, 'with|having');
  const has =
    matchAt(tokens, at, 'with|having|that|where? do|does|there have|has|is|are a|an|any|some?') ??
    matchAt(tokens, at, 'with|having|using|used|uses a|an|any|some') ??
    matchAt(tokens, at, 'has|have|had a|an|any|some?') ??
    matchAt(tokens, at, 'that|who|which|but? still? left|leaving|gave|provided|carry|carries|carrying|bear|bearing a|an|any|some') ??
    matchAt(
      tokens,
      at,
      'that|who|which|where? has|have|had? ended|ending|resulted|resulting|drew|drawn|got|received|caused|wrote|written|made|raised|entered|submitted|stated|mentioned in|with? a|an|any|some',
    );
  // "any household that burns more than 50 kWh a day" is no test of its name.
  const any = at === 0 && !frame.window ? matchAt(tokens, at, 'any|some') : undefined;
  const lead2 = has ?? any;
  const lead3 = lead2 ?? bare;
  const target = lead3 ? linkAt(scan, lead3.end) : undefined;
  // "reports with injuries"
  const isPlural =
    target !== undefined &&
    /^(with|having)$/.test(wordAt(scan, at)) &&
    target.end === target.start + 1 &&
    /[^su]s$/.test(wordAt(scan, target.start)) &&
    /^(|that|which|who|per|by|in|at|on|from|of|during)$/.test(wordAt(scan, target.end)) &&
    tokens[target.end]?.t !== 'number' &&
    /INT/i.test(pickColumn(target, isMeasure)?.ref.schema.type ?? '') &&
    pickColumn(target, isMeasure)?.ref.words.length === 1;
  const counted =
    (has ?? (isPlural ? lead3 : undefined)) &&
    (isPlural || tokens.slice(at, target?.start ?? at).some((t) => 'word' in t && /^(any|some)$/.test(t.word)))
      ? pickColumn(target, (c) => isMeasure(c) && c.isAdditive)
      : undefined;
  if (counted && target && !comparatorAt(scan, target.end)) {
    frame.filters.push({ any: [{ left: columnOperand(counted.ref), operator: '>', values: [0] }] });
    frame.scores.push(0.85);
    use(tokens, { start: at, end: target.end }, 'filter');
    return target.end;
  }
  const held = pickColumn(target, (c) => c.kind === 'text' || (c.schema.nullable ?? false));
  const follows = target ? wordAt(scan, target.end) : '';
  const next = target ? tokens[target.end] : undefined;
  if (
    lead2 &&
    target &&
    held &&
    !comparatorAt(scan, target.end) &&
    (isElsewhere(scan, target.end) ||
      !/^(of|about|regarding|on|starting|beginning|ending|containing|saying|mentioning|equal|is)$/.test(follows)) &&
    next?.t !== 'text' &&
    !pickValue(target)
  ) {
    frame.filters.push({ any: [{ left: columnOperand(held.ref), operator: 'IS NOT NULL', values: [] }] });
    use(tokens, { start: at, end: target.end }, 'filter');
    frame.scores.push(0.85);
    return target.end;
  }
  return undefined;
}

/** `with a fault code of park Nord`: of another column, and not what the text says. */
function isElsewhere(scan: Scan, at: number): boolean {
  if (!/^(of|on)$/.test(wordAt(scan, at))) return false;
  const link = linkAt(scan, /^(the|any)$/.test(wordAt(scan, at + 1)) ? at + 2 : at + 1);
  return pickValue(link) !== undefined || (pickColumn(link) !== undefined && /^[A-Z\d'"]/.test(scan.tokens[link?.end ?? at]?.raw ?? ''));
}

const NONE_COUNT =
  /^(board|boarded|passengers?|people|pupils|riders|guests|visitors|persons?|headcount|occupants|occupancy|heads|pax|crew)$/;

/** `nobody on board`, `while somebody is below`: none or some of those that a number counts. */
function readSomebody(scan: Scan, at: number): number | undefined {
  const lead =
    matchAt(scan.tokens, at, 'nobody|noone|somebody|someone|anybody|anyone is|are|was|were?') ?? matchAt(scan.tokens, at, 'no one is|was?');
  if (!lead) return undefined;
  const isNone = /^no/.test(wordAt(scan, at));
  const counts = scan.base.columns.filter((c) => isMeasure(c) && /INT/i.test(c.schema.type) && c.words.some((w) => NONE_COUNT.test(w)));
  const said = wordAt(scan, lead.end) === 'on' ? wordAt(scan, lead.end + 1) : wordAt(scan, lead.end);
  const count =
    counts.find((c) => said.length > 3 && c.words.includes(said)) ?? (said === 'in' && counts.length === 1 ? counts[0] : undefined);
  if (!count) return undefined;
  scan.frame.filters.push({ any: [{ left: columnOperand(count), operator: isNone ? '=' : '>', values: [0] }] });
  scan.frame.scores.push(0.88);
  const end = wordAt(scan, lead.end) === 'on' ? lead.end + 2 : lead.end + 1;
  use(scan.tokens, { start: at, end }, 'filter');
  return end;
}

/** `nobody left notes`, `but nobody knows the cause`, `nobody is assigned to`: what is named a few words on is not there. */
function readNobody(scan: Scan, at: number): number | undefined {
  const lead = matchAt(scan.tokens, at, 'nobody|noone') ?? matchAt(scan.tokens, at, 'no one');
  if (!lead) return undefined;
  for (let i = lead.end; i < lead.end + 5; i++) {
    const link = linkAt(scan, i);
    const column = pickColumn(link, (c) => (c.kind === 'text' && !c.schema.values?.length) || isMeasure(c));
    if (!link || !column || column.score < 0.6 || comparatorAt(scan, link.end)) continue;
    scan.frame.filters.push({ any: [{ left: columnOperand(column.ref), operator: 'IS NULL', values: [] }] });
    scan.frame.scores.push(0.85);
    const trail = matchAt(scan.tokens, link.end, 'to|on|for|at');
    use(scan.tokens, { start: at, end: trail?.end ?? link.end }, 'filter');
    return trail?.end ?? link.end;
  }
  return undefined;
}

/** `nothing was picked`, `cost nothing`. */
function readZero(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  // "nothing was picked", "trips that cost nothing"
  const said = matchAt(tokens, at, 'nothing|none was|were|is|are|has|have been? ');
  const figure = said && linkAt(scan, said.end);
  const none = pickColumn(figure, (c) => isMeasure(c) && c.isAdditive);
  if (said && figure && none) {
    frame.filters.push({ any: [{ left: columnOperand(none.ref), operator: '=', values: [0] }] });
    frame.scores.push(0.9);
    use(tokens, { start: at, end: figure.end }, 'filter');
    return figure.end;
  }
  const link = linkAt(scan, at);
  const zero = link && matchAt(tokens, link.end, 'nothing');
  const number = zero && pickColumn(link, isMeasure);
  if (zero && number) {
    frame.filters.push({ any: [{ left: columnOperand(number.ref), operator: '=', values: [0] }] });
    frame.scores.push(0.9);
    use(tokens, { start: at, end: zero.end }, 'filter');
    return zero.end;
  }
  return undefined;
}

/** `with promo code`, behind the word: there is one. */
export function readHeld(scan: Scan, at: number): number | undefined {
  const link = linkAt(scan, at);
  const held = pickColumn(link, (c) => c.kind === 'text' && !c.isId && !c.schema.values?.length);
  if (!link || !held || pickValue(link) || comparatorAt(scan, link.end) || scan.tokens[link.end]?.t === 'text') return undefined;
  const next = scan.tokens[link.end];
  if (next?.t === 'word' && next.used === undefined && !/^(per|by|for|each|every|in|and|,)$/.test(next.word)) return undefined;
  scan.frame.filters.push({ any: [{ left: columnOperand(held.ref), operator: 'IS NOT NULL', values: [] }] });
  useLink(scan, link, 'filter');
  return link.end;
}
