import { keyPattern } from './figure-words.ts';
import { stem } from './stem.ts';
import { numberNamed, type ToldFacts } from './told-facts.ts';

type Step = (prompt: string, facts: ToldFacts) => string;

/** `four-hourly sum of replies`: every so many hours. */
const hourlyTimes: Step = (prompt) => {
  const found = /\b(\d+|two|three|four|six|eight|twelve)[- ](hour|minute|week|dai)ly\b\s*/i.exec(prompt);
  if (!found) return prompt;
  const rest = `${prompt.slice(0, found.index)}${prompt.slice(found.index + found[0].length)}`.replace(/[,?.\s]+$/, '');
  return `${rest} every ${found[1]} ${found[2]?.replace(/^dai$/i, 'day')}s`;
};

/** `max minus min of the level`, `noise peak of every blower`, `price x quantity`. */
const figureNames: Step = (prompt, facts) =>
  prompt
    .replace(/\b(?:max|maximum|highest) (?:minus|less) (?:the )?(?:min|minimum|lowest) (?=(?:of|in|for) )/i, 'range ')
    .replace(/\b([a-z]+) peaks? (?=(?:of|per|for|by|at|in|on) )/i, (all: string, noun: string) =>
      numberNamed(facts, noun) ? `peak ${noun} ` : all,
    )
    .replace(/\b([a-z_]+) x ([a-z_]+)\b/i, (all: string, a: string, b: string) =>
      numberNamed(facts, a) && numberNamed(facts, b) ? `${a} times ${b}` : all,
    )
    .replace(/\b(?:income|takings|earnings|turnover|proceeds)\b/i, (all: string) => {
      const worth = new Set(facts.columns.filter((c) => c.isNumber && /^(?:revenue|rev)$/.test(c.words[0] ?? '')).map((c) => c.name));
      return worth.size === 1 && !facts.known.has(stem(all)) ? [...worth].join() : all;
    });

/** `how many likes did the different authors get`, `how many orders does a restaurant get`: each of them, and the sum is no other. */
const ofEach: Step = (prompt, facts) => {
  if (!/\b(?:how (?:many|much)|what)\b/i.test(prompt)) return prompt;
  const key = keyPattern(facts);
  const several = prompt.replace(
    new RegExp(String.raw`\b(do|did|have|are|were) the (?:different|various|individual|single|separate) (${key})\b`, 'i'),
    '$1 each $2',
  );
  const said = /\b(?:average|typical|usual|normal|ever)/i.test(several)
    ? several
    : several.replace(
        new RegExp(String.raw`(?<=\bhow (?:many|much) [a-z ]+ )(does|did) (?:an?|one|any) (${key})(?= [a-z]{2,}\b)`, 'i'),
        '$1 each $2',
      );
  const whole = /\b(?:each|every|per)\b/i.test(said)
    ? said.replace(/,? (?:in all|all in all|all told|altogether)(?=\s*[?.]*$)/i, '')
    : said;
  // "how many different customers order in an hour": what they do is the row itself.
  return whole.replace(
    new RegExp(
      String.raw`\b((?:how many|number of) (?:different|distinct|unique) ${key}) ([a-z]+[^s\W])(?= (?:in|per|each|every|daily|hourly)\b)`,
      'i',
    ),
    (all: string, lead: string, verb: string) => (facts.rows.has(stem(verb)) ? lead : all),
  );
};

const COUNT = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten)';
/** Numbers that nobody wants to be high. */
const BAD =
  /\b(?:delays?|late\w*|wait\w*|latency|errors?|fail\w*|loss\w*|faults?|complaints?|costs?|damages?|defects?|crash\w*|noise|response|duration|handling|resolution|scrap\w*|burnt|missed|particles?|contamina\w*|returns?|returned|refund\w*|cancel\w*|reject\w*|rework|downtime|outages?|incidents?|accidents?|injur\w*|violations?|no[- _]?shows?|absen\w*|churn\w*|bounce\w*|overdue|debts?|leak\w*|spill\w*|waste\w*|lost|dropped|breach\w*|retries|timeouts?|alarms?|strikes?|penalt\w*|bugs?)\b/i;

/** `the three worst carriers by mean delay`, `have the worst average points`: high is worse of what is bad, low of what is not. */
const worstBy: Step = (prompt) =>
  prompt
    .replace(
      new RegExp(String.raw`\b(?:(${COUNT}) (worst|best)|(worst|best)(?: (${COUNT}))?) ([a-z]+) (?=by ([\w ]+))`, 'i'),
      (
        all: string,
        n: string | undefined,
        side: string | undefined,
        last: string | undefined,
        m: string | undefined,
        noun: string,
        by: string,
      ) => {
        const count = n ?? m ?? (/s$/.test(noun) ? '10' : '1');
        return BAD.test(by) ? `${(side ?? last)?.toLowerCase() === 'worst' ? 'top' : 'bottom'} ${count} ${noun} ` : all;
      },
    )
    .replace(
      /\b(with|have|has|had|having) the (worst|best) (?=((?:average|mean|total|median) [a-z]+))/i,
      (_, lead: string, side: string, what: string) =>
        `${lead} the ${(side.toLowerCase() === 'worst') === BAD.test(what) ? 'highest' : 'lowest'} `,
    );

const STEPS: readonly Step[] = [hourlyTimes, figureNames, ofEach, worstBy];

/** What figures, spans and groups are called when nobody calls them by their names. */
export const figureNouns: Step = (prompt, facts) => STEPS.reduce((said, step) => step(said, facts), prompt);
