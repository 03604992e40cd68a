import type { Span } from '../../diagnostics/span.ts';

export type ClauseName = 'WHERE' | 'GROUP BY' | 'WINDOW' | 'HAVING' | 'ORDER BY' | 'LIMIT' | 'EMIT' | 'INTO' | 'WITH';

export interface ClausePlace {
  readonly clause: ClauseName;
  readonly span: Span;
}

/** What clause order has to say about a query; `before` is the clause that should have come later. */
export type OrderFinding =
  | { readonly kind: 'repeated'; readonly place: ClausePlace }
  | { readonly kind: 'wrong' | 'unusual' | 'group-after-window'; readonly place: ClausePlace; readonly before: ClauseName };

const RANK: Record<ClauseName, number> = {
  WHERE: 0,
  'GROUP BY': 1,
  WINDOW: 2,
  HAVING: 3,
  'ORDER BY': 4,
  LIMIT: 5,
  EMIT: 6,
  INTO: 7,
  WITH: 8,
};
/** Clauses of one block may swap places in lenient mode. */
const BLOCK: Record<ClauseName, number> = {
  WHERE: 0,
  'GROUP BY': 1,
  WINDOW: 1,
  HAVING: 1,
  'ORDER BY': 2,
  LIMIT: 3,
  EMIT: 4,
  INTO: 4,
  WITH: 4,
};

/**
 * Compares clauses with the canonical order (§3.2). A plain SELECT keeps the order of blocks, in strict mode of every clause; inside CREATE the
 * clauses after WHERE may stand in any order. The three trailing clauses (EMIT, INTO, WITH) swap freely in lenient mode.
 */
export function checkClauseOrder(places: readonly ClausePlace[], strict: boolean, inCreate: boolean): OrderFinding[] {
  const findings: OrderFinding[] = [];
  const seen = new Set<ClauseName>();
  let latest: ClauseName | undefined;
  for (const place of places) {
    const { clause } = place;
    if (seen.has(clause)) {
      findings.push({ kind: 'repeated', place });
      continue;
    }
    seen.add(clause);
    if (latest === undefined || RANK[clause] > RANK[latest]) {
      latest = clause;
      continue;
    }
    const kind = judge(clause, latest, strict, inCreate);
    if (kind !== 'fine') findings.push({ kind, place, before: latest });
  }
  return findings;
}

function judge(
  clause: ClauseName,
  latest: ClauseName,
  strict: boolean,
  inCreate: boolean,
): 'wrong' | 'unusual' | 'group-after-window' | 'fine' {
  if (clause === 'WHERE') return 'wrong';
  const trailing = BLOCK[clause] === 4;
  if (inCreate) return trailing ? 'fine' : 'unusual';
  if (strict) return clause === 'GROUP BY' && latest === 'WINDOW' ? 'group-after-window' : 'wrong';
  if (trailing) return 'fine';
  return BLOCK[clause] < BLOCK[latest] ? 'wrong' : 'unusual';
}
