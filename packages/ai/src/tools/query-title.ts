import type { ValidationReport } from '@velostream/core/protocol/studio';

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

/** A title for a query: the words that asked for it, or what it computes. */
export function queryTitle(prompt: string | undefined, report: ValidationReport | undefined): string {
  const words = prompt?.trim().replace(/\s+/g, ' ') ?? '';
  if (words !== '' && words.length <= WORDS_MAX) return capital(words);
  const { groupBy = [], sources = [] } = report?.outline ?? {};
  const isBound = (name: string): boolean => /^_?window_(start|end)$/i.test(name);
  const keys = groupBy.filter((name) => !isBound(name));
  const figures = (report?.columns ?? []).map(({ name }) => name).filter((name) => !groupBy.includes(name) && !isBound(name));
  const from = listed([...new Set(sources.map(sourceTitle))]);
  const title =
    keys.length > 0 && figures.length > 0 ? `${listed(figures)} per ${listed(keys)}` : from === '' ? 'Query' : `Rows of ${from}`;
  return capital(title.length <= WORDS_MAX ? title : from === '' ? 'Query' : `Query over ${from}`).slice(0, WORDS_MAX);
}
