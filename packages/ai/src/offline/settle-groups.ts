import { isMeasure } from './column-facts.ts';
import { isRowId } from './dimensions.ts';
import { isAdditive, plainWord, type Scan } from './frame.ts';

/** `spend per order on average` of orders: an average is per row anyway, and no group is one row. */
function dropRowIds(scan: Scan): void {
  const { frame } = scan;
  const isMean = frame.measures.length > 0 && frame.measures.every((m) => m.kind === 'aggregate' && m.fn === 'AVG');
  const row = frame.dimensions.find((d) => d.kind === 'column' && isRowId(scan, d.ref));
  if (isMean && row) frame.dimensions.splice(frame.dimensions.indexOf(row), 1);
}

/** `at least 20,000 words per day in total`: "in total" says that what is compared is added up, and is no figure of its own. */
function inTotal(scan: Scan): void {
  const { frame } = scan;
  const at = frame.measures.findIndex(
    (m) =>
      m.kind === 'aggregate' && m.fn === 'SUM' && /^(?:in|a)$/.test(plainWord(scan, m.at - 1)) && /^total$/.test(plainWord(scan, m.at)),
  );
  const i = frame.comparisons.findIndex(({ subject }) => subject.kind === 'column' && isAdditive(subject.operand));
  const compared = frame.comparisons[i];
  const total = frame.measures[at];
  if (total?.kind !== 'aggregate' || compared?.subject.kind !== 'column' || frame.measures.length > 1) return;
  const { operand } = compared.subject;
  const measure = { ...total, of: operand };
  frame.measures[at] = measure;
  frame.comparisons[i] = { ...compared, subject: { kind: 'measure', measure } };
}

/** `how many minutes do agents need on average to handle a ticket`: the one number that is named, though behind. */
function meanOfNamed(scan: Scan): void {
  const { frame } = scan;
  const word = /^The (average|mean) of what/.exec(frame.clarify?.question ?? '')?.[1];
  const numbers = frame.bare.filter((b) => b.operand.kind === 'column' && isMeasure(b.operand.ref) && b.only.length === 0);
  const [named] = numbers;
  if (word === undefined || !named || numbers.length > 1 || frame.comparisons.length > 0) return;
  const others = frame.measures.filter((m) => !(m.kind === 'aggregate' && m.fn === 'COUNT' && !m.of && m.only.length === 0));
  if (others.length > 0) return;
  delete frame.clarify;
  frame.bare.splice(frame.bare.indexOf(named), 1);
  frame.measures.splice(0, frame.measures.length, { kind: 'aggregate', fn: 'AVG', of: named.operand, only: [], at: named.at });
}

/** What a group is, and whether a bound is of it or of its rows. */
export function settleGroups(scan: Scan): void {
  meanOfNamed(scan);
  dropRowIds(scan);
  inTotal(scan);
}
