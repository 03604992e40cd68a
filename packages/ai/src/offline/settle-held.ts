import type { Condition, Scan } from './frame.ts';

const refOf = ({ left }: Condition): unknown => (left.kind === 'column' ? left.ref : undefined);

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
