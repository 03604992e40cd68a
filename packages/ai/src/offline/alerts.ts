import type { NlToSqlResult } from '@velostream/core/protocol/assist';
import { conditionSql } from '../ir/print-ir.ts';
import type { QueryIR } from '../ir/query-ir.ts';
import { quoteName } from '../ir/quote.ts';
import type { Names } from './assemble.ts';
import { isMeasure } from './column-facts.ts';
import type { FrameValue, Measure, Operand, Scan } from './frame.ts';
import { operandName } from './name-measure.ts';
import type { Settled } from './settle.ts';

/** Words of more than there should be, which no number goes with. */
const OPEN =
  /\b(?:too (?:many|much|few|little|often|high|low|long|slow)|unusual(?:ly)?|abnormal(?:ly)?|(?:than|above|below|from) (?:usual|normal|average|expected|before)|lots? of|many|spikes?|surges?|explodes?|doubles?|piles? up|pil(?:es|ing) up|out of (?:hand|control))\b/i;

/** An alert without a number: at what value it shall fire. */
export function askThreshold(scan: Scan): NlToSqlResult | undefined {
  const { frame } = scan;
  // "when a pump is broken" is told of its rows; "when the number of broken pumps is unusual" of a figure, from some value on.
  const isOpen = OPEN.test(scan.input) && frame.rowFunctions.length === 0 && !scan.tokens.some((t) => t.t === 'number');
  const isOfRows = frame.filters.length > 0 && frame.measures.length === 0 && !isOpen;
  if (!frame.alert || isOfRows || frame.comparisons.some((c) => c.isAlert)) return undefined;
  const subject = frame.measures[0] ?? undefined;
  const bare = frame.bare.find((b) => b.operand.kind !== 'column' || isMeasure(b.operand.ref))?.operand;
  const name =
    subject?.kind === 'aggregate' && subject.of?.kind === 'column'
      ? subject.of.ref.name
      : bare?.kind === 'column'
        ? bare.ref.name
        : undefined;
  const known = name === undefined ? undefined : scan.base.columns.find((c) => c.name === name)?.schema;
  return {
    kind: 'clarify',
    question: `At what value shall the alert fire${name === undefined ? '' : ` for ${name}`}?`,
    options: thresholds(known?.values).map((n) => ({ label: `above ${n}`, prompt: `${scan.input.trim()} above ${n}` })),
    confidence: 0.4,
  };
}

const thresholds = (values: readonly (string | number)[] | undefined): number[] => {
  const numbers = (values ?? []).filter((v) => typeof v === 'number');
  return numbers.length > 0 ? numbers.slice(0, 4) : [10, 100, 1000, 10_000];
};

/** The condition of an alert, over what the query gives. */
export function alertsOf(scan: Scan, settled: Settled, names: Names, aliasOf: (m: Measure) => string): QueryIR['alerts'] {
  const { frame } = scan;
  const severity = frame.alert?.severity;
  const parts = (
    settled.alerts as readonly { measure?: Measure; operand?: Operand; operator: 'BETWEEN' | '>'; values: readonly FrameValue[] }[]
  ).map((a) =>
    conditionSql({
      left: a.measure ? aliasOf(a.measure) : outputName(a.operand as Operand),
      operator: a.operator,
      values: a.values.map((v) => names.value(v)),
    }),
  );
  if (parts.length === 0) return [];
  return [{ condition: parts.join(' AND '), ...(severity === undefined ? {} : { severity }) }];
}

const outputName = (operand: Operand): string => (operand.kind === 'column' ? quoteName(operand.ref.name) : operandName(operand));
