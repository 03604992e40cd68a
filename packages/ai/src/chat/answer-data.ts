import type { TableSchema } from '@velostream/core/protocol';
import type { SourceInfo } from '@velostream/core/protocol/explore';
import { columnFacts } from '../offline/column-facts.ts';
import { translate } from '../offline/translate.ts';
import { findSource, shortName } from '../tools/explore-tools.ts';
import { spelledName } from '../tools/spell-name.ts';
import { schemasOf } from '../tools/sql-tools.ts';
import type { ToolContext } from '../tools/tool.ts';

const SOURCES_MAX = 8;
const QUESTIONS_MAX = 6;
const WAIT_MS = 1_500;
const NEWEST = 50;

export interface Offer {
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly prompt: string }[];
}

/** The column that tells when a record is of. */
const timeOf = ({ eventTime, columns }: TableSchema): string | undefined =>
  eventTime ?? columns.find((c) => columnFacts('', c).kind === 'time')?.name;

/** Questions that can be asked of what is there, each of them understood to the last word. */
export async function askableOf(context: ToolContext, named?: string): Promise<Offer | undefined> {
  const schemas = await schemasOf(context);
  const known = Object.entries(schemas).filter(([source]) => named === undefined || source === named);
  const isStream = ([, schema]: (typeof known)[number]): boolean => timeOf(schema) !== undefined;
  // What only is looked up, such as the names of companies, says least: it comes last. Each source begins with another kind of question.
  const streams = known.filter(isStream);
  const tables = known.filter((entry) => !isStream(entry));
  const listOf = ([source, schema]: (typeof known)[number], i: number): string[] => {
    const all = questionsOf(source, schema).filter((question) => isUnderstood(question, schemas));
    const first = all.length === 0 ? 0 : i % all.length;
    return [...all.slice(first), ...all.slice(0, first)];
  };
  const taken = [...inTurn(streams.map(listOf)), ...inTurn(tables.map(listOf))].slice(0, QUESTIONS_MAX);
  if (taken.length === 0) return undefined;
  return {
    question: `Counts, sums, averages, top lists, comparisons, alerts and joins over ${[...streams, ...tables].map(([source]) => shortName(source)).join(', ')}. For example:`,
    options: taken.map((prompt) => ({ label: prompt, prompt })),
  };
}

function questionsOf(source: string, schema: TableSchema): string[] {
  const columns = schema.columns.filter((c) => c.tags === undefined || c.tags.length === 0).map((c) => columnFacts(source, c));
  const group = columns.find((c) => c.kind === 'text' && !c.isId);
  const figures = columns.filter((c) => c.kind === 'number' && !c.isId && !c.isCode);
  const average = figures[0];
  const total = figures.find((c) => c.isAdditive);
  const isStream = timeOf(schema) !== undefined;
  const name = spelledName(shortName(source));
  const by = group && spelledName(group.name);
  return [
    ...(average && by !== undefined ? [`average ${spelledName(average.name)} per ${by}${isStream ? ' every minute' : ''}`] : []),
    ...(isStream ? [`count ${name} every minute`] : []),
    ...(total && by !== undefined ? [`top 3 ${plural(by)} by ${spelledName(total.name)}`] : []),
    ...(by !== undefined ? [`count ${name} by ${by}`] : []),
  ];
}

/** One of each list, then the next of each. */
const inTurn = (lists: readonly (readonly string[])[]): string[] =>
  Array.from({ length: Math.max(0, ...lists.map((list) => list.length)) }, (_, round) =>
    lists.flatMap((list) => list.slice(round, round + 1)),
  ).flat();

const plural = (noun: string): string => (/s$/i.test(noun) ? noun : noun.replace(/y$/i, 'ie').concat('s'));

function isUnderstood(prompt: string, schemas: Readonly<Record<string, TableSchema>>): boolean {
  const made = translate({ prompt, schemas });
  return made.kind === 'sql' && made.ignored.length === 0;
}

/** When the newest record of each source is from, as far as that is known. */
export async function freshnessOf(context: ToolContext, named?: string): Promise<string> {
  const all = await context.studio.sources.list({ sessionId: context.session.id }).catch(() => []);
  const id = named === undefined ? undefined : await findSource(context, named);
  const sources = all.filter((s) => id === undefined || s.id === id);
  if (sources.length === 0) return 'Nothing is connected yet, so there is no data to be old or new.';
  const schemas = await schemasOf(context);
  const told = await Promise.all(sources.slice(0, SOURCES_MAX).map((source) => ageText(context, source, schemas[source.name])));
  const more = sources.length > SOURCES_MAX ? ` And ${sources.length - SOURCES_MAX} more.` : '';
  return `${told.join(' ')}${more}`;
}

async function ageText(context: ToolContext, source: SourceInfo, schema: TableSchema | undefined): Promise<string> {
  const name = shortName(source.name);
  const newest = await newestIn(context, source.id, schema && timeOf(schema));
  const at = newest?.at ?? source.lastRecordAt ?? (await lastRecordOf(context, source.id));
  if (at === undefined) return `${name} has no times, so its age is not known.`;
  const when = new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return `The newest record of ${name} is of ${when}, ${agoText(context.now() - at)}${newest?.isOpen ? '; it has not ended, so more may come' : ''}.`;
}

interface Newest {
  readonly at: number;
  /** It had not ended when reading stopped. */
  readonly isOpen: boolean;
}

async function newestIn({ studio, session }: ToolContext, id: string, time: string | undefined): Promise<Newest | undefined> {
  if (time === undefined) return undefined;
  const request = { sessionId: session.id, limit: NEWEST, from: 'latest' as const, timeoutMs: WAIT_MS };
  const peek = await studio.sources.peek(id, request).catch(() => undefined);
  const times = (peek?.rows ?? []).map((row) => instantOf(row[time])).filter((at) => Number.isFinite(at));
  return times.length === 0 ? undefined : { at: Math.max(...times), isOpen: peek?.coverage.stoppedBy === 'time' };
}

const instantOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint'
    ? Number(value)
    : value instanceof Date
      ? value.getTime()
      : Date.parse(String(value));

const lastRecordOf = ({ studio, session }: ToolContext, id: string): Promise<number | undefined> =>
  studio.sources.stats(id, { sessionId: session.id, signal: AbortSignal.timeout(WAIT_MS) }).then(
    (stats) => stats.lastRecordAt,
    () => undefined,
  );

const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function agoText(ms: number): string {
  if (Math.abs(ms) < 1_000) return 'just now';
  const [unit, size] = UNITS.find(([, each]) => Math.abs(ms) >= each) ?? ['second', 1_000];
  const n = Math.round(Math.abs(ms) / size);
  const span = `${n} ${unit}${n === 1 ? '' : 's'}`;
  return ms < 0 ? `${span} ahead of the clock here` : `${span} ago`;
}
