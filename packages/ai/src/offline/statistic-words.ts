import { FIGURE, keyPattern } from './figure-words.ts';
import type { ToldFacts } from './told-facts.ts';

type Step = (prompt: string, facts: ToldFacts) => string;

const QUARTILES: Readonly<Record<string, number>> = { lower: 25, first: 25, bottom: 25, upper: 75, third: 75, top: 75 };

/** `the 95 percent quantile`, `0.9 quantile`, `upper quartile`: a percentile. */
const quantiles: Step = (prompt) =>
  prompt
    .replace(
      /\b(\d{1,2})(?:st|nd|rd|th)?[ -]?(?:%|percent)?\s*(?:,|and|&)\s*(?:the )?(\d{1,2})(?:st|nd|rd|th)?[ -]?(?:%|percent)?[ -]?(?:quantile|percentile|centile)s?\b/gi,
      (_, low: string, high: string) => `p${low.padStart(2, '0')} and p${high.padStart(2, '0')}`,
    )
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)?[ -]?(?:%|percent|per cent|pct)?[ -]?(?:quantile|percentile|centile|percent point)\b/gi, 'p$1')
    .replace(/\b0?\.(\d\d?)[ -]?quantile\b/gi, (_, digits: string) => `p${digits.padEnd(2, '0')}`)
    .replace(/\b(lower|upper|first|third|bottom|top) quartile\b/gi, (_, which: string) => `p${QUARTILES[which.toLowerCase()]}`)
    .replace(/\b([a-z]+(?: [a-z]+)?) at (?:the )?p(\d\d?)\b/gi, 'p$2 of $1');

/** `middle value of the dose`, `record high`, `all-time low`. */
const otherNames: Step = (prompt) =>
  prompt
    .replace(/\b(?:middle|central|half-?way) value of\b/gi, 'median of')
    .replace(/\b(?:most expensive|dearest|priciest) (?=(?:price|cost|fee|fare|rate|amount)s?\b)/gi, 'highest ')
    .replace(/\b[a-z]+ \((?:the )?(median|mean|average|stddev|standard deviation|variance|sum|maximum|minimum)\) of\b/gi, '$1 of')
    .replace(/\b(?:record|all[- ]time) (high|low)\b/gi, (_, side: string) => (/high/i.test(side) ? 'highest' : 'lowest'))
    .replace(
      /\b(?:typical|usual|normal|(?:variability|variation|spread|scatter) (?:of|in)) (?:the )?([a-z][\w ]*?) \((median|mean|average|stddev|standard deviation|variance)\)/gi,
      (_, noun: string, figure: string) => (/^(?:median|mean|average)$/i.test(figure) ? `${figure} ${noun}` : `${figure} of ${noun}`),
    );

/** `the sum over all calm checks of honey`: the sum of honey of them. */
const figureOver: Step = (prompt) =>
  prompt.replace(
    new RegExp(
      String.raw`\b(${FIGURE}) (?:over|across|taken over) (?:all )?(?:the )?([a-z][\w ]*?) of (?:the )?([a-z]\w*(?: [a-z]+)?)(?=,| per | by | grouped | for each | for every |$)`,
      'i',
    ),
    '$1 of $3 of $2',
  );

/** `two figures per pit every hour: how many runs and the total diesel`: these, per pit. */
const severalFigures: Step = (prompt) =>
  prompt.replace(
    /^(?:.*?\b)?(?:two|three|four|several|\d) (?:figures|numbers|values|columns|things|measures|statistics|stats|results) (.+?): (.+?)[.?!\s]*$/i,
    '$2 $1',
  );

/** `portions against canteen`: one for each. */
const againstKey: Step = (prompt, facts) =>
  !/against|plotted|broken/i.test(prompt)
    ? prompt
    : prompt.replace(
        new RegExp(String.raw`\b(?:against|plotted by|broken out by) (?:the )?(${keyPattern(facts)})\b(?! (?:of|in|at|for) )`, 'gi'),
        'per $1',
      );

const STEPS: readonly Step[] = [quantiles, otherNames, figureOver, severalFigures, againstKey];

/** Statistics by their other names. */
export const statisticWords: Step = (prompt, facts) => STEPS.reduce((said, step) => step(said, facts), prompt);
