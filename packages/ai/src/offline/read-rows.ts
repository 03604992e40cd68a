import { plainWord, type Scan } from './frame.ts';
import { linkAt, pickColumn, pickTable, pickValue, useLink } from './pick.ts';
import { aggregateOf } from './vocabulary.ts';

/** What may stand between the beginning and the rows that are asked for. */
const LEAD =
  /^(?:|all|every|each|the|only|just|me|us|any|my|our|i|we|you|which|what|need|want|find|see|look|looking|at|get|up|pull|bring|give|show|list|fetch|display|please|those|these|one|of|for|per|by|,|and|or|to|like|d|would|could|can|let|rows|how|many|number|count)$/;
const FIGURE = /^(?:much|total|sum|volume|amount|share|percentage|percent|fraction|ratio|rate|proportion|distinct|unique|top|most|least)$/;

/**
 * `doses where the route is oral` of med_doses with a number dose_mg: the plural is the rows that are asked for; the number is one of a row.
 */
export function readRows(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const link = linkAt(scan, at);
  const table = pickTable(link);
  if (!link || table?.table !== scan.base.name || link.end !== at + 1 || frame.measures.length > 0 || frame.top) return undefined;
  const raw = tokens[at]?.raw.toLowerCase() ?? '';
  const best = link.candidates[0];
  const number = pickColumn(link, (c) => c.kind === 'number' && c.table === scan.base.name);
  const isPlural =
    /[a-z]{2}s$/.test(raw) &&
    raw ===
      `${scan.base.name
        .split(/_|(?=[A-Z])/)
        .at(-1)
        ?.toLowerCase()}`;
  if (!isPlural || !number || best?.target.kind !== 'column' || best.target.ref !== number.ref) return undefined;
  if (number.ref.words.includes(raw) || number.ref.words.length < 2 || pickValue(link)) return undefined;
  for (let i = 0; i < at; i++) {
    const word = plainWord(scan, i);
    if (aggregateOf(word) !== undefined || FIGURE.test(word)) return undefined;
    const isPart = tokens[i]?.used !== undefined || LEAD.test(word);
    if (!isPart) return undefined;
  }
  frame.mentionsRows = true;
  useLink(scan, link, 'linked');
  return link.end;
}
