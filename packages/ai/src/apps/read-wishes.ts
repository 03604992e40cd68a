import { singular } from '../offline/lexicon.ts';

/** A limit that was told: `over 15 minutes`, `below 95 %`. */
export interface Bound {
  readonly operator: '>' | '>=' | '<' | '<=';
  readonly value: number;
  readonly percent: boolean;
}

/** One thing that an application is to show, as far as its words go. */
export interface Wish {
  /** As it was said, for a reader that knows the fields. */
  readonly text: string;
  /** What is left without groups, time and limits: `average waiting time`. */
  readonly figure: string;
  readonly by: readonly string[];
  readonly everyMs?: number;
  readonly bound?: Bound;
  /** It is to be told when it happens. */
  readonly isAlert: boolean;
}

export interface Wishes {
  /** What it is about: `taxi rides`, `call center`. */
  readonly subject: string;
  readonly wishes: readonly Wish[];
}

const MADE = /\b(?:apps?|applications?|pipelines?|platforms?|solutions?|systems?|dashboards?)\b/i;
const LEAD =
  /^.*?\b(?:build|create|make|generate|set up|design|want|need|give|show|add)\b\s*(?:me|us)?\s*(?:(?:an?|the|my|our|some|simple|small|new|live|real-?time|monitoring|analytics)\s+)*/i;
/** What stands before "application" and says nothing of it: "a small", "another". */
const PLAIN = /^(?:(?:an?|the|my|our|some|one|another|simple|small|little|new|live|real-?time|monitoring|analytics)(?:\s+|$))+/i;
const LINK =
  /^[\s,:]*(?:(?:for|that|to|which|on|of|about|showing|with|where|computing|displaying|tracking|monitoring|watching|counting|replicating|is|are|called|named)\b\s*)+/i;
const VERB =
  /^(?:please\s+|also\s+|i\s+(?:want|need|would like)\s+(?:to\s+)?|(?:monitor|track|show|find|detect|compute|watch|see|calculate|display|measure|list|report|get|tell|spot|catch|keep(?:s|ing)? an eye on|look(?:s|ing)? (?:at|after))(?:s|es|ing)?\b\s*(?:me\b|us\b|for\b|out\b)?\s*)+/i;
const ARTICLE = /^(?:an?|the|my|our|all|any|their|its|each|every)\s+/i;
const ALERT =
  /(?:^|[,;]\s*|\s+)(?:(?:and|with|plus)\s+)?(?:an?\s+|give\s+|send\s+)?(?:alert(?:s|ing)?|notif(?:y|ies)|warn(?:s|ing)?|page)(?:\s+(?:me|us|someone))?\s+(?:when(?:ever)?|if|once|on|for|as soon as)\s+([^,;]+?)(?=,|;|$|\s+and\s+(?:alert|show|count|track|warn))/gi;

/** Every application has these. */
const EMPTY = /^(?:alerts?|alerting|metrics?|monitoring|charts?|panels?|dashboards?|observability|analytics|everything|stuff|things?)$/i;

export const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
const EVERY = /\b(?:per|every|each|in each|an?|within an?|over)\s+(?:(\d+)\s*)?-?(second|minute|hour|day|week)s?\b/i;
const ADVERB = /\b(?:per-?)?(minutely|hourly|daily|weekly)\b/i;
const ADVERB_MS: Readonly<Record<string, number>> = {
  minutely: 60_000,
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
};
const BY =
  /\b(?:per|by|for each|for every|in each|at each|across(?: all)?|grouped by)\s+(?:the\s+)?([a-z][\w-]*(?:\s+(?!and\b|per\b|by\b|every\b|over\b|above\b|below\b|under\b)[a-z][\w-]*)?)/i;
const FOR_MANY = /\bfor\s+(?:the\s+|all\s+|my\s+)?([a-z][\w-]*s)\s*$/i;
const BOUND =
  /\b(?:(?:is|are|gets?|goes|rises?|drops?|falls?|stays?)\s+)?(over|above|beyond|more than|greater than|higher than|exceed(?:s|ing)?|at least|below|under|less than|fewer than|lower than|at most)\s+\$?(\d[\d.,]*)\s*(k\b|m\b|%|percent\b)?\s*(?:degrees|minutes?|mins?|seconds?|hours?|ms|celsius|euros?|dollars?|usd|eur|kg|km|mb|gb)?/i;

function boundIn(text: string): Bound | undefined {
  const [, word = '', digits = '', scale = ''] = BOUND.exec(text) ?? [];
  if (digits === '') return undefined;
  const number = Number(digits.replaceAll(',', '').replace(/\.$/, ''));
  if (!Number.isFinite(number)) return undefined;
  const factor = /^k/i.test(scale) ? 1000 : /^m/i.test(scale) ? 1_000_000 : 1;
  const isBelow = /below|under|less|fewer|lower|at most/i.test(word);
  const operator = /at least/i.test(word) ? '>=' : /at most/i.test(word) ? '<=' : isBelow ? '<' : '>';
  return { operator, value: number * factor, percent: /%|percent/i.test(scale) };
}

/** Without what only links words, so that it can be compared and shown. */
export const trimmed = (text: string): string => {
  let rest = text.replace(/[.!?]+\s*$/, '').trim();
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/^(?:and|or|with|plus|also|then|as well as)\s+/i, '')
      .replace(VERB, '')
      .replace(ARTICLE, '')
      .trim();
  }
  return rest;
};

function wishOf(said: string, isAlert: boolean): Wish | undefined {
  const text = trimmed(said);
  if (text === '') return undefined;
  let rest = text;
  const bound = boundIn(rest);
  if (bound) rest = rest.replace(BOUND, ' ');
  const every = EVERY.exec(rest);
  const adverb = ADVERB.exec(rest)?.[1]?.toLowerCase();
  const everyMs = every ? Number(every[1] ?? 1) * (UNIT_MS[every[2]?.toLowerCase() ?? ''] ?? 0) : ADVERB_MS[adverb ?? ''];
  rest = rest.replace(EVERY, ' ').replace(ADVERB, ' ');
  const by: string[] = [];
  for (let found = BY.exec(rest); found; found = BY.exec(rest)) {
    by.push(singularPhrase(found[1] ?? ''));
    rest = rest.replace(found[0], ' ');
  }
  const many = by.length === 0 && bound ? FOR_MANY.exec(rest) : undefined;
  if (many) {
    by.push(singularPhrase(many[1] ?? ''));
    rest = rest.replace(many[0], ' ');
  }
  const figure = trimmed(rest.replace(/\s+/g, ' ')).replace(/\s+(?:is|are|get|gets|for|of|in|on|at|than)$/i, '');
  return {
    text,
    figure,
    by,
    ...(everyMs ? { everyMs } : {}),
    ...(bound ? { bound } : {}),
    isAlert,
  };
}

const singularPhrase = (text: string): string => {
  const words = text.trim().split(/\s+/);
  return [...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ');
};

/** "volume and price per symbol": groups that only the last one names hold for all of them. */
function sharedGroups(wishes: readonly Wish[]): readonly Wish[] {
  const last = wishes.at(-1);
  if (!last || last.by.length === 0 || wishes.slice(0, -1).some((w) => w.by.length > 0)) return wishes;
  return wishes.map((w) => (w === last ? w : { ...w, by: last.by, text: `${w.text} by ${last.by.join(' and ')}` }));
}

/** What one sentence wants of an application: its subject, figures, and what is to be told. */
export function readWishes(prompt: string): Wishes {
  const at = MADE.exec(prompt);
  const ahead = at ? prompt.slice(0, at.index).replace(LEAD, '').trim() : '';
  const before = /^(?:i|we|please|can|could)\b/i.test(ahead) ? '' : ahead.replace(PLAIN, '').trim();
  let rest = (at ? prompt.slice(at.index + at[0].length) : prompt)
    .replace(/\b(?:called|named)\s+["'“]?[\w-]+["'”]?/i, ' ')
    .replace(LINK, '');
  const wishes: Wish[] = [];
  const told: Wish[] = [];
  rest = rest.replace(ALERT, (_all, what: string) => {
    const wish = wishOf(what, true);
    if (wish) told.push(wish);
    return ' ';
  });
  const colon = rest.indexOf(':');
  const head = colon >= 0 ? rest.slice(0, colon) : '';
  const listed = (colon >= 0 ? rest.slice(colon + 1) : rest).split(
    /[,;]|\band\b|\bplus\b|\bwith\b|\bshowing\b|\bincluding\b|\bas well as\b/i,
  );
  for (const part of listed) {
    const noun = /^\s*(.+?)\s+(?:alerts?|alarms?|warnings?)\s*$/i.exec(part)?.[1];
    const wish = wishOf(noun ?? part, noun !== undefined);
    if (wish && wish.figure !== '' && !EMPTY.test(wish.figure)) wishes.push(wish);
  }
  const subject = trimmed(head) || before || (wishes[0]?.figure ?? '');
  return { subject, wishes: [...sharedGroups(wishes), ...told] };
}
