import { isMeasure } from './column-facts.ts';
import type { Scan } from './frame.ts';
import { rowNoun } from './meaning.ts';
import { wordIn } from './pattern.ts';
import { stem } from './stem.ts';

/** Nouns of what is done: `deliveries` beside a status `delivered`. */
const DEED = /(?:ings?|ments?|ries|ry|als?|tions?)$/;
const JOINS = /^(?:and|or|vs|versus|to|than|over|minus|against|not)$/;

/**
 * `damaged deliveries` of a status `delivered|damaged`: one row has one of them, so that the noun is what the rows are. The same where
 * there is a group for each of them, `delivery minutes by status`, and where the rows are called so: `bookings` of desk_bookings, some of them `booked`.
 */
export function freeDeeds(scan: Scan): void {
  freeUnits(scan);
  const { tokens, links, base } = scan;
  const values = [...links.values()].flatMap((link) => {
    const [best] = link.candidates;
    return best?.target.kind === 'value' && best.target.ref.table === base.name && link.end === link.start + 1
      ? [{ link, value: String(best.target.value), ref: best.target.ref, word: wordIn(tokens, link.start) }]
      : [];
  });
  for (const { link, value, ref, word } of values) {
    const isJoined =
      // "a ban or a removal"
      [/^(?:an?|the)$/.test(wordIn(tokens, link.start - 1)) ? link.start - 2 : link.start - 1, link.end].some((at) =>
        JOINS.test(wordIn(tokens, at)),
      ) ||
      (wordIn(tokens, link.end) === 'per' && values.some((v) => v.link.start === link.end + 1));
    if (!DEED.test(word) || !/ed$/.test(value) || isJoined) continue;
    const isRow = [word, word.replace(/s$/, '')].includes(rowNoun(base)) && stem(word) === stem(value);
    const isOther = values.some((v) => v.ref === ref && v.value !== value && v.value === v.word);
    const isGrouped = [...links.values()].some(
      (l) =>
        l.candidates[0]?.target.kind === 'column' &&
        l.candidates[0].target.ref === ref &&
        /^(?:by|per|each|every|and|,)$/.test(wordIn(tokens, l.start - 1)),
    );
    if (isRow || isOther || isGrouped)
      links.set(link.start, { ...link, candidates: [{ target: { kind: 'table', table: base.name }, score: 0.86 }] });
  }
}

/** `damaged units`, `items counted` beside columns of these names: what there are so many of is no number of its own. */
function freeUnits({ tokens, links }: Scan): void {
  for (const link of links.values()) {
    const word = wordIn(tokens, link.start);
    const ref = link.candidates[0]?.target.kind === 'column' ? link.candidates[0].target.ref : undefined;
    if (!/^(?:units|items|pieces|articles|goods)$/.test(word) || link.end > link.start + 1 || ref?.words.includes(word)) continue;
    const beside = [...links.values()].find((l) => l.end === link.start || l.start === link.end);
    const other = beside?.candidates[0]?.target.kind === 'column' ? beside.candidates[0].target.ref : undefined;
    const token = tokens[link.start];
    if (!other || !token || other === ref || !isMeasure(other) || !/ed$/.test(other.words[0] ?? '')) continue;
    links.delete(link.start);
    token.used = 'noun';
  }
}
