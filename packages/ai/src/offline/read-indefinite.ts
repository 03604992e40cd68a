import { dimensionOf } from './dimensions.ts';
import type { Scan } from './frame.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, useLink } from './pick.ts';

/** `the average price of any symbol`, in an alert also `latency of a service`: one group for each of them. */
export function readIndefinite(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const isSession = frame.window?.kind === 'session';
  const lead =
    matchAt(tokens, at, 'of|in|at|on|for|from|by|within|per any|a|an|one|some|single|individual') ??
    (isSession ? matchAt(tokens, at, 'when|if|once|of|for? a|an|each|every|any') : undefined);
  if (!lead) return undefined;
  const isAny = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && t.word === 'any');
  // "alert when spo2 of a patient falls below 88" compares each row; only what is aggregated has groups.
  const isAggregated = frame.measures.length > 0 || frame.comparisons.some((c) => c.subject.kind === 'measure');
  // Rows that belong together are those of one thing: "a truck's pickups with pauses of".
  if (!isSession && (!isAggregated || !(isAny || frame.alert))) return undefined;
  const link = linkAt(scan, lead.end);
  const dimension = dimensionOf(scan, lead.end);
  if (!link || !dimension || dimension.ref.kind !== 'text' || link.candidates[0]?.target.kind === 'value') return undefined;
  use(tokens, lead, 'by');
  useLink(scan, link, 'dimension');
  if (!frame.dimensions.some((d) => d.ref === dimension.ref)) frame.dimensions.push({ kind: 'column', ref: dimension.ref, at });
  return link.end;
}
