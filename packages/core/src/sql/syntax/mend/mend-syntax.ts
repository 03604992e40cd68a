import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { parseStatements } from '../parse-statements.ts';
import { scan } from '../scan.ts';
import { applied, type Mend, type Proposal } from './mend.ts';
import { proposeOrder } from './propose-order.ts';
import { proposeLacking, proposeOtherSigns, proposeQuotes, proposeSigns } from './propose-signs.ts';
import { proposeLess, proposeWords } from './propose-words.ts';

/** Longer texts are parsed too slowly to try so many changes. */
const LENGTH_MAX = 20_000;
/** Mistakes that one text may have. */
const MISTAKES_MAX = 3;
const MENDS_MAX = 12;
/** Characters that are parsed in trying, in all: about a second. A query of ordinary length comes nowhere near. */
const PARSED_MAX = 1_500_000;

/** How many characters may still be parsed. */
interface Budget {
  left: number;
}

/**
 * Changes with which a text parses that does not, likeliest first: words that are misspelt or missing, commas, parentheses and quotes, signs
 * of other languages, clauses in the wrong order. Every one has been parsed. Empty where the text parses, or none is found.
 *
 * @example mendSyntax('SELEC a FROM t')[0] // { sql: 'SELECT a FROM t', changes: ['write SELECT instead of SELEC'] }
 */
export function mendSyntax(sql: string): readonly Mend[] {
  return sql.length > LENGTH_MAX ? [] : mends(sql, MISTAKES_MAX, { left: PARSED_MAX });
}

function mends(sql: string, mistakes: number, budget: Budget): Mend[] {
  if (mistakes === 0) return [];
  const fault = firstFault(sql);
  if (!fault) return [];
  const tried = proposalsFor(sql, fault).flatMap((proposal) => {
    const text = applied(sql, proposal.edits);
    budget.left -= text.length;
    return budget.left < 0 ? [] : [{ proposal, text, fault: firstFault(text) }];
  });
  const whole = tried.filter((one) => !one.fault);
  if (whole.length > 0) return whole.slice(0, MENDS_MAX).map(({ text, proposal }) => ({ sql: text, changes: [proposal.title] }));
  // Another mistake follows: the change that lets most of the rest be read comes first.
  const further = tried
    .map((one) => ({ ...one, left: one.text.length - (one.fault?.start ?? 0) }))
    .filter(({ left }) => left < sql.length - fault.end)
    .toSorted((a, b) => a.left - b.left || a.proposal.cost - b.proposal.cost)
    .slice(0, 2);
  return further.flatMap(({ text, proposal }) =>
    mends(text, mistakes - 1, budget).map((mend) => ({ sql: mend.sql, changes: [proposal.title, ...mend.changes] })),
  );
}

/** What is never closed swallows the rest: other faults follow from it. */
function firstFault(sql: string): Diagnostic | undefined {
  const faults = parseStatements(sql).diagnostics.filter((d) => d.severity === 'error');
  return faults.find((d) => d.reason === 'unterminated') ?? faults[0];
}

/** What may be meant, each text once, likeliest first. */
function proposalsFor(sql: string, fault: Diagnostic): Proposal[] {
  const { tokens } = scan(sql);
  const found = tokens.findIndex((token) => token.endOffset >= fault.start);
  const at = found < 0 ? tokens.length : found;
  const expected = /^expected (.*), found /.exec(fault.message)?.[1];
  const all = [
    ...(fault.reason === 'unterminated' ? proposeQuotes(sql, fault.start) : []),
    ...(fault.reason === 'clause-order' || fault.reason === 'group-after-window' ? proposeOrder(sql, tokens, at) : []),
    ...proposeLacking(tokens, Math.max(0, at - 1), fault.reason),
    ...proposeOtherSigns(sql, fault.start),
    ...proposeWords(tokens, at, expected),
    ...proposeSigns(tokens, at),
    ...proposeLess(tokens, at),
  ];
  const seen = new Set<string>();
  return all
    .toSorted((a, b) => a.cost - b.cost)
    .filter(({ edits }) => {
      const text = applied(sql, edits);
      const isNew = !seen.has(text) && text !== sql;
      seen.add(text);
      return isNew;
    });
}
