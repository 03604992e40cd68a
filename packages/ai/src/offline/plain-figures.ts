import { stem } from './stem.ts';
import { doneWith, keyNamed, measuredIn, moneyOf, numberNamed, type ToldColumn, type ToldFacts } from './told-facts.ts';

const NOW = '(?:most recently|last|latest|now|right now|at present|presently|at the moment|currently|so far last)';
const INCIDENT =
  /^(?:injur|complaint|fault|trip|error|defect|breakout|damag|breakdown|incident|failur|fail|violat|alarm|broken|problem|remark|comment|note|review|excus|penalt|mistak|leak|crash|bug|symptom|accident|diseas|illness|infection|diagnos|reject|refus|warning|coupon|voucher)/;

/** `which step is every candidate at now`, `what did each oven bake last (dough)`: the last value of one column for each of another. */
export function lastWords(prompt: string, facts: ToldFacts): string {
  const text = prompt.replace(/[?.!\s]+$/, '');
  const did = new RegExp(
    String.raw`^(?:which|what|who)\s+(?<x>.*?)\s*\b(?:(?:did|does|has|have|had|is|was|were|are|do)\s+)?(?:each|every)\s+(?<k>\w+)\b(?<verb>[\w ]*?)\s*\b${NOW}\s*(?:\(\s*(?:the )?(?<inside>[\w ]+)\))?$`,
    'i',
  ).exec(text)?.groups;
  if (did) {
    const key = keyNamed(facts, did['k'] ?? '');
    const said = did['inside'] ?? did['x'] ?? '';
    const verb = stem((did['x'] ?? '').split(' ')[0] ?? '');
    const column =
      key &&
      ((said === '' ? keyNamed(facts, did['verb'] ?? '', key.table) : textOrNumber(facts, said, key.table)) ??
        facts.columns.find((c) => c.table === key.table && c.stems[0] === verb && verb !== ''));
    if (key && column && column !== key) return `latest ${column.name} per ${key.name}`;
  }
  if (facts.known.has('current') || facts.known.has('present')) return prompt;
  const now = new RegExp(
    String.raw`^(?:what (?:is|are) |how (?:many|much) )?(?:the )?(?:(?:present|current|latest)\s+)?(?<x>[\w ]+?)(?:\s+(?:is|are))?(?:\s+${NOW})?\s+(?:in|at|of|per|for|by|on)\s+(?:each|every)?\s*(?<k>\w+)(?:\s+${NOW})?$`,
    'i',
  ).exec(text)?.groups;
  if (!now || !/\b(?:present|now|presently|at present|at the moment|currently)\b/i.test(text)) return prompt;
  const key = keyNamed(facts, now['k'] ?? '');
  const column = key && textOrNumber(facts, (now['x'] ?? '').replace(/^(?:present|current)\s+/i, ''), key.table);
  return key && column && column !== key ? `latest ${column.name} per ${key.name}` : prompt;
}

const textOrNumber = (facts: ToldFacts, phrase: string, table: string): ToldColumn | undefined =>
  keyNamed(facts, phrase, table) ?? numberNamed(facts, phrase, table);

const GROUPED =
  /\b(?:per|by|each|every|an?|\d+ [a-z]+ windows?|[a-z]+ly|within|during|(?:in|last|past) (?:the )?\d+|over (?:the|\d{1,2}) |most|more|fewer|less|number|total|average|share|compared|than|sorted|split|grouped)\b/i;

/** `complaints per courier`: rows that have one. A text is only written where something went wrong. */
export function incidentWords(prompt: string, facts: ToldFacts): string {
  if (/\b(?:different|distinct|unique|(?:kinds?|types?|sorts?) of|common|frequent|list|show|without|no|most often)\b/i.test(prompt))
    return prompt;
  for (const column of facts.columns) {
    if (!column.isText || column.hasValues || !column.words.some((w) => INCIDENT.test(w))) continue;
    if (facts.columns.filter((c) => c.name === column.name).length > 1 || facts.values.has(column.stems.join(' '))) continue;
    // "coupons" of coupon_text
    const carried = column.words.length > 1 && /^(?:text|note|code|comment|report|message|remark)$/.test(column.words.at(-1) ?? '');
    const bare = column.words.slice(0, -1);
    const isBare =
      carried &&
      !new RegExp(String.raw`\b${column.words.join('[ _]')}`, 'i').test(prompt) &&
      !facts.columns.some((c) => c !== column && c.stems.includes(stem(bare.join('_'))));
    const words = isBare ? bare : column.words;
    const parts = words.map((w, i) => (i < words.length - 1 ? `${w}[ _]` : w.replace(/y$/, '(?:ies|ys)').replace(/([^)])$/, '$1e?s')));
    const found = new RegExp(
      String.raw`(?<before>\b(?:(?:the )?(?:number|count|total) of|how many|total)\s+)?(?<![\w.])${parts.join('')}\b(?:\s+(?:counted|reported|noted|recorded|(?:are|were) there))?`,
      'i',
    ).exec(prompt);
    if (!found) continue;
    const before = prompt.slice(0, found.index);
    const after = prompt.slice(found.index + found[0].length);
    // "top 3 error classes", "5 worst errors" are ranked themselves.
    if (
      /\b(?:top|bottom|first|worst|best) (?:\d+|three|five|ten)\s*$/i.test(before) ||
      /^(?:class|type|kind)$/.test(column.words.at(-1) ?? '')
    )
      continue;
    if (/\b(?:by|per|each|about|of|where|the last|latest)\s*$/i.test(before) && found.groups?.['before'] === undefined) continue;
    if (/^\s+(?:is|are|was|contain|mention|like|that|=)/i.test(after)) continue;
    const start = before.trim() === '' || found.groups?.['before'] !== undefined;
    const more = /^\s+or (?:more|fewer|less)\b/i.exec(after)?.[0] ?? '';
    // "alarms on insured boats" are rows; "alarms on boats per day" are counted.
    const isListed =
      found.groups?.['before'] === undefined && /^ (?:on|of|from|at|with|without|in|for) [a-z]/i.test(after) && !GROUPED.test(after);
    return `${before}${start && !isListed ? 'number of ' : ''}rows${more} where ${column.name} is not null${after.slice(more.length)}`;
  }
  return prompt;
}

/** `how many different cars (plates) does each tunnel wash`: what is counted is a column, and what each does with it says nothing more. */
export function distinctWords(prompt: string, facts: ToldFacts): string {
  const found =
    /^(?<how>(?:how many|number of|count of|count) (?:different|distinct|unique|individual|separate) )(?<x>\w+(?: \w+)??)(?:\s*\((?<inside>\w+)\))?\s+(?:(?:does|do|did|has|have|had|is|are|was|were)\s+(?:each|every|an?|one)\s+(?<k>\w+)\s+\w+(?:\s+(?=in|per|by|each|every|a)\b)?|(?<verb>[a-z]+(?:ed|en))\s+(?:at|in|by|on|with|to|from)\s+(?:each|every)\s+(?<k2>\w+))/i.exec(
      prompt,
    );
  const groups = found?.groups;
  const key = keyNamed(facts, groups?.['k'] ?? groups?.['k2'] ?? '');
  if (!found || !groups || !key) return prompt;
  const said = groups['inside'] ?? groups['x'] ?? '';
  const ids = facts.columns.filter(
    (c) => c.table === key.table && c.isText && /(?:Id|_id)$/.test(c.name) && !facts.rows.has(c.stems[0] ?? ''),
  );
  const column = keyNamed(facts, said, key.table) ?? (ids.length === 1 && !facts.known.has(stem(said)) ? ids[0] : undefined);
  const what = column?.name ?? (groups['inside'] === undefined ? said : undefined);
  if (what === undefined) return prompt;
  return `${groups['how'] ?? ''}${what} per ${key.name} ${prompt.slice(found[0].length).trim()}`.trim();
}

/** `total exposure seconds`, `average trip minutes`: of the one number of these rows that is measured so. */
export const unitOfRows = (prompt: string, facts: ToldFacts): string =>
  prompt.replace(
    /\b(total|sum of|summed|average|mean|median|max(?:imum)?|min(?:imum)?|longest|shortest) ([a-z]+) (seconds|minutes|hours|kilos|litres|liters|kilometres|tonnes|euros|dollars)\b/gi,
    (all: string, how: string, noun: string, unit: string) => {
      const table = facts.rows.get(stem(noun));
      const isName = facts.columns.some((c) => c.isNumber && c.stems.includes(stem(noun)));
      const column = table !== undefined && !isName ? measuredIn(facts, unit, table) : undefined;
      return column ? `${how} ${column.name}` : all;
    },
  );

const WISH =
  /^(?:(?:please )?(?:i(?:['’]d| would) (?:like|love)|i (?:want|need)|can (?:i|we) (?:see|have|get)|let me see|show|give|get)(?: to (?:see|know|have|get))?(?: me| us)?,? )(?:the |all |our )?/i;

/** `xg added up per club`, `run time by works, summed`: a sum. */
export function summedWords(prompt: string, facts: ToldFacts): string {
  const found =
    /,?\s*(?<!\bthe )\b(?:added (?:up|together)|summed(?: up)?|totalled)\b(?! (?:over|across|for) the (?:last|latest|previous))/i.exec(
      prompt,
    );
  if (!found || /\b(?:last|latest|recent|previous|more|less|least|most)\b/i.test(prompt)) return prompt;
  const rest = `${prompt.slice(0, found.index)}${prompt.slice(found.index + found[0].length)}`;
  const inside = /^[\w ]+(?:\(([\w ]+)\)|: (?:the )?([\w ]+)(?=,))/.exec(rest);
  const column = inside && numberNamed(facts, inside[1] ?? inside[2] ?? '');
  const named = inside && column ? `${column.name}${rest.slice(inside[0].length)}` : rest;
  return /^(?:the )?(?:total|sum|average|mean)\b/i.test(named) ? named : `total ${named.replace(WISH, '')}`;
}

/** What verbs of trade are of, where no name of a number holds them. */
const TRADES = /^(?:spend|spent|pay|paid|earn|gross|donat|rais|collect|invest)/i;
const SPAN = /^(?:seconds?|minutes?|mins?|hours?)$/i;
/** The one number of these rows that is a time. */
const timeOf = (facts: ToldFacts, table: string): ToldColumn | undefined => {
  const times = facts.columns.filter((c) => c.isNumber && c.table === table && /^(?:s|sec|seconds|min|mins|minutes|h|hours)$/.test(c.unit));
  return times.length === 1 ? times[0] : undefined;
};

/** Of rows that have this key: those that are meant by it first, then the only others that fit. */
function inTables(
  facts: ToldFacts,
  key: ToldColumn,
  fits: (table: string) => ToldColumn | string | false | undefined,
): ToldColumn | undefined {
  const tables = [key.table, ...facts.columns.flatMap((c) => (c.name === key.name && c.table !== key.table ? [c.table] : []))];
  const found = tables.map(fits).filter((c): c is ToldColumn => typeof c === 'object');
  return found[0];
}

const LESS = /\b(?:or (?:less|fewer|below|under)|at most|up to|no more than)\b/i;
const BOUND = '(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to|no more than)';
const PLAIN_VERB =
  /^(?:be|is|are|was|were|hav\w*|has|had|with|contain\w*|reach\w*|exceed\w*|see\w*|get\w*|got|last\w*|cost\w*|weigh\w*|than|above|below|under|over|of|in|at|by|to|per|for|from|every|each|and|or|on|least|most|last|within|during|the|past|where|between|top|bottom|first|next|previous)$/i;

/** `bakers burning 15 loaves or more in one day`, `dishes that leave 5000 g or more`: the sum of what they do, against a bound. */
export function doneWords(prompt: string, facts: ToldFacts): string {
  const found = new RegExp(
    String.raw`^(?<lead>(?:(?:show|list|give me|find|which)\s+)?(?:[\w' ]+? (?:if|when|whenever|once|as soon as) (?:an?|any|one|the)\s+)?)(?<k>\w+)\s+(?:that |which |who )?(?<verb>[a-z]+)(?: in(?<=(?:bring|take|took)\w* in)| up| out)?(?: for)?\s+(?<bound>${BOUND} )?(?<n>\d[\d.,]*)\s*(?<unit>[a-z]\w*(?:\/\w+)?)?(?<more>\s+or (?:more|less|fewer|above|below))?(?<sum>\s*(?:,\s*)?summed up)?(?<mean>\s+on average)?(?<rest>\s*,?\s*(?:in [a-z]+s )?(?:(?:in|over|per|within|a|an|each|every|for|during|on average)\b.*)?)$`,
    'i',
  ).exec(prompt);
  const g = found?.groups;
  if (!g || PLAIN_VERB.test(g['verb'] ?? '') || (g['bound'] === undefined && g['more'] === undefined)) return prompt;
  const key = keyNamed(facts, g['k'] ?? '');
  // "trips that used more than 5 kWh": each row has one number of that kind.
  if (!key || facts.rows.get(stem(g['k'] ?? '')) === key.table) return prompt;
  const verb = g['verb'] ?? '';
  const isMean = g['mean'] !== undefined || /\baverag/i.test(verb) || /\bon average\b/i.test(g['rest'] ?? '');
  const unit = g['unit'] ?? '';
  if (/^times$/i.test(unit)) return prompt;
  const column =
    inTables(facts, key, (table) => doneWith(facts, verb, table) ?? measuredIn(facts, unit, table)) ??
    inTables(facts, key, (table) =>
      SPAN.test(unit)
        ? g['rest'] && timeOf(facts, table)
        : TRADES.test(verb) && (unit === '' || /^(?:euro|dollar|pound)/i.test(unit)) && moneyOf(facts, table),
    );
  if (!column) return prompt;
  const isOther = SPAN.test(unit) && measuredIn(facts, unit, column.table) !== column;
  const bound = g['bound']?.trim() ?? (LESS.test(g['more'] ?? '') ? 'at most' : 'at least');
  const rest = (g['rest'] ?? '')
    .replace(/\bon average\b,?/i, '')
    .replace(/^\s*,/, '')
    .replace(/^\s*over (?=\w+ (?:minute|hour|day|week)s?$)/i, 'per ')
    .replace(/(?<=\b(?:day|week|hour|minute)s?) [a-z]+ing$/i, '')
    .trim();
  return `${g['lead'] ?? ''}${g['k'] ?? ''} ${/\b(?:if|when|whenever|once|soon as)\b/i.test(g['lead'] ?? '') ? 'has' : 'with'} ${isMean ? 'average' : 'total'} ${column.name} ${bound} ${(g['n'] ?? '').replace(/(?<=\d),(?=\d{3})/g, '')}${isOther || /^[kmg]b$/i.test(unit) ? ` ${unit}` : ''} ${rest}`.trim();
}

const AMOUNT = /^(?:g|kg|t|l|ml|m3|km|kwh|mwh|grams|litres)$/;

/** `three ovens burning the fewest loaves a week`, `the 5 dishes with the most leftovers`: ranked by a sum. */
export function mostWords(prompt: string, facts: ToldFacts): string {
  const found =
    /^(?<lead>.*?\b(?<k>\w+))\s+(?:that |which |who )?(?<verb>[a-z]+)\s+(?:the )?(?<how>most|least|fewest)(?: (?!(?:in|over|per|within|an?|each|every|for|month|week|day)\b)(?<noun>[a-z]+))?(?<rest>\s*,?\s*(?:(?:in|over|per|within|a|an|each|every|for|month|week|day)\b.*)?)$/i.exec(
      prompt,
    );
  const g = found?.groups;
  const key = keyNamed(facts, g?.['k'] ?? '');
  if (!g || !key) return prompt;
  const noun = g['noun'] ?? '';
  if (facts.rows.has(stem(noun))) return prompt;
  const isWith = /^(?:with|had|have|has)$/i.test(g['verb'] ?? '');
  const column = isWith
    ? facts.columns.find(
        (c) => c.isNumber && c.table === key.table && AMOUNT.test(c.unit) && c.stems[0] === stem(noun) && noun.endsWith('s'),
      )
    : PLAIN_VERB.test(g['verb'] ?? '')
      ? undefined
      : (doneWith(facts, g['verb'] ?? '', key.table) ??
        (noun === '' && (TRADES.test(g['verb'] ?? '') || /^sell/i.test(g['verb'] ?? ''))
          ? inTables(facts, key, (table) => moneyOf(facts, table))
          : undefined));
  if (!column) return prompt;
  return `${g['lead'] ?? ''} with the ${/most/i.test(g['how'] ?? '') ? 'highest' : 'lowest'} total ${column.name}${g['rest'] ?? ''}`;
}
