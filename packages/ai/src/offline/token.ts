import { splitName, stem } from './stem.ts';
import { wordsTo } from './word-table.ts';

export interface TokenBase {
  readonly start: number;
  readonly end: number;
  /** As typed. */
  readonly raw: string;
  /** What it became part of; `undefined` while nothing has explained it. */
  used?: string;
}

export type Token = TokenBase &
  (
    | {
        readonly t: 'word';
        readonly word: string;
        readonly stem: string;
        /** Second and later part of one written name. */
        readonly glued: boolean;
        /** Stem of a name in the schemas that the word is a longer or derived form of: `player` of `plr`, `clearance` of `cleared`. */
        readonly alt?: string;
      }
    | { readonly t: 'number'; readonly value: number; readonly unit?: string; readonly exact: boolean }
    | { readonly t: 'duration'; readonly ms: number; readonly count: number; readonly unit: string }
    | { readonly t: 'text'; readonly value: string }
    | { readonly t: 'date'; readonly value: string }
    | { readonly t: 'mark'; readonly word: string }
  );

export const TIME_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  milliseconds: 1,
  millis: 1,
  msec: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hrs: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  week: 604_800_000,
  weeks: 604_800_000,
};

export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  dozen: 12,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
};

const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  hundred: 100,
};

/** Units of measured values, each with the name that columns end in. */
export const VALUE_UNITS: Readonly<Record<string, string>> = wordsTo(
  '% percent pct %; $ dollar dollars usd bucks eur euro euros pounds gbp; cent cents; b bytes byte; kb kb kilobytes; mb mb megabytes; gb gb gigabytes; deg degrees degree; c celsius; f fahrenheit; kg kg kilo kilos kilogram kilograms; g g grams gram; ft ft foot feet; in inches inch; mm mm millimeters; cm cm; l l liters litres liter litre; kn knots; t t tonnes tonne tons ton; km km kilometers kilometres; mi miles; meter meters metres; kmh kmh kph; mph mph; kwh kwh; mwh mwh; wh wh; kw kw; mw mw; w watts; v volts; bpm bpm; rpm rpm; psi psi; bar bar; hpa hpa; ppm ppm; m3 m3; m2 sqm m2; lux lux lx',
);

const TOKEN =
  /(?<path>(?<=\s)\/[A-Za-z][\w/.-]*)|(?<initials>\b(?:(?:[A-Z]|St)\.\s?|(?:Dr|Mr|Mrs|Prof)\.?\s)+(?!Show|Only|And|The|Count|How|What|Which|Give|List|Also|But|Please|It|For|Per)[A-Z][a-z]+)|(?<text>"[^"]*"|“[^”]*”|`[^`]*`|(?<![A-Za-z0-9])'[^']*'(?![A-Za-z]))|(?<date>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)|(?<code>[2-5]xx\b|0x[\da-fA-F]{2,}\b|[a-zA-Z0-9-]+\.(?:com|org|net|io|de|uk|eu|edu|gov)\b|[2-6]G\b|v?\d+(?:\.\d+){2,}|\d+x\d+\b|[A-Za-z]+(?:-[A-Za-z]+)+-\d\w*|[A-Za-z]+[-_]?\d[\w-]*|\d+[A-Za-z]+[-_][\w-]+|[A-Z]{2,}[-_/][A-Z0-9][\w-]*)|(?<number>[$€£]?\d(?:[\d,]*\d)?(?:\.\d+)?|[$€£]?\.\d+)|(?<wo>\bw\/o?(?![A-Za-z]))|(?<nt>\b(?:is|are|was|were|do|does|did|have|has|had|ca|could|would|should|wo)n['’]?t\b)|(?<word>[A-Za-z_][A-Za-z_]*)(?:['’]s\b)?|(?<mark>>=|<=|!=|<>|==|[=<>+*/%,;()°?:&-])/g;

/** `i.e.` and `e.g.` part what they explain from what is explained. */
const withoutShorts = (text: string): string => text.replace(/\b(?:i\.e|e\.g)\.?,?(?=\s)/gi, (said) => ','.padEnd(said.length));

/** Splits a question into words, numbers with units, durations, quoted texts and marks. */
export function tokenise(input: string, correct: (tokens: Token[]) => Token[] = (tokens) => tokens): Token[] {
  const found: Token[] = [];
  for (const match of withoutShorts(input).matchAll(TOKEN)) {
    const at = { start: match.index, end: match.index + match[0].length, raw: match[0] };
    const { path, initials, text, date, code, number, wo, nt, word, mark } = match.groups ?? {};
    const whole = path ?? initials;
    if (whole !== undefined) {
      found.push({ ...at, t: 'text', value: whole });
      continue;
    }
    if (text !== undefined) found.push({ ...at, t: 'text', value: text.slice(1, -1) });
    else if (date !== undefined) found.push({ ...at, t: 'date', value: date.replace('T', ' ') });
    else if (code !== undefined) found.push(codeToken(code, at));
    else if (number !== undefined) {
      const unit = /^[$€£]/.test(number) ? { unit: '$' } : {};
      found.push({ ...at, t: 'number', value: Number(number.replace(/[$€£,]/g, '')), ...unit, exact: !number.includes(',') });
    } else if (wo !== undefined) {
      const said = wo.endsWith('o') ? 'without' : 'with';
      found.push({ ...at, t: 'word', word: said, stem: said, glued: false });
    } else if (nt !== undefined) {
      const cut = nt.search(/n['’]?t$/i);
      found.push(...wordTokens(nt.slice(0, cut), { ...at, end: at.start + cut, raw: nt.slice(0, cut) }));
      found.push({ start: at.start + cut, end: at.end, raw: nt.slice(cut), t: 'word', word: 'not', stem: 'not', glued: false });
    } else if (word !== undefined) found.push(...wordTokens(word, { ...at, end: at.start + word.length, raw: word }));
    else if (mark !== undefined) found.push({ ...at, t: 'mark', word: mark });
  }
  return joinDurations(joinUnits(joinNumbers(correct(smoothed(found)))));
}

/**
 * Turns of phrase that say the same: `half-hour` as `half hour`, `neither a nor b` as `not a or b`, `did not get solved` as `did not solved`.
 */
function smoothed(tokens: readonly Token[]): Token[] {
  const word = (i: number): string => {
    const t = tokens[i];
    return t && 'word' in t ? t.word : '';
  };
  const hasNeither = tokens.some((_t, i) => word(i) === 'neither');
  return tokens.flatMap((token, i): Token[] => {
    if (token.t === 'mark' && token.word === '-' && /^(half|quarter)$/.test(word(i - 1)) && Object.hasOwn(TIME_UNITS, word(i + 1)))
      return [];
    if (token.t !== 'word') return [token];
    // "longer than an hour", "took over a day": one of them.
    const isOne =
      /^(a|an)$/.test(token.word) &&
      (Object.hasOwn(TIME_UNITS, word(i + 1)) || (word(i + 1).length > 3 && Object.hasOwn(VALUE_UNITS, word(i + 1))));
    const isCompared =
      /^(than|least|most|exceeds|exceeding|exceeded|under|below|above)$/.test(word(i - 1)) ||
      (/^(of|by|at|for)$/.test(word(i - 1)) && word(i + 2) === 'or') ||
      (word(i - 1) === 'over' && word(i - 2) === 'or') ||
      (/^(over|above|under|below)$/.test(word(i - 1)) &&
        /^(took|takes|taking|lasted|lasts|lasting|stayed|stays|waited|waits|waiting|ran|running|is|was|were|are|with|of|for)$/.test(
          word(i - 2),
        )) ||
      (word(i - 1) === 'over' && /^(late|early|overdue|old|long|away)$/.test(word(i + 2)));
    if (isOne && isCompared) return [{ start: token.start, end: token.end, raw: token.raw, t: 'number', value: 1, exact: true }];
    // "except those from MUC" as "except MUC".
    if (/^(those|ones|from)$/.test(token.word)) {
      let before = i - 1;
      while (/^(those|ones|the)$/.test(word(before))) before--;
      if (/^(except|excluding)$/.test(word(before))) return [];
    }
    if (token.word === 'hr') return [{ ...token, word: 'hour', stem: 'hour' }];
    if (token.word === 'neither') return [{ ...token, word: 'not', stem: 'not' }];
    if (token.word === 'nor' && hasNeither) return [{ ...token, word: 'or', stem: 'or' }];
    if (
      /^(get|got|gotten|been|be|being|become|became|end|up|yet|ever|already|currently|actually|really)$/.test(token.word) &&
      /^(not|never)$/.test(word(i - 1))
    )
      return [];
    return [token];
  });
}

function codeToken(code: string, at: { start: number; end: number; raw: string }): Token {
  const word = code.toLowerCase();
  return { ...at, t: 'word', word, stem: word, glued: false };
}

function wordTokens(word: string, at: { start: number; end: number; raw: string }): Token[] {
  const parts =
    // "GETs", "SUVs"
    /^[A-Z]{2,}s$/.test(word) ||
    (word === word.toUpperCase() && !word.includes('_')) ||
    /^[kKMG]i?B$/.test(word) ||
    (/[a-z][A-Z]/.test(word) && Object.hasOwn(VALUE_UNITS, word.toLowerCase()))
      ? [word.toLowerCase()]
      : splitName(word);
  return (parts.length === 0 ? [word] : parts).map((part, i) => ({ ...at, t: 'word', word: part, stem: stem(part), glued: i > 0 }));
}

const OFTEN: Readonly<Record<string, number>> = { once: 1, twice: 2, thrice: 3 };
const BEFORE_NEGATIVE = /^(below|above|under|over|than|of|is|exceeds|to|and|between|least|most|from)$/;

/** `twenty five`, `10 k`, `two million` become one number. */
function joinNumbers(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    let token = tokens[i] as Token;
    const next = tokens[i + 1];
    const below =
      token.t === 'mark'
        ? next?.start === token.end && token.start > (tokens[i - 1]?.end ?? -1)
        : BEFORE_NEGATIVE.test(nextWord(tokens, i - 1));
    if (next?.t === 'number' && (token.t === 'mark' || token.t === 'word') && /^(-|minus)$/.test(token.word) && below) {
      out.push({ ...next, start: token.start, raw: `-${next.raw}`, value: -next.value });
      i++;
      continue;
    }
    const isOften =
      /^(least|most|than|exactly|only)$/.test(nextWord(tokens, i - 1)) && !/^(the|its|their|as|what)$/.test(nextWord(tokens, i + 1));
    if (token.t === 'word' && Object.hasOwn(OFTEN, token.word) && isOften) {
      // "more than twice a day": so many times.
      const at = { start: token.start, end: token.end, raw: token.raw };
      out.push({ ...at, t: 'number', value: OFTEN[token.word] ?? 1, exact: true });
      out.push({ ...at, t: 'word', word: 'times', stem: 'times', glued: true });
      continue;
    }
    if (token.t === 'word' && Object.hasOwn(NUMBER_WORDS, token.word) && isNumberWord(tokens, i)) {
      token = { start: token.start, end: token.end, raw: token.raw, t: 'number', value: NUMBER_WORDS[token.word] ?? 0, exact: true };
    }
    const scale = next?.t === 'word' ? SCALES[next.word] : undefined;
    const touches = next !== undefined && next.start === token.end;
    if (token.t === 'number' && scale !== undefined && next?.t === 'word' && (touches ? !isLength(tokens, i) : next.word.length > 3)) {
      out.push({ ...token, end: next.end, raw: `${token.raw}${next.raw}`, value: token.value * scale });
      i++;
      continue;
    }
    out.push(token);
  }
  return out;
}

/** `5m` beside words of windows is five minutes; `$5m`, `over 5m` are five million. */
function isLength(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i] as Token;
  const next = tokens[i + 1];
  if (next?.t !== 'word' || next.word !== 'm') return false;
  if (token.t === 'number' && token.unit !== undefined) return false;
  const before = tokens.slice(Math.max(0, i - 2), i).map((t) => ('word' in t ? t.word : ''));
  return (
    !before.some((w) => ['over', 'above', 'exceed', 'exceeds', 'than', 'under', 'below', '>', '<', '>=', '<='].includes(w)) ||
    /window|bucket|interval/.test(nextWord(tokens, i + 2))
  );
}

const nextWord = (tokens: readonly Token[], i: number): string => {
  const token = tokens[i];
  return token?.t === 'word' ? token.word : '';
};

/** `one`, `hundred` count as numbers only where a number can stand. */
function isNumberWord(tokens: readonly Token[], i: number): boolean {
  const word = nextWord(tokens, i);
  if (word === 'second') return false;
  if (word !== 'one') return true;
  const next = tokens[i + 1];
  const follow = next?.t === 'mark' && next.word === '-' ? nextWord(tokens, i + 2) : nextWord(tokens, i + 1);
  return (
    follow in TIME_UNITS ||
    ['hundred', 'thousand', 'million', 'or'].includes(follow) ||
    ['than', 'over', 'least'].includes(nextWord(tokens, i - 1))
  );
}

/** `5 MB`, `80 %`, `30 degrees`: the number takes its unit. */
function joinUnits(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    let next = tokens[i + 1];
    let taken = 1;
    if (token.t === 'number' && next?.t === 'mark' && next.word === '°') {
      next = tokens[i + 2];
      taken = 2;
      const letter = next?.t === 'word' && (next.word === 'c' || next.word === 'f') ? next.word : undefined;
      out.push({ ...token, unit: letter ?? 'deg' });
      i += letter === undefined ? 1 : 2;
      continue;
    }
    const word = next !== undefined && 'word' in next ? next.word : '';
    const slash = tokens[i + 2];
    if (token.t === 'number' && word === 'km' && slash?.t === 'mark' && slash.word === '/' && tokens[i + 3]?.t === 'word') {
      out.push({ ...token, end: (tokens[i + 3] as Token).end, unit: 'kmh' });
      i += 3;
      continue;
    }
    // "12 m/s", "330 s/km" are no lengths of time.
    const per = slash?.t === 'mark' && slash.word === '/' ? nextWord(tokens, i + 3) : '';
    if (token.t === 'number' && ((word === 'm' && per === 's') || (/^(s|sec|min)$/.test(word) && /^(km|mi|mile|kg|t|m)$/.test(per)))) {
      out.push({ ...token, end: (tokens[i + 3] as Token).end });
      i += 3;
      continue;
    }
    if (
      token.t === 'number' &&
      /^(cubic|square)$/.test(word) &&
      slash !== undefined &&
      /^(meters?|metres?|m)$/.test(nextWord(tokens, i + 2))
    ) {
      out.push({ ...token, end: slash.end, unit: word === 'cubic' ? 'm3' : 'm2' });
      i += 2;
      continue;
    }
    const unit = VALUE_UNITS[word];
    if (token.t === 'number' && unit !== undefined && next) {
      const isBar = word === 'bar' || word === 'pounds';
      if (!isBar || next.start - token.end <= 1) {
        const third = tokens[i + 2];
        const scale = unit === 'deg' && third?.t === 'word' ? VALUE_UNITS[third.word] : undefined;
        out.push({ ...token, end: next.end, unit: scale ?? unit });
        i += scale === undefined ? taken : taken + 1;
        continue;
      }
    }
    if (token.t === 'number' && next?.t === 'word' && (word === 'c' || word === 'f') && next.start - token.end <= 1) {
      out.push({ ...token, end: next.end, unit: word });
      i++;
      continue;
    }
    out.push(token);
  }
  return out;
}

/** `5 minutes`, `half an hour`, `1.5 hours`, `an hour`, `5-minute`. */
function joinDurations(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  const said = (i: number): string => nextWord(tokens, i);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const spans = durationAt(tokens, i);
    if (!spans) {
      out.push(token);
      continue;
    }
    let { taken, ms } = spans;
    // "an hour and a half", "1 hour 30 minutes"
    if (said(i + taken) === 'and' && said(i + taken + 1) === 'a' && said(i + taken + 2) === 'half') {
      ms += (ms / spans.count) * 0.5;
      taken += 3;
    } else {
      const and = said(i + taken) === 'and' ? 1 : 0;
      const rest = tokens[i + taken + and]?.t === 'number' ? durationAt(tokens, i + taken + and) : undefined;
      if (rest && rest.ms < ms / spans.count) {
        ms += rest.ms;
        taken += and + rest.taken;
      }
    }
    const last = tokens[i + taken - 1] as Token;
    out.push({
      start: token.start,
      end: last.end,
      raw: tokens
        .slice(i, i + taken)
        .map((t) => t.raw)
        .join(' '),
      t: 'duration',
      ms,
      count: spans.count,
      unit: spans.unit,
    });
    i += taken - 1;
  }
  return out;
}

function durationAt(tokens: readonly Token[], i: number): { ms: number; count: number; unit: string; taken: number } | undefined {
  const token = tokens[i];
  const word = nextWord(tokens, i);
  const isHalved =
    token?.t === 'number' && nextWord(tokens, i + 1) === 'and' && nextWord(tokens, i + 2) === 'a' && nextWord(tokens, i + 3) === 'half';
  const halved = isHalved ? TIME_UNITS[nextWord(tokens, i + 4)] : undefined;
  if (token?.t === 'number' && halved !== undefined)
    return { ms: (token.value + 0.5) * halved, count: token.value + 0.5, unit: nextWord(tokens, i + 4), taken: 5 };
  // "an hour and a half": elsewhere "an hour" stays two words, because "per an hour" has patterns of its own.
  const one = /^(a|an|one)$/.test(word) ? TIME_UNITS[nextWord(tokens, i + 1)] : undefined;
  if (one !== undefined && nextWord(tokens, i + 2) === 'and' && nextWord(tokens, i + 3) === 'a' && nextWord(tokens, i + 4) === 'half')
    return { ms: one, count: 1, unit: nextWord(tokens, i + 1), taken: 2 };
  if (token?.t === 'number' && token.unit === undefined) {
    const hyphen = tokens[i + 1]?.t === 'mark' && (tokens[i + 1] as { word: string }).word === '-' ? 1 : 0;
    const unit = nextWord(tokens, i + 1 + hyphen);
    const ms = TIME_UNITS[unit];
    if (ms === undefined) return undefined;
    return { ms: Math.round(token.value * ms), count: token.value, unit, taken: 2 + hyphen };
  }
  if (word === 'half' || word === 'quarter') {
    let j = i + 1;
    while (['a', 'an', 'of'].includes(nextWord(tokens, j)) || (tokens[j]?.t === 'mark' && tokens[j]?.raw === '-')) j++;
    const unit = nextWord(tokens, j) === 'hourly' ? 'hour' : nextWord(tokens, j);
    const ms = TIME_UNITS[unit];
    if (ms === undefined) return undefined;
    const share = word === 'half' ? 0.5 : 0.25;
    return { ms: ms * share, count: share, unit, taken: j - i + 1 };
  }
  if (word === 'couple') {
    const j = nextWord(tokens, i + 1) === 'of' ? i + 2 : i + 1;
    const unit = nextWord(tokens, j);
    const ms = TIME_UNITS[unit];
    return ms === undefined ? undefined : { ms: ms * 2, count: 2, unit, taken: j - i + 1 };
  }
  return undefined;
}
