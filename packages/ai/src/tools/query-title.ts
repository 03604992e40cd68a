import type { ValidationReport } from '@velostream/core/protocol/studio';
import { spelledName, spelledWords } from './spell-name.ts';

const WORDS_MAX = 60;
const NAMES_MAX = 2;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const listed = (names: readonly string[]): string =>
  names.length > NAMES_MAX ? `${names.slice(0, NAMES_MAX).join(', ')} and more` : names.join(' and ');

/** What people call a source: the table, topic or file that a URI leads to, and never its host. */
export function sourceTitle(source: string): string {
  const [, rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/i.exec(source) ?? [];
  if (rest === '') return source;
  const [place = '', query = ''] = rest.split('?', 2);
  const parameters = new URLSearchParams(query);
  const table = parameters.get('table') ?? parameters.get('topic');
  const path = place
    .split('/')
    .slice(1)
    .filter((part) => part !== '');
  return table ?? path.at(-1)?.replace(/\.(csv|jsonl?|ndjson|parquet|avro|orc)(\.\w+)?$/i, '') ?? source.replace(/:.*/s, '');
}

const ASKED =
  /^(?:please|can you|could you|would you|(?:help|let) me|let['’]?s|(?:i|we)(?:['’]?d| would)? (?:want|like|need|wish)(?: to)?|(?:show|give|tell|find|get)(?: me| us)?|what(?:['’]?s| is| are)|see|know|track|monitor|watch|display|look at|have)\s+/i;
const ARTICLE = /^(?:the|an?|me|us)\s+/i;

/** The thing that a sentence asks for, without how it asks: "I want to track the volume" is about the volume. */
function thingAskedFor(sentence: string): string {
  let thing = sentence.replace(/^(alert|notify|warn|tell|ping) (?:me|us) /i, '$1 ');
  while (ASKED.test(thing)) thing = thing.replace(ASKED, '').replace(ARTICLE, '');
  thing = thing.replace(ARTICLE, '').replace(/[\s.!]+$/, '');
  // Without how it asks, it asks no longer.
  if (thing !== sentence) thing = thing.replace(/\?$/, '');
  return /[\p{L}\d]/u.test(thing) ? thing : sentence;
}

/** A title for a query: the thing that was asked for, or what it computes, spelled as a person would. */
export function queryTitle(prompt: string | undefined, report: ValidationReport | undefined): string {
  const words = spelledWords(thingAskedFor(prompt?.trim().replace(/\s+/g, ' ') ?? ''));
  if (words !== '' && words.length <= WORDS_MAX) return capital(words);
  const { groupBy = [], sources = [] } = report?.outline ?? {};
  const isBound = (name: string): boolean => /^_?window_(start|end)$/i.test(name);
  const keys = groupBy.filter((name) => !isBound(name)).map(spelledName);
  const figures = (report?.columns ?? [])
    .map(({ name }) => name)
    .filter((name) => !groupBy.includes(name) && !isBound(name))
    .map(spelledName);
  const from = listed([...new Set(sources.map(sourceTitle).map(spelledName))]);
  const title =
    keys.length > 0 && figures.length > 0 ? `${listed(figures)} per ${listed(keys)}` : from === '' ? 'Query' : `Rows of ${from}`;
  return capital(title.length <= WORDS_MAX ? title : from === '' ? 'Query' : `Query over ${from}`).slice(0, WORDS_MAX);
}
