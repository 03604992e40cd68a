import type { TableSchema } from '@velostream/core/protocol';
import type { AppInput } from '@velostream/core/protocol/deploy';
import { type ColumnRef, columnFacts, isMeasure } from '../offline/column-facts.ts';
import { lexiconOf, singular } from '../offline/lexicon.ts';
import { errorsIn } from '../offline/meaning.ts';
import { stem } from '../offline/stem.ts';
import { translate } from '../offline/translate.ts';
import { headingOf } from '../tools/spell-name.ts';

type Query = AppInput['queries'][number];

const words = (text: string): string => text.replaceAll('_', ' ').replaceAll('-', ' ');
const metricName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9_]+/g, '_');

interface Wish {
  readonly name: string;
  readonly prompt: string;
  readonly sink: string;
  readonly description: string;
  readonly metric: {
    readonly name: string;
    readonly type: 'counter' | 'gauge';
    readonly field?: RegExp;
    readonly labels: readonly string[];
  };
  readonly alert?: { readonly field: RegExp; readonly above: number };
}

const TELLING = /region|country|status|type|category|service|symbol|site|product|channel|device|host|method|merchant/;

/** A dimension that is worth a panel: few values, or a name that says so. */
function dimensionOf(source: string, columns: readonly ColumnRef[]): ColumnRef | undefined {
  const candidates = columns.filter(
    (c) => (c.kind === 'text' || c.kind === 'boolean') && !/message|body|url|email|description|agent|comment/.test(c.name),
  );
  const few = candidates.filter((c) => (c.schema.values?.length ?? 99) <= 20);
  return (
    few.find((c) => !c.isId && TELLING.test(c.name)) ??
    few.find((c) => !c.isId) ??
    candidates.find((c) => !c.isId && TELLING.test(c.name)) ??
    candidates.find((c) => !c.isId) ??
    candidates.find((c) => !isRowId(source, c, candidates))
  );
}

/** `parcel_id` of parcels, or the first of several ids: another one for each row. */
const isRowId = (source: string, c: ColumnRef, all: readonly ColumnRef[]): boolean =>
  c.isId &&
  (c.name.toLowerCase() === 'id' ||
    stem(c.words.slice(0, -1).join(' ')) === stem(singular(source.split(/[^a-z0-9]+/i).at(-1) ?? '')) ||
    (all.filter((x) => x.isId)[0] === c && all.filter((x) => x.isId).length > 1));

/** `total_beds`: a figure already, and not one that adds up over rows. */
const isTotal = (c: ColumnRef): boolean =>
  /^(?:total|sum|avg|average|max|min|count|num)$/.test(c.words[0] ?? '') &&
  c.words.length > 1 &&
  !columnFacts(c.table, { ...c.schema, name: c.words.slice(1).join('_') }).isMoney;

function wishesFor(source: string, schema: TableSchema): Wish[] {
  const columns = schema.columns.map((c) => columnFacts(source, c));
  const by = dimensionOf(source, columns);
  const labels = by ? [by.name] : [];
  const per = by ? ` per ${words(by.name)}` : '';
  const noun = headingOf(source);
  const main = columns
    .filter(isMeasure)
    .toSorted((a, b) => Number(b.isMoney) - Number(a.isMoney) || Number(isTotal(a)) - Number(isTotal(b)))[0];
  const other = columns.filter(isMeasure).find((c) => c !== main && !c.isAdditive);
  const wishes: Wish[] = [
    {
      name: `${noun} Rate`,
      prompt: `count ${words(source)}${per} every minute`,
      sink: `${source}-rate`,
      description: `How many rows arrive per minute${per}.`,
      metric: { name: `${metricName(source)}_rate`, type: 'gauge', field: /_count$/, labels },
    },
  ];
  if (main) {
    const fn = main.isAdditive && !isTotal(main) ? 'total' : 'average';
    wishes.push({
      name: `${headingOf(main.name)} ${fn === 'total' ? 'Totals' : 'Averages'}`,
      prompt: `${fn} ${words(main.name)}${per} every 5 minutes`,
      sink: `${source}-${main.name.replaceAll('_', '-')}`,
      description: `The ${fn} ${words(main.name)}${per} in windows of five minutes.`,
      metric: {
        name: `${fn}_${metricName(main.name)}`,
        type: 'gauge',
        field: new RegExp(`^(total|avg)_${main.name.toLowerCase()}`),
        labels,
      },
    });
    if (by)
      wishes.push({
        name: `Top ${headingOf(by.name)}`,
        prompt: `top 10 ${words(by.name)} by ${fn} ${words(main.name)} every 5 minutes`,
        sink: `${source}-top-${by.name.replaceAll('_', '-')}`,
        description: `The ten with the most ${words(main.name)}.`,
        metric: { name: `top_${metricName(by.name)}`, type: 'gauge', field: /^(total|avg)_/, labels },
      });
  }
  const lexicon = lexiconOf({ [source]: schema });
  if (lexicon.tables[0] && errorsIn(lexicon.tables[0]))
    wishes.push({
      name: `${headingOf(singular(words(source)))} Error Rate`,
      prompt: `error rate${per} every minute`,
      sink: `${source}-errors`,
      description: `Share of rows that failed${per}.`,
      metric: { name: `${metricName(source)}_error_rate`, type: 'gauge', field: /error_rate/, labels },
      alert: { field: /error_rate/, above: 0.05 },
    });
  if (other)
    wishes.push({
      name: `${headingOf(other.name)} Spread`,
      prompt: `average and max ${words(other.name)}${per} every 5 minutes`,
      sink: `${source}-${other.name.replaceAll('_', '-')}`,
      description: `Average and highest ${words(other.name)}${per}.`,
      metric: { name: `max_${metricName(other.name)}`, type: 'gauge', field: new RegExp(`^max_${other.name.toLowerCase()}`), labels },
    });
  return wishes;
}

const aliasesOf = (sql: string): string[] => [...sql.matchAll(/\bAS (\w+)/g)].map((m) => m[1] ?? '').filter((a) => !/^window_/.test(a));

/** Queries worth having over a source that no template knows: rate, totals, ranking, errors, spread. Each with a metric. */
export function planQueries(source: string, schemas: Readonly<Record<string, TableSchema>>, max: number): Query[] {
  const schema = schemas[source];
  if (!schema) return [];
  const queries: Query[] = [];
  for (const wish of wishesFor(source, schema)) {
    if (queries.length >= max) break;
    const made = translate({ prompt: wish.prompt, schemas: { [source]: schema } });
    if (made.kind !== 'sql') continue;
    const aliases = aliasesOf(made.sql);
    const field = wish.metric.field ? aliases.find((a) => wish.metric.field?.test(a)) : undefined;
    const lines = [
      `-- @metric: ${wish.metric.name}`,
      `-- @metric_type: ${wish.metric.type}`,
      ...(wish.metric.labels.length > 0 ? [`-- @metric_labels: ${wish.metric.labels.join(', ')}`] : []),
      ...(field === undefined ? [] : [`-- @metric_field: ${field}`]),
    ];
    const alertField = wish.alert ? aliases.find((a) => wish.alert?.field.test(a)) : undefined;
    if (wish.alert && alertField !== undefined) lines.push(`-- @alert: ${alertField} > ${wish.alert.above}`, '-- @alert_severity: warning');
    queries.push({
      id: `q${queries.length + 1}`,
      name: wish.name,
      description: wish.description,
      sink: wish.sink,
      sql: `${lines.join('\n')}\n${made.sql}`,
    });
  }
  return queries;
}
