import { columnOperand, type Scan } from './frame.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn } from './pick.ts';
import { isKnownWord } from './vocabulary.ts';

const FREE_TEXT =
  /^(memo|note|notes|comment|comments|message|msg|description|desc|text|title|body|subject|content|log|url|path|keyword|keywords|query|reason|review|feedback|name|email|address|tags?|summary|remark|remarks)$/;

/** `"refund" in the memo`, `crypto in the notes`: a text that another contains. */
export function readInside(scan: Scan, at: number): number | undefined {
  const token = scan.tokens[at];
  if (token?.used !== undefined || (token?.t !== 'text' && !(token?.t === 'word' && !linkAt(scan, at) && !isKnownWord(token.word))))
    return undefined;
  const it = token.t === 'text' && matchAt(scan.tokens, at + 1, 'in it|them|there');
  const subject = it ? scan.frame.bare.findLast((b) => b.operand.kind === 'column' && b.operand.ref.kind === 'text')?.operand : undefined;
  if (it && token.t === 'text' && subject) {
    scan.frame.filters.push({ any: [{ left: subject, operator: 'LIKE', values: [`%${token.value.replaceAll('%', '')}%`] }] });
    use(scan.tokens, { start: at, end: it.end }, 'filter');
    return it.end;
  }
  const lead = matchAt(scan.tokens, at + 1, 'somewhere|anywhere|mentioned|written? in|inside|within the|its|their|a?');
  const column =
    lead &&
    pickColumn(
      linkAt(scan, lead.end),
      (c) => c.kind === 'text' && !c.isId && !c.schema.values?.length && c.words.some((w) => FREE_TEXT.test(w)),
    );
  if (!lead || !column) return undefined;
  const end = scan.links.get(lead.end)?.end ?? lead.end + 1;
  const text = token.t === 'text' ? token.value : token.raw;
  scan.frame.filters.push({ any: [{ left: columnOperand(column.ref), operator: 'LIKE', values: [`%${text.replaceAll('%', '')}%`] }] });
  use(scan.tokens, { start: at, end }, 'filter');
  scan.frame.scores.push(0.92);
  return end;
}
