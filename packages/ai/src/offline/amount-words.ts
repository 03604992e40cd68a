import { only } from './only.ts';
import { splitName, stem } from './stem.ts';

/** How units are said, and what names of columns that are measured so end in. */
const UNITS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bkilomet(?:er|re)s\b/i, /^km$/],
  [/\b(?:kilos|kilograms?)\b/i, /^kg$/],
  [/\b(?:tonnes|tons)\b/i, /^t$/],
  [/\blit(?:er|re)s\b/i, /^l$/],
  [/\bcubic met(?:er|re)s\b/i, /^m3$/],
  [/\bkilowatt hours\b/i, /^kwh$/],
];
const MONEY = /^(?:eur|usd|gbp|chf|euros?|dollars?)$/;
const NO_INCOME =
  /^(?:tip|tax|discount|balance|goal|budget|limit|target|fine|refund|deposit|rent|salary|wage|unit|rate|hourly|max|min|avg|old|list|expected|estimated)$/;
const EARNS = '(?:earn(?:s|ed)?|ma(?:kes?|de)|t(?:akes?|ook) in|br(?:ings?|ought) in|raise[sd]?|gross(?:es|ed)?|collect(?:s|ed)?)';
const BOUND = '(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to)';
const AMOUNT = String.raw`\d[\d.,]*\s*(?:k\b)?`;

/** The one column that holds what rows bring in. */
function income(columns: readonly string[]): string | undefined {
  const money = columns.filter((c) => {
    const words = splitName(c);
    return words.some((w) => MONEY.test(w)) && !words.some((w) => NO_INCOME.test(w));
  });
  return only([...new Set(money)]);
}

/** `takings`, `money`, `shops that take in less than 800 euros`: of the one column that holds what rows bring in. */
function moneyWords(prompt: string, columns: readonly string[]): string {
  const column = income(columns);
  const isNamed =
    columns.some((c) => splitName(c).some((w) => /^(?:rev|revenue|turnover|sales|income|takings)$/.test(w))) ||
    /\b(?:cost|price|fee|pa(?:y|id)|spen[dt])/i.test(prompt);
  if (column === undefined || isNamed) return prompt;
  return prompt
    .replace(
      /^(?:so )?(?:what|how much) (?:do|does|did) (?:the |all |our )?(.+?) (?:bring in|earn|take in|make|yield|gross|raise)(?: us| for us)?(?=\s*(?:,|\?|$)| (?:per|each|every|an?|in|by|daily|hourly|weekly)\b)/i,
      `total ${column} of $1`,
    )
    .replace(
      new RegExp(String.raw`\b(?:that |who |which )?(?:${EARNS}) (${BOUND}) (${AMOUNT})\s*(?:euros?|eur|dollars?|usd|\$|€)?`, 'i'),
      `with total ${column} $1 $2 `,
    )
    .replace(
      new RegExp(String.raw`\b(?:that |who |which )?${EARNS} the (most|least)(?: money)?\b(?! \w+s\b)`, 'i'),
      (_, how: string) => `with the ${how === 'most' ? 'highest' : 'lowest'} total ${column}`,
    )
    .replace(
      /\b(?:the )?(?:total )?(?<!\bof )(?:takings|proceeds|money(?: earned| taken| made)?|revenues?|turnover)\b(?! (?:that|which|is|was))/i,
      `total ${column}`,
    )
    .replace(/ +/g, ' ');
}

/** `kilometres driven by every unit`: so much of the one column that is measured so. */
function unitWords(prompt: string, columns: readonly string[]): string {
  for (const [said, ending] of UNITS) {
    const found = said.exec(prompt);
    if (!found || columns.some((c) => splitName(c).some((w) => stem(w) === stem(found[0])))) continue;
    const before = prompt.slice(0, found.index);
    // "5 kilometres", "per litre", "average tonnes" and "litres of water" say something else.
    if (
      /(?:\d|\b(?:per|an?|one|each|every|average|mean|median|max\w*|min\w*|highest|lowest|over|than|in|of|by|total|sum of))\s*$/i.test(
        before,
      )
    )
      continue;
    if (/^\s*(?:of|per|an? |over)\b/i.test(prompt.slice(found.index + found[0].length))) continue;
    const end = (name: string): boolean =>
      ending.test(splitName(name.replace(/m3$/i, '_m')).at(-1) ?? '') || (ending.source === '^m3$' && /m3$/i.test(name));
    const column = only([...new Set(columns.filter(end))]);
    if (column === undefined || splitName(column).length < 2) continue;
    const rest = prompt
      .slice(found.index + found[0].length)
      .replace(/^\s+(?!need)[a-z]+(?:ed|en|wn|lt|nt|ld)\b(?=\s+(?:by|per|for|in|on|at|each|every|from)\b)/i, '');
    return `${before.replace(/\bhow many $/i, '')}total ${column}${rest}`;
  }
  return prompt;
}

/** Amounts that are told by their unit alone, with the name of the column that they are of. */
export function amountWords(prompt: string, names: string): string {
  const columns = names.split(/\s+/).filter(Boolean);
  return unitWords(moneyWords(prompt, columns), columns);
}
