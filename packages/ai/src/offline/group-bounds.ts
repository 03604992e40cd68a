import { BOUND, FIGURE, figureOf, keyPattern, NUMBER, OPENING } from './figure-words.ts';
import { doneWith, keyNamed, measuredIn, numberNamed, type ToldColumn, type ToldFacts } from './told-facts.ts';

type Step = (prompt: string, facts: ToldFacts) => string;

const AMOUNT = String.raw`${NUMBER}(?: ?[a-z%]+(?:\/[a-z]+)?)?`;
const OTHER_SIDE: Readonly<Record<string, string>> = {
  under: 'at least',
  below: 'at least',
  'less than': 'at least',
  'fewer than': 'at least',
  over: 'at most',
  above: 'at most',
  'more than': 'at most',
  'at least': 'under',
  'at most': 'over',
  'up to': 'over',
};

/** `if a shop uses less than 900 litres, I want it in the list`: such shops. */
const wanted: Step = (prompt, facts) => {
  if (!/^(?:if|when)/i.test(prompt)) return prompt;
  const found = new RegExp(
    String.raw`^(?:if|when|whenever) (?:an?|any|one|some) (${keyPattern(facts)}) (.+?),? (?:then )?(?:i|we) (?:want|need|would like|'d like) (?:it|them|that(?: one)?|to see (?:it|them))\b[\w ]*$`,
    'i',
  ).exec(prompt);
  return found ? `${found[1]}s that ${found[2]}` : prompt;
};

/** `tunnels that use over 900 litres of water a day`: the sum of what each does, against a bound. */
const doneOf: Step = (prompt, facts) => {
  if (!/\d[\d.,]*(?: ?[a-z]+)? of /i.test(prompt)) return prompt;
  const found = new RegExp(
    String.raw`^(${OPENING})(${keyPattern(facts)})\s+(?:that |which |who )?(not |do not |don't |does not |did not |never )?([a-z]+)(?: (?:in|up|out|through))? (${BOUND} )?(${NUMBER}) ?([a-z]+)? of ([a-z]+)(?! or\b)(.*)$`,
    'i',
  ).exec(prompt);
  if (!found) return prompt;
  const [, lead = '', said = '', not, verb = '', bound, number = '', unit = '', noun = '', rest = ''] = found;
  const isHeld = /^(?:with|have|has|had|having)$/i.test(verb);
  if (/^(?:than|where|whose)$/i.test(verb) || (isHeld && !/^(?:[kmgt]b|kwh|mwh)$/i.test(unit))) return prompt;
  const short = not !== undefined && /^reach|^get|^mak|^hit|^com/i.test(verb);
  if (bound === undefined && !short && !/^reach|^exceed|^top|^pass/i.test(verb)) return prompt;
  const key = keyNamed(facts, said);
  const column = key && figureOf(facts, `${unit || noun} of ${noun}`, key.table);
  if (!column) return prompt;
  const side = bound?.trim() ?? (short ? 'under' : /^reach/i.test(verb) ? 'at least' : 'over');
  return `${lead}${said} with total ${column.name} ${side} ${number} ${unit}${rest}`;
};

const MORE = 'more|less|fewer|above|over|below|under|higher|lower|longer|shorter|better|worse|faster|slower|later|earlier';
const SPAN_END = String.raw`(?=\s*(?:[,?.]|$|\b(?:in|over|per|within|during|for|on|an?|each|every|by|daily|hourly|weekly|across)\b))`;
const atLeast = (more: string): string => (/less|fewer|below|under|lower|shorter|faster|earlier/i.test(more) ? 'at most' : 'at least');

/** The number that some words name, the words around its name aside: `degrees gear temperature`. */
function namedIn(facts: ToldFacts, phrase: string): ToldColumn | undefined {
  const words = phrase
    .trim()
    .replace(/^number of /i, '')
    .split(' ');
  for (let count = Math.min(words.length, 3); count > 0; count--)
    for (let at = 0; at + count <= words.length; at++) {
      const column = numberNamed(facts, words.slice(at, at + count).join(' '));
      if (column) return column;
    }
  return words.map((w) => measuredIn(facts, w)).find((c) => c !== undefined);
}

/** `shops averaging over 4 euros in tip`, `climbers averaging grade 7 or better`: with an average of it. */
const averaging: Step = (prompt, facts) =>
  !/\baverag(?:e|es|ing)\b/i.test(prompt)
    ? prompt
    : prompt.replace(
        new RegExp(
          String.raw`\b(?:(?:that|which|who) averages?|averaging) ((?:(?!in|over|per|for)[a-z]+ ){0,3}?)(${BOUND} )?(${NUMBER})((?: [a-z%\/]+){0,3}?)(?: or (${MORE}))?((?: (?:in|of) (?:the )?(?:number of )?(?!(?:an?|each|every|one|\d)\b)[a-z]+(?: (?!(?:each|every|per|in|an?|daily|hourly|weekly|over|by|for|on)\b)[a-z]+)?)?)${SPAN_END}`,
          'i',
        ),
        (all: string, before: string, bound: string | undefined, n: string, unit: string, more: string | undefined, of: string) => {
          if (bound === undefined && more === undefined) return all;
          const column = namedIn(facts, of.replace(/^ (?:in|of) (?:the )?/i, '') || before || unit) ?? namedIn(facts, unit);
          const said = /^(?:ms|seconds?|minutes?|hours?|days?)\b/i.exec(unit.trim())?.[0] ?? '';
          return column ? `with average ${column.name} ${bound?.trim() ?? atLeast(more ?? '')} ${`${n} ${said}`.trim()}` : all;
        },
      );

/** `apps whose commands take 800 us or longer on average`: with such an average of what is done or measured so. */
const onAverage: Step = (prompt, facts) =>
  !/\don average\b|\bon average\b/i.test(prompt)
    ? prompt
    : prompt.replace(
        new RegExp(
          String.raw`\b(?:where|in which|at which|whose|that|which|who) (?:(?!is|are)[a-z]+ ){0,2}?([a-z]+)(?: for)? (${BOUND} )?(${NUMBER}|an?|one)(?: ([a-z]+))?(?: or (${MORE}))? on average\b`,
          'i',
        ),
        (all: string, verb: string, bound: string | undefined, n: string, unit: string | undefined, more: string | undefined) => {
          const column = doneWith(facts, verb) ?? measuredIn(facts, unit ?? '');
          if (!column || (bound === undefined && more === undefined)) return all;
          const amount = `${/\d/.test(n) ? n : '1'} ${unit ?? ''}`.trim();
          return `with average ${column.name} ${bound?.trim() ?? atLeast(more ?? '')} ${amount}`;
        },
      );

/** `with an average delay of 35 minutes or more`: of the group, and of no single row. */
const orMore: Step = (prompt, facts) =>
  onAverage(averaging(prompt, facts), facts).replace(
    new RegExp(
      String.raw`\b(with|having|that have|who have|where|whose)(?: an?| the| their| its)? (${FIGURE}) ([a-z][\w ]*?) (?:of|is|was|are|were|comes to) (${AMOUNT}) or (${MORE})\b`,
      'i',
    ),
    (_, having: string, figure: string, noun: string, amount: string, more: string) =>
      `${/^wh/i.test(having) ? 'with' : having} ${figure} ${numberNamed(facts, noun)?.name ?? noun} of ${atLeast(more)} ${amount}`,
  );

/** `total weight per line, leave out those under 200 tonnes`, `loads per truck, but only where there are more than 30`: a bound on the figure before it. */
const boundBehind: Step = (prompt, facts) => {
  if (!/\d/.test(prompt) || !/\b(?:per|by|each|every)\b/i.test(prompt)) return prompt;
  const left = new RegExp(
    String.raw`,?\s*(?:but |and |then )?(?:leave out|leaving out|leave off|drop(?:ping)?|hide|hiding|skip(?:ping)?|omit(?:ting)?|exclud(?:e|ing)|ignor(?:e|ing)|without|except(?: for)?|not|minus) (?:those|the ones|any(?:thing)?|all|ones|everything|groups|values|results|${keyPattern(facts)})(?: that (?:are|is|have|has)| with| which (?:are|is))? (${BOUND}) (${AMOUNT})\s*$`,
    'i',
  ).exec(prompt);
  if (left) {
    const bound = OTHER_SIDE[(left[1] ?? '').toLowerCase()];
    return bound === undefined ? prompt : bounded(prompt.slice(0, left.index), `${bound} ${left[2]}`, facts);
  }
  const dull = new RegExp(
    String.raw`\s*[,;.]\s*(?:${keyPattern(facts)}|those|ones|anything|the rest) (?:with|having|that have|who have) (${BOUND}) (${AMOUNT}) (?:do not|don't|does not|doesn't|are not|aren't|is not|can be|may be|are|is|should not|can|need not) (?:interest|matter|count|be|go|left|ignored|skipped|dropped|hidden|irrelevant|uninteresting|of no)\b.*$`,
    'i',
  ).exec(prompt);
  const beyond = dull && OTHER_SIDE[(dull[1] ?? '').toLowerCase()];
  if (dull && beyond !== undefined) return bounded(prompt.slice(0, dull.index), `${beyond} ${dull[2]}`, facts);
  const more = new RegExp(
    String.raw`,?\s*(?:but |and )?(?:only )?(${NUMBER}) (?:or|and) (more|up|above|over|fewer|less|below)(?: only| please)?\s*$`,
    'i',
  ).exec(prompt);
  if (more && /,|\bonly\b/i.test(more[0]))
    return bounded(prompt.slice(0, more.index), `${/few|less|below/i.test(more[2] ?? '') ? 'at most' : 'at least'} ${more[1]}`, facts);
  const least = new RegExp(String.raw`,\s*(minimum|min\.?|maximum|max\.?|at least|at most)(?: of| is|:)? (${AMOUNT})\s*$`, 'i').exec(
    prompt,
  );
  if (least && /\b(?:per|by|each|every)\b/i.test(prompt.slice(0, least.index)))
    return bounded(
      prompt.slice(0, least.index),
      `${/^(?:min|at least)/i.test(least[1] ?? '') ? 'at least' : 'at most'} ${least[2]}`,
      facts,
    );
  const kept = new RegExp(
    String.raw`,?\s*(?:but |and )?(?:only |just )?(?:where|if|when|as long as|provided(?: that)?|in case) (?:(?:there (?:are|were|is)|it(?: is|'s| was)|they (?:are|were)|(?:that|this|the|its|their) ?(?:${FIGURE}|figure|value|result|it)? (?:is|was|are|were|exceeds|stays)) )?(${BOUND}|exceeds) ?(${AMOUNT})(?: of (?:them|those|these))?\s*$`,
    'i',
  ).exec(prompt);
  return kept && /\b(?:per|by|each|every)\b/i.test(prompt.slice(0, kept.index))
    ? bounded(prompt.slice(0, kept.index), `${kept[1]} ${kept[2]}`, facts)
    : prompt;
};

/** `total weight per line a day` with a bound: `lines with total weight over 200 a day`. */
function bounded(figure: string, bound: string, facts: ToldFacts): string {
  const found = new RegExp(
    String.raw`^(.*?)\s+(?:per|by|for each|for every|of each|of every|in each|at each) (${keyPattern(facts)})\b(.*)$`,
    'i',
  ).exec(figure);
  if (!found) return `${figure} if ${bound}`;
  const [, what = '', key = '', rest = ''] = found;
  const counted =
    /^(?:the )?(?:number|count) of (.+)$/i.exec(what)?.[1] ?? (new RegExp(`^(?:the )?${FIGURE}\\b`, 'i').test(what) ? undefined : what);
  return counted === undefined ? `${key} with ${what} ${bound}${rest}` : `${key} with ${bound} ${counted}${rest}`;
}

/** `more than 20 loads a day: which trucks?`, `most loads per hour: which 3 trucks?`: the question behind its condition. */
const askedBehind: Step = (prompt, facts) => {
  if (!/[:,;–-]\s*(?:which|what|who)\b/i.test(prompt)) return prompt;
  const found = new RegExp(
    String.raw`^(.+?)\s*[:,;–-]\s*(?:which|what|who)(?: are)?(?: the)? ((?:\w+ )?)(${keyPattern(facts)})(?: (?:is|are|was|were) (?:it|that|they|those))?\s*\??$`,
    'i',
  ).exec(prompt);
  if (!found) return prompt;
  const [, left = '', count = '', key = ''] = found;
  if (new RegExp(`^${BOUND} ${NUMBER}`, 'i').test(left)) return `${key} with ${left}`;
  return /^(?:the )?(?:most|fewest|least|highest|lowest|largest|smallest)\b/i.test(left)
    ? `the ${count}${key} with the ${left.replace(/^the /i, '')}`
    : prompt;
};

/** `ports that did not even have 6 crossings`, `a line must have had more than 11 coils to be shown`: which groups are wanted. */
const required: Step = (prompt, facts) => {
  if (!/\bnot\b|n't\b|\b(?:must|has to|needs to|should)\b/i.test(prompt)) return prompt;
  const short = prompt.replace(
    new RegExp(
      String.raw`^(${OPENING}${keyPattern(facts)}) (?:that |which |who )?(?:do|does|did|have|has|had)(?: not|n't) (?:even )?(?:have|had|get|got|make|made|see|seen|reach|reached|manage|managed) (?:even )?(?=${NUMBER} [a-z])`,
      'i',
    ),
    '$1 with fewer than ',
  );
  return short.replace(
    new RegExp(
      String.raw`^(?:an?|each|every|any) (${keyPattern(facts)}) (?:must|has to|needs to|should) (?:have|have had|show|reach) (${BOUND} .+?) (?:in order )?to (?:be|get|appear|show up|count|qualify)\b.*$`,
      'i',
    ),
    '$1s with $2',
  );
};

/** `I expect at least 13 calls per nurse daily; which nurses miss that?`: those with fewer. */
function missed(prompt: string, facts: ToldFacts): string | undefined {
  const found = new RegExp(
    String.raw`^(.*?)\b(?:i|we) (?:expect|want|need|require|ask for) (?:to see )?(${BOUND}) (${NUMBER} .+?) (?:per|from each|from every|of each|by each|for each) (${keyPattern(facts)})\b(.*?)\s*[;,.:–-]\s*(?:which|what|who)(?: of them)?(?: ${keyPattern(facts)})? (?:miss|fail|do not|don't|does not|doesn't|are below|fall short|stay below|break|violate)\b.*$`,
    'i',
  ).exec(prompt);
  const bound = found && OTHER_SIDE[(found[2] ?? '').toLowerCase()];
  return found && bound !== undefined
    ? `${found[4]} with ${bound === 'under' ? 'fewer than' : bound} ${found[3]}${found[5]} ${found[1]}`.trim()
    : undefined;
}

/** `the average wait is below 30 seconds hourly at which plazas?`: plazas with such an average. */
const atWhich: Step = (prompt, facts) =>
  missed(prompt, facts) ??
  (!/ (?:which|what) /i.test(prompt)
    ? prompt
    : prompt.replace(
        new RegExp(
          String.raw`^(?:the )?(${FIGURE} [\w ]+?) (?:is|was|are|were|stays|lies) (${BOUND} .+?),? (?:at|in|for|on|of|with|by) (?:which|what) (${keyPattern(facts)})\s*\??$`,
          'i',
        ),
        '$3 with $1 $2',
      ));

/** `dams letting out a total of at least 2000 m3s`: the sum of what is measured so. */
const totalOf: Step = (prompt, facts) =>
  prompt.replace(
    new RegExp(String.raw`\b(?:an? |the )?(?:total|sum|combined total)(?: amount)? of (${BOUND}) (${NUMBER}) ?([a-z0-9]+)\b(?! of)`, 'i'),
    (said: string, bound: string, number: string, unit: string) => {
      const key = prompt
        .split(/\W+/)
        .map((w) => keyNamed(facts, w))
        .find((k) => k !== undefined);
      const column = measuredIn(facts, unit, key?.table);
      const name = column && (/\d/.test(column.name) ? column.words.filter((w) => w.length > 2 && !/\d/.test(w)).join(' ') : column.name);
      return name === undefined || name === '' ? said : `with total ${name} ${bound} ${number}`;
    },
  );

/** `fall below a mean do_mgl of 6`, `over two hours of total exposure`: the figure, then its bound. */
const figureBehind: Step = (prompt) =>
  prompt
    .replace(
      new RegExp(
        String.raw`\b(?:that |which |who )?(?:fall|drop|dip|sink|stay|go|rise|get|come|climb|are|have|run|be)s? (${BOUND}) an? (${FIGURE}) ([\w ]+?) of (${AMOUNT})`,
        'i',
      ),
      'with $2 $3 $1 $4',
    )
    .replace(
      new RegExp(
        String.raw`\b(?:with |having |have |has )?(${BOUND}) (\S+(?: \S+)?) of (total|average|mean|combined|cumulative|summed) ([a-z]+)\b`,
        'i',
      ),
      (said: string, bound: string, amount: string, figure: string, noun: string) =>
        /^(?:\d|an?\b|one|two|three|four|five|six|eight|ten|twelve|half)/i.test(amount)
          ? `with ${/^(?:average|mean)$/i.test(figure) ? 'average' : 'total'} ${noun} ${bound} ${amount}`
          : said,
    );

const STEPS: readonly Step[] = [totalOf, figureBehind, wanted, required, atWhich, doneOf, orMore, boundBehind, askedBehind];

/** Bounds on what a group adds up to, said where they are read. */
export const groupBounds: Step = (prompt, facts) => STEPS.reduce((said, step) => step(said, facts), prompt);
