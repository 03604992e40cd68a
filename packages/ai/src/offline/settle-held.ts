import type { Condition, Scan } from './frame.ts';
import { wordIn } from './pattern.ts';

const refOf = ({ left }: Condition): unknown => (left.kind === 'column' ? left.ref : undefined);

const CLAUSE = /^(?:where|that|which|who|when|while)$/;
const LISTS = /^(?:show|list|give|get|display|tell|[,:;])$/;

/** `trips that ended with the scooter stolen`: what a clause about the rows speaks of is not asked for. */
export function settleClauses({ frame, tokens }: Scan): void {
  if (!frame.mentionsRows || frame.top || frame.measures.length + frame.dimensions.length > 0) return;
  const kept = frame.bare.filter(({ at }) => {
    let i = at;
    while (i > 0 && !CLAUSE.test(wordIn(tokens, i)) && !LISTS.test(wordIn(tokens, i))) i--;
    return i === 0 || LISTS.test(wordIn(tokens, i));
  });
  if (kept.length < frame.bare.length) frame.bare.splice(0, frame.bare.length, ...kept);
}

/** `whose driver has rank rookie`: what is compared is there; that it is there need not be asked as well. */
export function settleHeld({ frame }: Scan): void {
  const compared = new Set<unknown>([
    ...frame.filters.flatMap(({ any: [first, ...more] }) =>
      first && more.length === 0 && !/NULL/.test(first.operator) ? [refOf(first)] : [],
    ),
    ...frame.comparisons.flatMap(({ subject }) =>
      subject.kind === 'column' && subject.operand.kind === 'column' ? [subject.operand.ref] : [],
    ),
  ]);
  const left = frame.filters.filter(({ any: [first, ...more] }) => {
    const isHeld = first && more.length === 0 && first.operator === 'IS NOT NULL' && first.left.kind === 'column';
    return !(isHeld && compared.has(refOf(first)));
  });
  if (left.length < frame.filters.length) frame.filters.splice(0, frame.filters.length, ...left);
}
