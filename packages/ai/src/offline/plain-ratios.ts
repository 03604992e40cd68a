import { inPercent } from './share-words.ts';
import { keyNamed, measuredIn, numberNamed, type ToldFacts } from './told-facts.ts';

const SUM = '(?:(?:the )?(?:total|sum of|sum) |all (?:the )?)';

/** The number column that is called so or measured so, money too. */
function amountNamed(facts: ToldFacts, phrase: string): string | undefined {
  const said = phrase.trim().replace(/^(?:the|all) /i, '');
  const money = /^(?:money|income|revenue|takings)$/i.test(said);
  const earned = { ...facts, columns: facts.columns.filter((c) => !/discount|tip|tax|refund|deposit/i.test(c.name)) };
  const isMoney = /^(?:money |amount )?(?:given|paid|spent|donated|earned|taken|charged|raised)$/i.test(said);
  const found = isMoney
    ? (measuredIn(earned, 'euro') ?? measuredIn(earned, 'dollar') ?? numberNamed(earned, 'amount') ?? numberNamed(earned, 'cost'))
    : money
      ? (measuredIn(earned, 'euro') ?? measuredIn(earned, 'dollar') ?? measuredIn(earned, 'pound'))
      : (numberNamed(facts, said) ?? measuredIn(facts, said));
  return found?.name;
}

/** `dollars per guest in each room and week: all money by all guests`: what is said last is the quotient, what was said first its groups. */
export function quotientWords(asked: string, facts: ToldFacts): string {
  // "divide what was spent by the number of clicks"
  const prompt = asked.replace(
    /\bdivid(?:e|ing) (?:up )?((?:the |all )?[\w -]+?) by (?=[a-z])/i,
    (_, above: string) => `${above.replace(/^(?:what|all that) (?:was|is|they|we|people) /i, 'total ')} divided by `,
  );
  const found = new RegExp(
    String.raw`^(?<name>.+?)\s*(?::|\?|\(|,)\s*${SUM}(?<a>[\w ]+?) (?:divided by|by|over|\/) (?<whole>${SUM}|(?:the number of )?(?:distinct|different) )(?<b>[\w ]+?)(?<tail> (?:per|by|for|in|of|on|at) (?:each |every )?[\w ]+?)?\)?[.?]?$`,
    'i',
  ).exec(prompt);
  const g = found?.groups;
  if (!g) return prompt;
  const isDistinct = /\b(?:distinct|different)\b/i.test(g['whole'] ?? '');
  const above = amountNamed(facts, g['a'] ?? '') ?? (/^amounts?$/i.test(g['a'] ?? '') ? amountNamed(facts, 'euro') : undefined);
  const below = isDistinct ? keyNamed(facts, g['b'] ?? '')?.name : amountNamed(facts, g['b'] ?? '');
  if (above === undefined || below === undefined || above === below) return prompt;
  // "grams per hour, for every printer": the first is the quotient's own.
  const name = `${g['name'] ?? ''}${g['tail'] ?? ''}`.replace(/^[\w ]+? per (\w+)/i, (said: string, word: string) =>
    amountNamed(facts, word) === below || keyNamed(facts, word)?.name === below ? '' : said,
  );
  const group = [
    ...name.matchAll(/\b(?:(?:per|by|for|in|of|and) (?:(?:each|every|an?|one) )?|(?:each|every) )([a-z]+)\b/gi),
    ...name.matchAll(/\b([a-z]+) by \1\b/gi),
  ]
    .map((m) => (m[1] as string).toLowerCase())
    .filter(
      (word) => /^(?:minute|hour|day|week)$/.test(word) || (keyNamed(facts, word) !== undefined && keyNamed(facts, word)?.name !== below),
    );
  const time = /\b(?:hourly|daily|weekly)\b/i.exec(name)?.[0];
  const groups = [...new Set(group)].map((word) => `per ${keyNamed(facts, word)?.name ?? word}`);
  return [`total ${above} divided by ${isDistinct ? 'distinct' : 'total'} ${below}`, ...groups, time ?? '', inPercent(g['name'] ?? '')]
    .filter(Boolean)
    .join(' ');
}
