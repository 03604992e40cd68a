import { LOW, OF_ADJECTIVE } from './adjective-numbers.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { aggregateOf } from './vocabulary.ts';

const FN: Readonly<Record<string, string>> = { AVG: 'average', SUM: 'total', MAX: 'max', MIN: 'min', MEDIAN: 'median' };
const UNIT_WORDS: Readonly<Record<string, RegExp>> = {
  l: /^(?:l|lit(?:er|re)s?)$/,
  kg: /^(?:kg|kilos?|kilograms?)$/,
  km: /^(?:km|kilomet(?:er|re)s?)$/,
  g: /^(?:g|grams?)$/,
};
/** What is done for a time, and how its span is called. */
const DOINGS = [
  /^(?:listen|hear|heard|play)/,
  /^(?:watch|view|see)/,
  /^(?:stand|stop|idle|idling|halt|still)/,
  /^(?:wait|queue|queu)/,
  /^(?:work|run|operat)/,
  /^(?:driv|travel|rid)/,
  /^(?:talk|speak|spoke|call)/,
  /^(?:charg|load)/,
  /^(?:think|ponder)/,
];

/** The one span of time of what is done. */
const spanOf = (numbers: readonly ColumnRef[], doing: string): ColumnRef | undefined => {
  const same = DOINGS.find((pattern) => pattern.test(doing.toLowerCase()));
  return only(
    numbers.filter((c) => /^(?:s|min|h|d|ms)$/.test(c.unit ?? '') && c.words.some((w) => same?.test(w) || stem(w) === stem(doing))),
  );
};

const SAME = 4;

/** Whether a word of a name is said: whole, in its long form, or behind the first letter of the word before: `wtemp`, "water temperature". */
function isSaid(part: string, word: string, before: string | undefined): boolean {
  const forms = [word, ...shortForms(word)];
  if (forms.some((f) => stem(f) === stem(part) && f.length >= SAME)) return true;
  return before !== undefined && forms.some((f) => f.length >= SAME && part === before.slice(0, 1) + f);
}

const shortForms = (word: string): string[] =>
  word === 'temperature' ? ['temp'] : word === 'pressure' ? ['press'] : longForm(word) === undefined ? [] : [longForm(word) as string];

/** The question with the name of the number in it that one column alone can be. */
export function nameNumber(prompt: string, question: string, lexicon: Lexicon): string | undefined {
  const numbers = lexicon.tables.filter((t) => !t.isTable).flatMap((t) => t.columns.filter((c) => isMeasure(c)));
  const unit = namedByUnit(prompt, question, numbers);
  if (unit !== undefined) return unit;
  const word = /^The (\w+) of what|^Which number makes it "(\w+)"/.exec(question)?.slice(1).find(Boolean)?.toLowerCase();
  const fn = word === undefined ? undefined : FN[aggregateOf(word) ?? (!word.endsWith('est') ? '' : LOW.test(word) ? 'MIN' : 'MAX')];
  if (word === undefined || fn === undefined) return inTotal(prompt, numbers);
  return (
    inWords(prompt, word, fn, numbers) ??
    ofPhrase(prompt, word, numbers) ??
    ofVerb(prompt, word, numbers) ??
    ofAdjective(prompt, fn, numbers) ??
    inTotal(prompt, numbers) ??
    ofTime(prompt, word, numbers)
  );
}

/** `longest game by opening, in moves`, `biggest job (in words)`: what is counted is said behind it. */
function inWords(prompt: string, word: string, fn: string, numbers: readonly ColumnRef[]): string | undefined {
  for (const found of prompt.matchAll(/\s*(?:,\s*|\(\s*)in ([a-z]{3,})\s*\)?/gi)) {
    const noun = found[1] as string;
    const column = only(numbers.filter((c) => c.words.some((w) => stem(w) === stem(noun))));
    if (!column) continue;
    const rest = prompt.replace(found[0], '');
    const how = /\bhow (?:long|big|large|many)\b.*?\bon average\b/i;
    if (how.test(rest)) return rest.replace(how, `average ${column.name}`);
    return rest
      .replace(new RegExp(String.raw`\b${word} [a-z]+\b`, 'i'), `${fn} ${column.name}`)
      .replace(/\bthat (each|every) (\w+) (?:ever )?[a-z]+\s*$/i, 'of $1 $2');
  }
  return undefined;
}

/** `average water temp` of wtemp_c, `average pulse` of avg_pulse beside max_pulse. */
function ofPhrase(prompt: string, word: string, numbers: readonly ColumnRef[]): string | undefined {
  const found = new RegExp(String.raw`\b${word} (?:and (?:the )?[a-z]+ )?((?:[a-z]+ )?[a-z0-9_]+)\b`, 'gi');
  for (const { 0: whole, 1: phrase = '' } of prompt.matchAll(found)) {
    const said = phrase.toLowerCase().split(' ');
    for (const end of [said.length, 1]) {
      const noun = said[end - 1] ?? '';
      const before = end > 1 ? said[end - 2] : undefined;
      const named = numbers.filter(
        (c) =>
          c.name.toLowerCase() === noun ||
          (before !== undefined && c.words.some((w) => isSaid(w, noun, before) && !isSaid(w, noun, undefined))),
      );
      const same = aggregateOf(word);
      const own =
        end === 1
          ? numbers.filter(
              (c) => c.words.some((w) => stem(w) === stem(noun)) && c.words.some((w) => aggregateOf(longForm(w) ?? w) === same),
            )
          : [];
      const column = only(named) ?? only(own);
      if (!column) continue;
      const spoken = said.slice(0, end).join(' ');
      // The tokens of a name with a digit in it do not hold together.
      const name = /\d/.test(column.name) ? column.name.replaceAll('_', ' ') : column.name;
      const of = own.includes(column) ? 'of ' : '';
      const at = whole.toLowerCase().lastIndexOf(phrase.toLowerCase());
      const told = `${whole.slice(0, at)}${of}${name}${whole.slice(at + spoken.length)}`;
      if (told !== whole) return prompt.replace(whole, told);
    }
  }
  return undefined;
}

/** `what did they rate it on average`: the number that is called like the verb. */
function ofVerb(prompt: string, word: string, numbers: readonly ColumnRef[]): string | undefined {
  const found =
    /\b(?:what|how)(?: much)? (?:did|do|does) (?:they|he|she|people|\w+s) ([a-z]+)(?: (?:it|them|this|that))? on average\b/i.exec(prompt);
  const column = found && word === 'average' && only(numbers.filter((c) => c.words.some((w) => stem(w) === stem(found[1] as string))));
  return found && column ? prompt.replace(found[0], `average ${column.name}`) : undefined;
}

/** `coldest tank on average`, `balloon with the coldest reading`, `thickest tree for each species`. */
function ofAdjective(prompt: string, fn: string, numbers: readonly ColumnRef[]): string | undefined {
  const said = /\b([a-z]+est)\b/i.exec(prompt)?.[1]?.toLowerCase() ?? '';
  const isHeat = /^(?:cold|cool|warm|hot)/.test(said);
  const words = isHeat ? /temp(?:erature)?$/ : OF_ADJECTIVE.find(([pattern]) => pattern.test(said))?.[1];
  if (!words) return undefined;
  const called = numbers.filter((c) => c.words.some((w) => words.test(w)));
  const column = only(called) ?? (called.length === 0 && isHeat ? measuredSo(numbers, /^[cf]$/) : undefined);
  if (!column) return undefined;
  const rank = fn === 'min' || LOW.test(said) ? 'lowest' : 'highest';
  const isLow = rank === 'lowest' ? 'min' : 'max';
  const average = new RegExp(String.raw`\b(?:the )?${said} ([a-z]+) on average\b`, 'i');
  if (average.test(prompt)) return prompt.replace(average, `$1 with the ${rank} average ${column.name}`);
  const reading = new RegExp(String.raw`\bwith the ${said} (?:reading|value|sample|measurement|record|observation)\b`, 'i');
  if (reading.test(prompt)) return prompt.replace(reading, `with the ${rank} ${isLow === 'min' ? 'minimum' : 'maximum'} ${column.name}`);
  const each = new RegExp(String.raw`\b(?:the )?${said} [a-z]+ (?:so far |ever )?(?=(?:for|per|of|in) (?:each|every)\b|per\b|by\b)`, 'i');
  return each.test(prompt) ? prompt.replace(each, `${isLow} ${column.name} `) : undefined;
}

/** Of some that are measured in one unit, the one that is not derived: the air and not its dew point. */
function measuredSo(numbers: readonly ColumnRef[], units: RegExp): ColumnRef | undefined {
  const fitting = numbers.filter((c) => units.test(c.unit ?? ''));
  return only(fitting) ?? only(fitting.filter((c) => !c.words.some((w) => /^(?:dew|dewpoint|target|set|setpoint|max|min)/.test(w))));
}

/** `> 30 errors in total`, `for more than an hour in total`: the total of what is compared. */
function inTotal(prompt: string, numbers: readonly ColumnRef[]): string | undefined {
  const counted = /\bwith ((?:>=?|<=?|more than|less than|fewer than|over|under|at least|at most)\s*\d[\d.,]*) ([a-z]+) in total\b/i.exec(
    prompt,
  );
  const column = counted && only(numbers.filter((c) => c.words.some((w) => stem(w) === stem(counted[2] as string))));
  if (counted && column) return prompt.replace(counted[0], `with total ${column.name} ${counted[1]}`);
  const span =
    /\b([a-z]+ing)(?: still| idle| empty)? (?:for )?((?:more|less|longer) than (?:an? |\d[\d.]* ?)(?:hours?|minutes?|min|h|seconds?|days?)) in total\b/i.exec(
      prompt,
    );
  const time = span && spanOf(numbers, span[1] as string);
  return span && time ? prompt.replace(span[0], `with total ${time.name} ${span[2]?.replace('longer', 'more')}`) : undefined;
}

/** `total listening time` of secondsHeard. */
function ofTime(prompt: string, word: string, numbers: readonly ColumnRef[]): string | undefined {
  const found = new RegExp(String.raw`\b${word} ([a-z]+ing) time\b`, 'i').exec(prompt);
  const column = found && spanOf(numbers, found[1] as string);
  return found && column ? prompt.replace(found[0], `${word} ${column.name}`) : undefined;
}

/** `by litres of water`: a column by its unit and its word. */
function namedByUnit(prompt: string, question: string, numbers: readonly ColumnRef[]): string | undefined {
  const noun = /^There is no field called "(\w+)"/.exec(question)?.[1];
  if (noun === undefined) return undefined;
  const found = new RegExp(String.raw`\bby ${noun} of ([a-z]+)\b`, 'i').exec(prompt);
  const column =
    found &&
    only(
      numbers.filter(
        (c) => UNIT_WORDS[c.unit ?? '']?.test(noun.toLowerCase()) && c.words.some((w) => stem(w) === stem(found[1] as string)),
      ),
    );
  return found && column ? prompt.replace(found[0], `by ${column.name}`) : undefined;
}
