import { dimensionOf } from './dimensions.ts';
import { columnOperand, type Scan, wordAt } from './frame.ts';
import { adjectiveColumn } from './meaning.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickNumber, pickTable, useLink } from './pick.ts';

/** `hottest sensors`, `slowest endpoints`: a ranking of things by the measure that the adjective names. */
export function readAdjective(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(
    tokens,
    at,
    'the? most? hottest|warmest|slowest|fastest|quickest|longest|heaviest|priciest|coldest|coolest|shortest|lightest|cheapest|loudest|expensive',
  );
  if (!lead || frame.top) return undefined;
  const word = wordAt(scan, lead.end - 1);
  const dimension = dimensionOf(scan, lead.end);
  const link = linkAt(scan, lead.end);
  const number = pickNumber(link);
  const table = pickTable(link);
  if (!link || !(dimension || table) || (number && number.score > (dimension?.score ?? 0))) return undefined;
  const column = adjectiveColumn(scan.base, word);
  if (table?.table === scan.base.name && column && /^(by|per|for|in|of|on|at|from|each|every)$/.test(wordAt(scan, link.end))) {
    use(tokens, lead, 'aggregate');
    useLink(scan, link, 'table');
    const low = /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest)$/.test(word);
    frame.measures.push({ kind: 'aggregate', fn: low ? 'MIN' : 'MAX', of: columnOperand(column), only: [], at });
    return link.end;
  }
  const many = /[^su]s$/.test(tokens[link.end - 1]?.raw ?? '');
  use(tokens, lead, 'top');
  frame.top = {
    count: many ? 10 : 1,
    isAssumed: many,
    ofRows: false,
    adjective: word,
    at: lead.end,
    direction: /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest)$/.test(word) ? 'ASC' : 'DESC',
  };
  return lead.end;
}
