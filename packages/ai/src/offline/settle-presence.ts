import { isMeasure } from './column-facts.ts';
import { columnOperand, plainWord, refsOf, type Scan } from './frame.ts';
import { use } from './pattern.ts';
import { pickTable } from './pick.ts';

/** What is written down only where there is something to say. */
const OPTIONAL =
  /^(?:remarks?|notes?|comments?|complaints?|reasons?|disease|illness|promo|promotion|coupon|voucher|caller|errors?|defects?|damage|injury|incident|allergy|warning|fault|symptoms?|diagnosis|feedback|review|tip|discount|refund)$/;

/** `patrols with remarks`, `inspections showing disease`, `with honey but without treatment`: there is some. */
export function settlePresence(scan: Scan): void {
  const { frame, tokens, links } = scan;
  tokens.forEach((token, at) => {
    if (token.t !== 'word' || token.used !== undefined || !/^(?:with|having|showing|shows|show)$/.test(token.word)) return;
    const lead = /^(?:a|an|any|some)$/.test(plainWord(scan, at + 1)) ? at + 2 : at + 1;
    const index = frame.bare.findIndex((b) => b.at === lead);
    const bare = frame.bare[index];
    const end = links.get(lead)?.end;
    const follows = end === undefined ? '?' : plainWord(scan, end);
    if (bare?.operand.kind !== 'column' || end === undefined || !/^(?:|but|and|per|by|each|every|in|on|at|from|for|that|,)$/.test(follows))
      return;
    const { ref } = bare.operand;
    const isCompared = frame.comparisons.some((c) => c.subject.kind === 'column' && refsOf(c.subject.operand).includes(ref));
    if (isCompared) return;
    const isText = ref.kind === 'text' && !ref.isId && !ref.schema.values?.length;
    const isSome = isText && (ref.words.some((w) => OPTIONAL.test(w)) || /[^su]s$/.test(token.word));
    const isRows = pickTable(links.get(at - 1))?.table === scan.base.name;
    const isMuch = isMeasure(ref) && ref.isAdditive && isRows && frame.measures.length === 0 && /^(?:|but)$/.test(follows);
    if (!isSome && !isMuch) return;
    frame.bare.splice(index, 1);
    if (frame.entity?.at === lead) delete frame.entity;
    const left = columnOperand(ref);
    frame.filters.push({ any: [isMuch ? { left, operator: '>', values: [0] } : { left, operator: 'IS NOT NULL', values: [] }] });
    use(tokens, { start: at, end: lead }, 'filter');
  });
}
