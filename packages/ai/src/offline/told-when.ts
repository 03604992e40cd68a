import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { linkFrom } from './link.ts';
import { splitName, stem } from './stem.ts';
import { tokenise } from './token.ts';
import { measuredIn, toldFacts } from './told-facts.ts';
import { isStopWord } from './vocabulary.ts';

const WHEN = `(?:when(?:ever)?|if|once|as soon as|the (?:moment|instant|minute|second)|(?:every|each|any) ?time|in (?:any )?case|in the event(?: that)?|should it happen that|provided(?: that)?|while|in the case that|unless)`;
const BOUND =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred|thousand|twice|once|half)\b/i;
/** Words of being told, whoever tells whom. */
const CALL =
  /\b(?:alert(?:s|ed)?|notif(?:y|ies|ied|ication)|warn(?:s|ed|ing)?|inform(?:s|ed)?|tell|told|page[ds]?|ping(?:ed)?|phone[ds]?|ring|rung|sms|e-?mail(?:ed)?|mail(?:ed)?|wake|woken|text(?:ed)?|message[ds]?|call(?:ed)?|buzz(?:er)?|shout|know|line|heads[- ]?up|sign|signal|sound|siren|bell|horn|raise|flag(?:ged)?|remind(?:ed)?|contact(?:ed)?|beep|escalate[ds]?|light|lamp|blink|flash|trigger(?:ed)?|summon(?:ed)?|fetch|hears?|alarm(?:ed)?|push|miss|attention|posted|whistle|reason|reported|unnoticed|unseen|announced|escalated|noise|radio(?:ed)?|whatsapp|slack)\b/i;
/** Sentences that begin so ask for something to be seen. */
const ASKS =
  /^\s*(?:(?:please|now|ok(?:ay)?|can you|could you|i (?:want|need|would like)(?: to (?:see|have|get))?|give me|let me see)\s+)*(?:show|list|count|how (?:many|much|often)|what|which|find|select|display|plot|get (?:all|every)|average|mean|total|sum|number|share|percentage|top|highest|lowest|only|just|keep|the (?:average|mean|total|sum|number|count|share))\b/i;
const FIGURED = /\b(?:average|mean|total|sum|number of|count of|share|percentage|rate|volume|per (?:hour|day|minute|week)|hourly|daily)\b/i;

/** Where somebody is told, and of what. */
interface Told {
  /** Whether a word says when, as in "if", rather than a colon or an arrow. */
  readonly isWhen: boolean;
  readonly call: string;
  readonly condition: string;
}

const PREDICATE =
  /^(.*?\d.*?)\s+((?:is|are|must|should|has to|have to|needs? to|ought to|calls? for|deserves?|triggers?|means?|may (?:not )?go)\s+(?:be\s+|an?\s+)?(?:reason|cause|case|ground|reported|flagged|announced|signalled|escalated|told|raised|brought|alarm|alert|call|unnoticed|unseen)\b.*)$/i;
const WATCHED =
  /^(?:please\s+)?(?:watch(?: out for)?|keep (?:an|one) eye on|look out for|monitor|observe|mind|track)\s+(.+?),?\s+(?:and|then)\s+((?:let|tell|warn|alert|notify|inform|call|page|ping|text|wake|shout)\b[\w' ]*?)(?:\s+(?:if it (?:is|goes|gets)\s+)?((?:above|over|below|under|beyond|past|at|from)\s+[\d$€£].*))?$/i;

const parted = (prompt: string): readonly Told[] => {
  const text = prompt.trim().replace(/[.!]+$/, '');
  const out: Told[] = [];
  const add = (call = '', condition = '', isWhen = true): void => {
    if (call.trim() !== '' && condition.trim() !== '') out.push({ call: call.trim(), condition: condition.trim(), isWhen });
  };
  const leading = new RegExp(String.raw`^(?:please |and |also )?${WHEN}\s+(.+),\s*(?:then |please |and )?([^,]+)$`, 'i').exec(text);
  if (leading) add(leading[2], leading[1]);
  const inverted = /^should\s+(?!i\b|we\b|you\b)(.+),\s*([^,]+)$/i.exec(text);
  if (inverted) add(inverted[2], inverted[1]);
  const watched = WATCHED.exec(text);
  if (watched) add(watched[2], watched[3] === undefined ? `there are ${watched[1]}` : `${watched[1]} is ${watched[3]}`);
  const predicate = PREDICATE.exec(text);
  if (predicate && !leading) add(predicate[2], predicate[1]?.replace(/^no /i, 'a '), false);
  const unparted = new RegExp(
    String.raw`^${WHEN}\s+(.+?)\s+(?:then\s+)?((?:i|we|somebody|someone|everybody|please|the [\w ]{3,20}?) (?:need|want|wish|must|should|has to|have to|would like|has got to|shall)\b.*|(?:notify|tell|alert|warn|inform|page|ping|call|text|message|wake|email|let|give|send|drop) (?:me|us|the|my|our|an?)\b.*|let [\w' ]{2,30}? know\b.*)$`,
    'i',
  ).exec(text);
  if (!leading && unparted) add(unparted[2], unparted[1]);
  const trailing = new RegExp(
    String.raw`^(.+?),?\s+(?:for when|of when|(?<=\b(?:know|hear|told|informed)\s)about|${WHEN})\s+(.+)$`,
    'i',
  ).exec(text);
  if (out.length === 0 && !unparted && trailing) add(trailing[1], trailing[2]);
  const colon = /^([^:]+):\s*(.+)$/.exec(text);
  if (out.length === 0 && !unparted && colon) {
    add(colon[1], colon[2], false);
    add(colon[2], colon[1], false);
  }
  const arrow = /^(.+?)\s*(?:->|=>|→|⇒|–|—)\s*(?:then )?(.+)$/.exec(text);
  if (out.length === 0 && arrow) add(arrow[2], arrow[1], false);
  return out;
};

/** Whether a clause tells somebody, rather than asks for rows or figures. */
function isCall({ call, condition, isWhen }: Told, lexicon: Lexicon): boolean {
  if (
    call.split(/\s+/).length > 12 ||
    (ASKS.test(call) && !/^\s*keep (?:me|us)\b/i.test(call)) ||
    BOUND.test(call.replace(/\bonce\b/i, '')) ||
    FIGURED.test(call)
  )
    return false;
  const words = (call.toLowerCase().match(/[a-z][\w'-]*/g) ?? []).filter((w) => !isStopWord(w));
  const isOwn = (w: string): boolean => lexicon.words.has(stem(w));
  const said = CALL.exec(call)?.[0];
  if (!BOUND.test(condition)) return false;
  if (said === undefined) return isWhen && words.length > 0 && !words.some(isOwn) && call.split(/\s+/).length > 1;
  return words.length === 0 || words.some((w) => !isOwn(w)) || /\b(?:me|us|the|my|our|him|her|them)\b/i.test(call);
}

/** Whether a word or two name what rows can be grouped by. */
function isKey(said: string, lexicon: Lexicon, tables: readonly string[]): boolean {
  const tokens = tokenise(said);
  return tables.some((table) =>
    linkFrom(tokens, lexicon, table).links.some(
      (l) =>
        l.start === 0 &&
        l.end === tokens.length &&
        l.candidates.some(({ target }) => target.kind === 'column' && (target.ref.kind === 'text' || target.ref.isId || target.ref.isCode)),
    ),
  );
}

const ONE = '(?:an?|any|one|each|every|some|the same|any one|a single|a given)';
const MORE = '(?:more than|over|above|fewer than|less than|at least|under|below|up to|no more than|not more than)';
const SPAN = String.raw`(?:\d+|an?|one|two|three|four|five|six|ten|twelve|fifteen|twenty|thirty|half an?|a quarter of an)[\s-]?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|half[- ]hours?)`;

const FIGURE =
  /\b(?:average|avg|mean|total|sum|number|count|max(?:imum)?|min(?:imum)?|median|highest|lowest|largest|longest|smallest|shortest|biggest|p\d\d)\b/i;

/** Whether what is bounded are rows: a plural that names no number. */
function isCountable(said: string, lexicon: Lexicon, tables: readonly string[]): boolean {
  if (FIGURE.test(said) || !/^(?:the )?(?:[\w-]+ ){0,2}?[a-z-]+s\b/i.test(said)) return false;
  const tokens = tokenise(said);
  const kinds = tables.flatMap((table) =>
    linkFrom(tokens, lexicon, table).links.flatMap((l) =>
      l.candidates
        .slice(0, 1)
        .map(({ target }) => (target.kind === 'column' ? (target.ref.kind === 'number' ? 'number' : 'thing') : target.kind)),
    ),
  );
  return !kinds.includes('number') && (kinds.includes('value') || kinds.includes('table'));
}

const GATHERS =
  /^(?:collect|gather|accumulate|amass|receive|get|take|use|consume|burn|need|draw|swallow|eat|drink|produce|make|earn|bring|lose|spend|waste|pay|ship|sell|deliver|pump|send|pass|move|handle|process|give|return|win|cost|charge|bill|catch|harvest|load|unload|generate|emit|discharge|download|upload)s$/i;

/** `a worker collects 100 litres or more in a day`, `a dealer pays out over 500 euros within an hour`: the verb or the unit tells what adds up. */
function addedUp(said: string, lexicon: Lexicon, tables: readonly string[], schemas: NlToSqlRequest['schemas']): string {
  const found = new RegExp(
    String.raw`^${ONE} ((?:[\w-]+ ){1,3}?)([a-z]+s)((?: (?:up|in|on|off|out|away|back))?) (?:(${MORE}|exactly) )?([$€£]?)([\d.,]+k?) ?([a-z%$€£/0-9]+)?( or (?:more|less|fewer))?(?: of ([a-z]+))? (?=(?:in|within|over|during|per) ${SPAN}|per )`,
    'i',
  ).exec(said);
  if (!found) return said;
  const [whole, who = '', verb = '', particle = '', bound, , number = '', unit = '', more, noun] = found;
  if ((bound === undefined) === (more === undefined) || !isKey(who.trim(), lexicon, tables)) return said;
  const fit = tables
    .flatMap((t) => lexicon.table(t)?.columns ?? [])
    .filter((c) => c.kind === 'number' && !c.isId && !c.isCode && !c.words.some((w) => /^(?:rate|pct|percent|level|temp|speed)$/.test(w)));
  const deed = stem(verb.toLowerCase());
  const done = fit.filter((c) =>
    c.words.some((w) => stem(w) === deed || (deed.length > 3 && w.startsWith(deed)) || w === `${deed}${particle.trim()}`),
  );
  const named = noun === undefined ? [] : fit.filter((c) => c.words.some((w) => stem(w) === stem(noun)));
  const counted =
    unit === '' || !GATHERS.test(verb) ? [] : fit.filter((c) => c.words.length === 1 && stem(c.name) === stem(unit.toLowerCase()));
  const inUnit = unit === '' || !GATHERS.test(verb) ? [] : tables.map((t) => measuredIn(toldFacts(schemas), unit.toLowerCase(), t)?.name);
  const measured = fit.filter((c) => inUnit.includes(c.name) || (inUnit.length > 0 && c.words.at(-1) === unit.toLowerCase()));
  // "sends 900 packets" of bytes_sent and packets: what is named counts more than the verb, unless that is all of a name.
  const deeds = counted.length > 0 ? done.filter((c) => c.words.length === 1) : done;
  const [column, other] = [named, deeds, counted, measured].find((list) => list.length > 0) ?? [];
  if (!column || other) return said;
  const way = bound ?? (/more/.test(more ?? '') ? 'at least' : 'at most');
  return said.replace(whole, `total ${column.name} per ${who.trim()} is ${way} ${number} `);
}

/** The condition as it is said most plainly: a figure, per what, the bound, the span. */
function plainCondition(condition: string, lexicon: Lexicon, tables: readonly string[], schemas: NlToSqlRequest['schemas']): string {
  let said = condition.replace(/^(?:it (?:happens|turns out) that|it is so that)\s+/i, '');
  // "in two hours a furnace counts more than": the span stands behind.
  said = said.replace(new RegExp(String.raw`^(?:for|in|within|during|over|throughout)\s+(${SPAN}),?\s+(.+)$`, 'i'), '$2 in $1');
  said = said.replace(/^(?:we|i|you|they) (?:see|get|have|count|receive|find|notice)\s+/i, 'there are ');
  // "a belt is slower than": of what it is, which no name is.
  said = said.replace(
    /\b(?:is|are|gets?|becomes?|turns?|runs?|goes|moves?) ((?!more|less|fewer|higher|lower|greater|bigger|smaller|longer|larger|later|older|other)[a-z]{3,}er than(?= [\d.]+))/gi,
    '$1',
  );
  // The verb of a bound says which way it goes.
  said = said.replace(
    /\b(?:falls? short of|(?:dips?|sinks?|drops?|falls?|go(?:es)?|gets?|stays?|remains?|slips?|slides?) (?:below|under|beneath))(?= [\d$€£])/gi,
    'is below',
  );
  said = said.replace(
    /\b(?:(?:go(?:es)?|gets?|climbs?|rises?|shoots?|jumps?|moves?|passes|stays?|remains?|runs?|creeps?) (?:past|above|over|beyond)|surpass(?:es)?|pass(?:es)?|tops?|cross(?:es)?|exceed|breaks|outgrows|overshoots|is past)(?= [\d$€£])/gi,
    'is above',
  );
  const rows = new Set(tables.map((t) => stem(splitName(t).at(-1) ?? t)));
  // "gets over 5000 downloads": rows are counted.
  said = said.replace(/\b(?:is|are) (above|below)( [\d.,]+) ([a-z][\w-]*)/gi, (all: string, way: string, number: string, noun: string) =>
    rows.has(stem(noun)) ? `has ${way === 'above' ? 'more' : 'fewer'} than${number} ${noun}` : all,
  );
  said = said.replace(
    /^(.+?) (?:is|are) (above|below)( [\d.,]+)(?=$| (?:in|within|over|during|per)\b)/i,
    (all: string, what: string, way: string, number: string) =>
      isCountable(what, lexicon, tables) ? `there are ${way === 'above' ? 'more' : 'fewer'} than${number} ${what}` : all,
  );
  said = said.replace(
    /,?\s+(?:shows? up|comes? (?:in|up|along)|arrives?|turns? up|appears?|occurs?|happens?|is (?:seen|reported|recorded|measured))$/i,
    '',
  );
  said = addedUp(said, lexicon, tables, schemas);
  const isFigure = FIGURE.test(said);
  const isCounted = new RegExp(`${MORE} (?:\\d|two|three|four|five|six|ten)`, 'i').test(said);
  // "the fee of a session": of every row; "the scans of a hive": of every hive.
  said = said.replace(
    new RegExp(
      String.raw`\b(?:(?:happen|occur|come(?: in)?|arrive|fall|land|turn up)s?\s+)?(?:of|in|at|from|for|on|by|inside|across|with) ${ONE} ((?:[\w-]+ ?){1,3})`,
      'gi',
    ),
    (all: string, rest: string) => {
      const words = rest.trim().split(' ');
      for (let n = words.length; n > 0; n--) {
        const name = words.slice(0, n).join(' ');
        const behind = words.slice(n).join(' ');
        const tail = `${behind === '' ? '' : ` ${behind}`}${rest.endsWith(' ') ? ' ' : ''}`;
        if (n === 1 && rows.has(stem(name)) && /^of/i.test(all)) return tail.trimStart();
        // "readings with a code": those that have one.
        if (isCounted && /^with an? /i.test(all)) return all;
        const isGrouped = /^of\b/i.test(all) ? isFigure : isFigure || isCounted;
        if (isGrouped && isKey(name, lexicon, tables)) return `per ${name}${tail}`;
      }
      return all;
    },
  );
  // "a hive adds up to more than 12 mites", "a stylist sends less than 3 visits": the verb says no more than "has".
  said = said.replace(
    new RegExp(String.raw`\badds? up to (${MORE} [$€£]?[\d.,]+\S*(?: \w+)?) of ([\w ]+?)(?= (?:in|within|over|during|per|for)\b|$)`, 'i'),
    'has a total $2 $1',
  );
  said = said.replace(
    new RegExp(String.raw`\baverages? (${MORE} [$€£]?[\d.,]+\S*(?: \w+)?) of ([\w ]+?)(?= (?:in|within|over|during|per|for)\b|$)`, 'i'),
    'has an average $2 $1',
  );
  said = said.replace(
    new RegExp(
      String.raw`^(${ONE} (?:[\w-]+ ){1,3}?)([a-z]+s)(?: up| in| on| off| together)? (?=${MORE} [$€£]?(?:\d|two|three|four|five|ten)[^,]*?(?= (?:in|within|during|per|over)\b|$))`,
      'i',
    ),
    (all: string, who: string, verb: string, at: number) => {
      // What is burnt or earned adds up: the verb tells of it. Rows are only counted.
      const counted = said.slice(at + all.length).match(/[a-z][\w-]*/gi) ?? [];
      if (!counted.some((w) => rows.has(stem(w)))) return all;
      const name = who.replace(new RegExp(`^${ONE} `, 'i'), '').trim();
      return /^(?:has|is|averages|exceeds|was|totals)$/i.test(verb) || lexicon.words.has(stem(verb)) || !isKey(name, lexicon, tables)
        ? all
        : `${who}has `;
    },
  );
  return said.replace(/ +/g, ' ').trim();
}

const DENIED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:no|not) (?:more|higher|greater|longer) than\b|\bat most\b|\bup to\b/i, 'more than'],
  [/\b(?:no|not) (?:less|fewer|lower) than\b|\bat least\b|\b(?:reach(?:es)?|makes?) (?=[\d$€£])/i, 'less than '],
  [/\bis above\b|\bis (?:more|higher|greater) than\b/i, 'is at most'],
  [/\bis below\b|\bis (?:less|fewer|lower) than\b/i, 'is at least'],
  [/\bmore than\b|\bover\b|\babove\b|\bexceeds?\b/i, 'at most'],
  [/\b(?:less|fewer) than\b|\bunder\b|\bbelow\b/i, 'at least'],
];

/** `unless at least five trucks arrive`: of what is told when it is not so. */
function denied(condition: string): string {
  const found = DENIED.find(([bound]) => bound.test(condition));
  return found ? condition.replace(found[0], found[1]).replace(/ +/g, ' ') : condition;
}

const ASKED =
  /^\s*(?:(?:would|could|can|will) you (?:kindly |please |mind )?|be so (?:kind|good) as to |why don['’]?t (?:you|we) |you (?:should|must|need to|have to|had better) |i (?:want|need|would like|['’]d like) you to |i['’]d like you to |let us |let['’]?s |kindly |do me a favou?r and )+(?=[a-z])/i;

/** `flag only those over an hour`: what is to be seen. */
const PICKED = /^\s*(?:please )?(?:flag|highlight|mark|report|(?:single|pick|point) out) (?=(?:only|just|those|all)\b)/i;

/** The wish itself, without the words that ask for it. */
export const wish = (prompt: string): string =>
  prompt
    .replace(ASKED, '')
    .replace(PICKED, '')
    .replace(/,\s*(?:will|would|can|could) you(?: please)?\s*[?.!]*$/i, '');

/** `if the fuel drops below 5, call the skipper`, `light the lamp while …`: an alert, whatever is done when it fires. */
export function whenTold(prompt: string, schemas: NlToSqlRequest['schemas']): string {
  if (prompt.length > 300 || /[?]|[a-z]\. [a-z]/i.test(prompt) || Object.keys(schemas).length === 0) return prompt;
  const lexicon = lexiconOf(schemas);
  const found = parted(prompt).find((t) => isCall(t, lexicon));
  const isDenied = /\bunless\b/i.test(prompt);
  if (!found) return prompt;
  const tables = Object.keys(schemas).filter((name) => schemas[name]?.kind !== 'table');
  const verb = /\bpage\b|\bcritical\b/i.test(found.call) ? 'page me when' : 'alert me when';
  const condition = plainCondition(found.condition, lexicon, tables, schemas);
  return `${verb} ${isDenied ? denied(condition) : condition}`;
}
