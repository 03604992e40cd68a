import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Scan } from './frame.ts';
import type { Candidate, Link } from './link.ts';

/** The link that starts at a token, unless something has explained its words already. */
export function linkAt(scan: Scan, at: number): Link | undefined {
  const link = scan.links.get(at);
  return link && scan.tokens.slice(link.start, link.end).every((t) => t.used === undefined) ? link : undefined;
}

/** Words for people, whoever they are in the schemas. */
export const PERSONS =
  /^(people|persons?|folks|guys|kids?|child|children|adults?|teens|teenagers|seniors|minors|men|women|everyone|someone|anyone|anybody|somebody|everybody|those)$/;

export interface PickedColumn {
  readonly ref: ColumnRef;
  readonly score: number;
}

const columnOf = (candidate: Candidate): ColumnRef | undefined => (candidate.target.kind === 'column' ? candidate.target.ref : undefined);

/** Best column among the readings of a link. */
export function pickColumn(link: Link | undefined, accepts: (ref: ColumnRef) => boolean = () => true): PickedColumn | undefined {
  for (const candidate of link?.candidates ?? []) {
    const ref = columnOf(candidate);
    if (ref && accepts(ref)) return { ref, score: candidate.score };
  }
  return undefined;
}

export const pickNumber = (link: Link | undefined): PickedColumn | undefined => pickColumn(link, isMeasure);

export function pickValue(link: Link | undefined): { ref: ColumnRef; value: string | number; score: number } | undefined {
  for (const { target, score } of link?.candidates ?? [])
    if (target.kind === 'value') return { ref: target.ref, value: target.value, score };
  return undefined;
}

export function pickTable(link: Link | undefined): { table: string; score: number } | undefined {
  for (const { target, score } of link?.candidates ?? []) if (target.kind === 'table') return { table: target.table, score };
  return undefined;
}

export function pickTerm(link: Link | undefined): { name: string; expression: string } | undefined {
  for (const { target } of link?.candidates ?? []) if (target.kind === 'term') return { name: target.name, expression: target.expression };
  return undefined;
}

/** Column of the base that points at rows of another relation: `customers` → `orders.customer_id`. */
export function referenceTo(scan: Scan, table: string): ColumnRef | undefined {
  if (table === scan.base.name) {
    const key = scan.base.schema.key?.[0];
    return scan.base.columns.find((c) => c.name === key) ?? scan.base.columns.find((c) => c.isId);
  }
  const edge = scan.hops.get(table)?.[0];
  return edge?.left.table === scan.base.name ? edge.left : undefined;
}

/** Marks a link as explained. */
export function useLink(scan: Scan, link: Link, as: string): void {
  for (const token of scan.tokens.slice(link.start, link.end)) token.used = as;
  scan.frame.scores.push(link.candidates[0]?.score ?? 0.5);
}
