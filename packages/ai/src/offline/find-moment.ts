import type { IrOperator } from '../ir/query-ir.ts';
import { type Condition, columnOperand, type Filter, type Operand, type Scan } from './frame.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './token.ts';

/** A condition on the time of the row, before it is known which column that is. */
type Moment =
  | { readonly kind: 'minutes'; readonly from?: number; readonly to?: number; readonly isNegative: boolean }
  | { readonly kind: 'days'; readonly days: readonly number[]; readonly isNegative: boolean }
  | { readonly kind: 'month'; readonly month: number; readonly isNegative: boolean }
  | { readonly kind: 'bound'; readonly operator: IrOperator; readonly at: string };

const found = new WeakMap<readonly Token[], Moment[]>();

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;
const DAY_MS = 86_400_000;
const HOUR = 60;
const NOT = /^(?:not|except|excluding|but|besides|outside|without)$/;

interface Part {
  readonly end: number;
}

/** More small words in a row than this say nothing. */
const SMALL_MAX = 8;

class Reader {
  readonly tokens: readonly Token[];
  readonly lexicon: Lexicon;
  constructor(tokens: readonly Token[], lexicon: Lexicon) {
    this.tokens = tokens;
    this.lexicon = lexicon;
  }
  /** The free word at a place. */
  word(at: number): string {
    const token = this.tokens[at];
    return token && token.used === undefined && 'word' in token ? token.word : '';
  }
  /** Skips words that may stand there. */
  past(at: number, words: RegExp): number {
    let end = at;
    while (end - at < SMALL_MAX && words.test(this.word(end))) end++;
    return end;
  }
  number(at: number): number | undefined {
    const token = this.tokens[at];
    return token?.t === 'number' && token.used === undefined && (token.unit === undefined || token.unit === 'in') ? token.value : undefined;
  }

  /** `6 pm`, `18:30`, `noon`, `8 in the morning`, `7 o'clock`; `half` tells how a number alone is meant. */
  clock(at: number, half?: 'am' | 'pm' | 'plain'): (Part & { minute: number; half?: 'am' | 'pm' }) | undefined {
    const named = { noon: 12, midday: 12, midnight: 0 }[this.word(at)];
    if (named !== undefined) return { minute: named * HOUR, end: at + 1 };
    const hour = this.number(at);
    if (hour === undefined || hour > 24 || !Number.isInteger(hour)) return undefined;
    let end = at + 1;
    let minute = 0;
    const isInches = (this.tokens[at] as { unit?: string }).unit === 'in';
    const minutes = this.word(end) === ':' ? this.number(end + 1) : undefined;
    const isExact = minutes !== undefined && minutes < 60;
    if (isExact) {
      minute = minutes;
      end += 2;
    }
    const isOclock = this.word(end) === 'o' && this.word(end + 1) === 'clock';
    if (isOclock) end += 2;
    const day = isInches ? this.past(end, /^the$/) : this.past(end, /^(?:in|at|the)$/);
    const part = { morning: 'am', afternoon: 'pm', evening: 'pm', night: 'pm' }[this.word(day)] as 'am' | 'pm' | undefined;
    const isPart = part !== undefined && (isInches || day > end);
    if (isInches && !isPart) return undefined;
    const own = /^(am|pm)$/.exec(this.word(end))?.[1] as 'am' | 'pm' | undefined;
    const said = own ?? (isPart ? part : undefined);
    if (said === undefined && !isExact && !isOclock && half === undefined) return undefined;
    if (own) end++;
    else if (isPart) end = day + 1;
    const meant = said ?? (half === 'plain' ? undefined : half);
    const hours = meant === 'pm' && hour < 12 ? hour + 12 : meant === 'am' && hour === 12 ? 0 : hour;
    return { minute: hours * HOUR + minute, end, ...(said ? { half: said } : {}) };
  }

  clocks(at: number): (Part & { moment: Moment }) | undefined {
    const isNegative = NOT.test(this.word(at));
    const lead = isNegative ? at + 1 : at;
    const isBetween = /^(?:between|from)$/.test(this.word(lead));
    const start = isBetween ? lead + 1 : lead;
    const joint = (end: number): number | undefined => (/^(?:and|to|till|until|-)$/.test(this.word(end)) ? end + 1 : undefined);
    // The end of a range says which half of the day both are of.
    const open = this.clock(start, 'plain');
    const next = open && joint(open.end);
    const second =
      next === undefined ? undefined : (this.clock(next) ?? (open?.half || this.isClock(start) ? this.clock(next, 'plain') : undefined));
    if (open && second && (isBetween || this.word(open.end) !== 'and')) {
      const first = this.isClock(start)
        ? open
        : this.clock(start, second.half === 'pm' && open.minute > second.minute - 12 * HOUR ? 'am' : second.half);
      const from = (first ?? open).minute;
      const both =
        open.half === undefined && second.half === 'pm' && (open.minute % (12 * HOUR)) + 12 * HOUR < second.minute && !this.isClock(start);
      return {
        end: second.end,
        moment: { kind: 'minutes', from: both ? (open.minute % (12 * HOUR)) + 12 * HOUR : from, to: second.minute, isNegative },
      };
    }
    const after = /^(?:after|past|since|from)$/.test(this.word(lead));
    const before = /^(?:before|until|till)$/.test(this.word(lead));
    const than = /^(?:later|earlier)$/.test(this.word(lead)) && this.word(lead + 1) === 'than';
    const one = this.clock(than ? lead + 2 : lead + 1);
    if (!one || !(after || before || than)) return undefined;
    const isLate = after || this.word(lead) === 'later';
    return { end: one.end, moment: { kind: 'minutes', ...(isLate ? { from: one.minute } : { to: one.minute }), isNegative } };
  }

  /** Whether a place holds a time of the day that needs nothing else to be one. */
  isClock(at: number): boolean {
    return this.clock(at) !== undefined;
  }

  day(at: number): (Part & { days: number[] }) | undefined {
    const word = this.word(at);
    if (this.isNamed(word)) return undefined;
    const day = DAYS.indexOf(word.replace(/s$/, ''));
    if (day >= 0) return { days: [day], end: at + 1 };
    if (/^weekends?$/.test(word)) return { days: [0, 6], end: at + 1 };
    if (/^weekdays?|workdays?$/.test(word)) return { days: [1, 2, 3, 4, 5], end: at + 1 };
    if (/^(?:working|business)$/.test(word) && /^days?$/.test(this.word(at + 1))) return { days: [1, 2, 3, 4, 5], end: at + 2 };
    return undefined;
  }

  isNamed(word: string): boolean {
    return this.lexicon.rawWords.has(word) || this.lexicon.rawWords.has(word.replace(/s$/, ''));
  }

  days(at: number): (Part & { moment: Moment }) | undefined {
    const lead = this.past(at, /^(?:on|at|over|during|every|each|not|except|excluding|but|for|only|from|the|a|any|ones)$/);
    const words = this.tokens.slice(at, lead).map((t) => ('word' in t ? t.word : ''));
    const first = this.day(lead);
    if (!first) return undefined;
    const isNegative = words.some((w) => NOT.test(w));
    const isLed =
      words.some((w) => /^(?:on|at|over|during|only|from|for)$/.test(w)) ||
      isNegative ||
      (first.days.length === 1 && words.some((w) => /^(?:every|each)$/.test(w)));
    const isAttribute = this.tokens[first.end]?.t === 'word' && first.days.length < 3 && at === lead && !this.isGrouping(at);
    if (!isLed && !isAttribute) return undefined;
    if (/^(?:to|through|till|-)$/.test(this.word(first.end))) {
      const last = this.day(first.end + 1);
      const [a = 0] = first.days;
      const [b = 0] = last?.days ?? [];
      if (last)
        return {
          end: last.end,
          moment: { kind: 'days', days: Array.from({ length: ((b - a + 7) % 7) + 1 }, (_, i) => (a + i) % 7), isNegative },
        };
    }
    const days = [...first.days];
    let { end } = first;
    for (;;) {
      const next = this.past(end, /^(?:,|and|or|on)$/);
      const other = next > end ? this.day(next) : undefined;
      if (!other) break;
      days.push(...other.days);
      ({ end } = other);
    }
    return { end, moment: { kind: 'days', days: [...new Set(days)].toSorted((a, b) => a - b), isNegative } };
  }

  isGrouping(at: number): boolean {
    return /^(?:per|by|each|every|which|of|versus|vs|than|with)$/.test(this.word(at - 1));
  }

  /** `2024-03-01`, `1 March 2024`, `March 1st, 2024`: its day, and its time where one is said. */
  date(at: number): (Part & { at: string; isDay: boolean }) | undefined {
    const token = this.tokens[at];
    if (token?.used !== undefined) return undefined;
    if (token?.t === 'date') return { end: at + 1, at: token.value, isDay: token.value.length === 10 };
    const isDayFirst = this.number(at) !== undefined;
    let end = isDayFirst ? at + 1 : at;
    if (isDayFirst) end = this.past(end, /^(?:st|nd|rd|th|of)$/);
    const month = this.word(end);
    if (!LONG_MONTHS.test(month)) return undefined;
    end++;
    let day = this.number(at);
    if (!isDayFirst) {
      day = this.number(end);
      end = this.past(end + 1, /^(?:st|nd|rd|th)$/);
    }
    end = this.past(end, /^,$/);
    const year = this.number(end);
    if (day === undefined || day < 1 || day > 31 || year === undefined || year < 1970 || year > 2200) return undefined;
    const two = (n: number): string => String(n).padStart(2, '0');
    return { end: end + 1, at: `${year}-${two(MONTHS.indexOf(month.slice(0, 3)) + 1)}-${two(day)}`, isDay: true };
  }

  dates(at: number): (Part & { moments: Moment[] }) | undefined {
    const lead = this.word(at);
    const bound = (operator: IrOperator, when: string, addDays = 0): Moment => ({ kind: 'bound', operator, at: later(when, addDays) });
    if (/^(?:between|from)$/.test(lead)) {
      const first = this.date(at + 1);
      const second = first && /^(?:and|to|till|until|through|-)$/.test(this.word(first.end)) ? this.date(first.end + 1) : undefined;
      if (first && second)
        return { end: second.end, moments: [bound('>=', first.at), bound(second.isDay ? '<' : '<=', second.at, second.isDay ? 1 : 0)] };
    }
    const isOr = this.word(at) === 'on' && this.word(at + 1) === 'or';
    const place = isOr ? at + 3 : /^(?:starting|beginning)$/.test(lead) ? this.past(at + 1, /^(?:on|from|at)$/) : at + 1;
    const one = this.date(place) ?? (lead === 'up' && this.word(at + 1) === 'to' ? this.date(at + 2) : undefined);
    if (!one) return undefined;
    const how = isOr ? (/^(?:after|later)$/.test(this.word(at + 2)) ? 'since' : 'until') : lead;
    if (/^(?:since|from|starting|beginning)$/.test(how)) return { end: one.end, moments: [bound('>=', one.at)] };
    if (how === 'after') return { end: one.end, moments: [one.isDay ? bound('>=', one.at, 1) : bound('>', one.at)] };
    if (how === 'before') return { end: one.end, moments: [bound('<', one.at)] };
    if (/^(?:until|till|through|up|by)$/.test(how))
      return { end: one.end, moments: [one.isDay ? bound('<', one.at, 1) : bound('<=', one.at)] };
    return how === 'on' && one.isDay ? { end: one.end, moments: [bound('>=', one.at), bound('<', one.at, 1)] } : undefined;
  }

  month(at: number): (Part & { moment: Moment }) | undefined {
    const word = this.word(at + 1);
    const isMonth =
      /^(?:in|during)$/.test(this.word(at)) &&
      LONG_MONTHS.test(word) &&
      (word.length > 3 || this.tokens[at + 1]?.raw === 'May') &&
      !this.isNamed(word);
    if (!isMonth || this.number(at + 2) !== undefined) return undefined;
    return { end: at + 2, moment: { kind: 'month', month: MONTHS.indexOf(word.slice(0, 3)) + 1, isNegative: NOT.test(this.word(at - 1)) } };
  }
}

/** The day so many days later; a time of the day stays. */
const later = (at: string, days: number): string =>
  days === 0
    ? at.length === 10
      ? `${at} 00:00:00`
      : at
    : `${new Date(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)} 00:00:00`;

/** Whether the word before names a time itself: `departed_at after 2024-01-01` is read as any comparison. */
const isOfColumn = (tokens: readonly Token[], at: number, lexicon: Lexicon): boolean => {
  const before = tokens[at - 1];
  const word = before?.t === 'word' ? (/^(?:is|was|are|were)$/.test(before.word) ? tokens[at - 2] : before) : undefined;
  return (
    word?.t === 'word' &&
    word.word.length > 2 &&
    lexicon.tables.some((t) => t.columns.some((c) => c.kind === 'time' && c.words.includes(word.word)))
  );
};

/**
 * `after 6 pm`, `on weekends`, `since 1 March 2024`: marks the words, before windows and numbers are looked for. Which column they speak of
 * is known when the base is.
 */
export function findMoments(tokens: readonly Token[], lexicon: Lexicon): void {
  if (!lexicon.tables.some((t) => t.columns.some((c) => c.kind === 'time'))) return;
  const reader = new Reader(tokens, lexicon);
  const moments: Moment[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.used !== undefined || isOfColumn(tokens, at, lexicon)) continue;
    const dates = reader.dates(at);
    const one = dates ? undefined : (reader.clocks(at) ?? reader.days(at) ?? reader.month(at));
    const end = dates?.end ?? one?.end;
    if (end === undefined) continue;
    moments.push(...(dates?.moments ?? (one ? [one.moment] : [])));
    for (const token of tokens.slice(at, end)) token.used = 'moment';
    at = end - 1;
  }
  if (moments.length > 0) found.set(tokens, moments);
}

/** What was found, as conditions on the time of the rows that are asked for. */
export function settleMoments(scan: Scan): void {
  const moments = found.get(scan.tokens) ?? [];
  const time = scan.base.columns.find((c) => c.name === scan.base.eventTime) ?? scan.base.columns.find((c) => c.kind === 'time');
  if (!time || moments.length === 0) return;
  const part = (name: string): Operand => ({ kind: 'text', expression: `EXTRACT(${name} FROM ${time.name})`, name: name.toLowerCase() });
  const of = (left: Operand, operator: IrOperator, ...values: Condition['values'][number][]): Condition => ({ left, operator, values });
  const minute: Operand = {
    kind: 'text',
    expression: `EXTRACT(HOUR FROM ${time.name}) * 60 + EXTRACT(MINUTE FROM ${time.name})`,
    name: 'minute',
  };
  const clock = (operator: '>=' | '<', minutes: number): Condition =>
    minutes % HOUR === 0 ? of(part('HOUR'), operator, minutes / HOUR) : of(minute, operator, minutes);
  const filters = moments.flatMap((moment): Filter[] => {
    if (moment.kind === 'bound') return [{ any: [of(columnOperand(time), moment.operator, { sql: `TIMESTAMP '${moment.at}'` })] }];
    if (moment.kind === 'month') return [{ any: [of(part('MONTH'), moment.isNegative ? '!=' : '=', moment.month)] }];
    if (moment.kind === 'days') {
      const { days, isNegative } = moment;
      if (days.length === 1) return [{ any: [of(part('DOW'), isNegative ? '!=' : '=', days[0] ?? 0)] }];
      return [{ any: [of(part('DOW'), isNegative ? 'NOT IN' : 'IN', ...days)] }];
    }
    const { from, to, isNegative } = moment;
    const inside = [...(from === undefined ? [] : [clock('>=', from)]), ...(to === undefined ? [] : [clock('<', to)])];
    const outside = [...(from === undefined ? [] : [clock('<', from)]), ...(to === undefined ? [] : [clock('>=', to)])];
    // "from 22 to 6" goes over midnight.
    const isOver = from !== undefined && to !== undefined && from > to;
    if (isOver !== isNegative) return [{ any: isNegative ? outside : inside }];
    return (isNegative ? outside : inside).map((c) => ({ any: [c] }));
  });
  scan.frame.filters.push(...filters);
  scan.frame.scores.push(0.9);
  scan.frame.mentionsRows ||= scan.frame.measures.length + scan.frame.dimensions.length + scan.frame.bare.length === 0;
}
