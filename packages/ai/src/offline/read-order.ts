import type { ColumnRef } from './column-facts.ts';
import { columnOperand, plainWord, type Scan, wordAt } from './frame.ts';
import { readMeasure } from './measures.ts';
import { matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, useLink } from './pick.ts';

/** `sorted by total descending`, `highest first`. */
export function readOrder(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const first =
    matchAt(tokens, at, 'with|from|and? the? highest|largest|biggest|most|high|greatest to low?  first') ??
    matchAt(tokens, at, 'highest|largest|biggest|most|greatest|newest|latest first') ??
    matchAt(tokens, at, 'from? high|highest to low|lowest');
  const last = first
    ? undefined
    : (matchAt(tokens, at, 'lowest|smallest|least|fewest|oldest|earliest first') ??
      matchAt(tokens, at, 'from? low|lowest to high|highest'));
  if (first || last) {
    use(tokens, (first ?? last) as { start: number; end: number }, 'order');
    frame.order = { direction: first ? 'DESC' : 'ASC', ofCount: false, ...frame.order };
    return (first ?? last)?.end;
  }
  const lead =
    matchAt(
      tokens,
      at,
      'and|then? sorted|sort|ordered|order|ranked|rank|ranking|sorting|ordering them|it|results|these|this|the? results? by|on|in the|total|highest|descending|ascending?',
    ) ?? matchAt(tokens, at, 'in descending|ascending order of|by?');
  // "ranked results in asia": where, and no order.
  const isWhere =
    lead && wordAt(scan, lead.end - 1) === 'in' && !/^(the|order|descending|ascending|desc|asc)$/.test(wordAt(scan, lead.end));
  if (
    !lead ||
    isWhere ||
    (wordAt(scan, lead.start) === 'order' && /^(an|each|per|of|every|the|average|single)$/.test(plainWord(scan, lead.start - 1)))
  )
    return undefined;
  const words = wordsIn(tokens, lead);
  use(tokens, lead, 'order');
  const target = readMeasure(scan, lead.end) ?? lead.end;
  let ref: ColumnRef | undefined;
  let end = target;
  let ofCount = false;
  if (target === lead.end) {
    const link = linkAt(scan, lead.end);
    const number = pickNumber(link) ?? pickColumn(link);
    if (link && number) {
      ref = number.ref;
      useLink(scan, link, 'order');
      end = link.end;
    } else if (/^(count|frequency|number|volume)$/.test(wordAt(scan, lead.end))) {
      ofCount = true;
      end = lead.end + 1;
      use(tokens, { start: lead.end, end }, 'order');
    }
  }
  const direction = matchAt(tokens, end, ',|in? descending|desc|decreasing|ascending|asc|increasing order?');
  if (direction) {
    words.push(...wordsIn(tokens, direction));
    use(tokens, direction, 'order');
    end = direction.end;
  }
  const highFirst = matchAt(tokens, end, ',? highest|largest|biggest|most|newest|latest first');
  const lowFirst = matchAt(tokens, end, ',? lowest|smallest|least|oldest|earliest first');
  if (highFirst ?? lowFirst) use(tokens, (highFirst ?? lowFirst) as { start: number; end: number }, 'order');
  const isUp = lowFirst !== undefined || words.some((w) => /^(ascending|asc|increasing)$/.test(w));
  const isTime = ref?.kind === 'time' || ref?.kind === 'text';
  frame.order = {
    direction: isUp || (isTime && !highFirst && !words.some((w) => /^desc/.test(w))) ? 'ASC' : 'DESC',
    ofCount,
    ...(ref ? { operand: columnOperand(ref) } : {}),
  };
  frame.scores.push(0.9);
  return (highFirst ?? lowFirst)?.end ?? end;
}

const JOINS = /\b(join\w*|match\w*|correlat\w*|pair\w*|apart|followed|enrich\w*|each other|combin\w*|of (the|their|its) \w+)\b/i;

/** `joined with customers`, `match orders to payments within 10 minutes`. */
export function readJoin(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const outer =
    matchAt(tokens, at, 'left|outer outer? join') ??
    matchAt(tokens, at, 'even if|when there? is|are? no|none|not? match|matches|matching|matched?') ??
    matchAt(
      tokens,
      at,
      'including|include|keep|keeping those|all|unmatched|ones|the|orders|rows without|unmatched|with|rows|ones? a|any|no? match|matches|matching?',
    );
  if (outer) {
    frame.outer = true;
    use(tokens, outer, 'join');
    return outer.end;
  }
  const within =
    matchAt(tokens, at, 'within|in|less|under than? #dur of|from|after|between? each|one|the|them? other|another|order|it|that?') ??
    matchAt(tokens, at, 'at most|up to? #dur apart|later|after|of?');
  const span = within?.slots[0];
  if (within && span?.t === 'duration' && scan.hops.size > 1 && JOINS.test(scan.input)) {
    frame.joinWithinMs = span.ms;
    use(tokens, within, 'join');
    frame.scores.push(0.95);
    return within.end;
  }
  // "of the same symbol": what joins them, and no group.
  const same = JOINS.test(scan.input)
    ? matchAt(tokens, at, 'of|on|by|for|with|in|at|from|having|sharing|whose the? same|equal|matching')
    : undefined;
  const link = same && linkAt(scan, same.end);
  const shared = pickColumn(link, (c) => scan.lexicon.tables.filter((t) => t.columns.some((o) => o.name === c.name)).length > 1);
  if (same && link && shared) {
    use(tokens, { start: at, end: link.end }, 'join');
    return link.end;
  }
  const lead = matchAt(
    tokens,
    at,
    'and|then? inner? join|joined|joining|joins|match|matched|matches|matching|enrich|enriched|enriching|combine|combined|combining|correlate|correlated|correlating|merge|merged|link|linked|pair|paired|attach|together|alongside|followed|lookup|look them|it|each|up? with|to|against|by|and|on|using? the|their|its|a|each?',
  );
  // "link lost" of link_lost
  const own = lead && scan.links.get(lead.start);
  if (!lead || (own && own.end > lead.start + 1)) return undefined;
  use(tokens, lead, 'join');
  return lead.end;
}
