import type { ColumnSchema, TableSchema } from '@velostream/core/protocol';
import type { IrFilter, IrMeasure, QueryIR } from '../ir/query-ir.ts';
import { columnFacts } from '../offline/column-facts.ts';
import { singular } from '../offline/lexicon.ts';
import { splitName, stem } from '../offline/stem.ts';
import { type Bound, trimmed, type Wish, type Wishes } from './read-wishes.ts';

/** A query that words alone ask for, over fields that they name. */
export interface PlannedWish {
  readonly title: string;
  readonly ir: QueryIR;
}

export interface WishPlan {
  readonly source: string;
  readonly schema: TableSchema;
  readonly queries: readonly PlannedWish[];
  /** What could not become a query or an alert, and why. */
  readonly open: readonly string[];
}

const MEASURES =
  /^(?:length|times?|duration|latency|temperature|pressure|flow|levels?|amount|price|cost|fare|fee|revenue|volume|consumption|usage|load|cpu|memory|speed|occupancy|humidity|rainfall|rain|distance|weight|size|depth|balance|score|voltage|current|power|energy|output|throughput|yield|salary|wind|gusts?|available|availability|stock|utili[sz]ation|bandwidth|traffic|rating|age|value|quantity|turnover|profit|spend|spending|sales|income|noise|concentration|lag|height|hours|minutes|seconds|disk|vibration|salinity|ph|odds)$/i;
const AGGREGATE =
  /^(average|avg|mean|median|max(?:imum)?|highest|peak|min(?:imum)?|lowest|total|sum|p\d\d|\d\dth percentile)\s+(?:of\s+)?(?:the\s+)?(.+)$/i;
const COUNTED = /^(?:the\s+)?(?:number|count|amount)\s+of\s+(?:the\s+)?(.+)$|^(?:how many|count(?:ing)?(?: of)?|#)\s+(.+)$/i;
const RATE =
  /^(?!heart|flow|pulse|sampl|bit|frame|exchange|interest|growth|burn|data|request|message|event|arrival|air|water)(.+?)[\s-]+(?:rate|ratio|share|percentage)$/i;
const TOP = /^(?:top\s+(\d+)|top|trending|most (?:popular|active|used)|busiest|hottest)\s+(.+)$/i;
const KINDS = /^(.*\b(?:code|type|kind|categor(?:y|ie)|reason|status|method|version)s?)$/i;
const BEYOND = /\b(?:predictive|prediction|forecast\w*|anomal\w+|machine learning|ml|ai)\b/i;
const PLACES =
  /\b(?:center|centre|utility|company|scheme|business|cluster|shop|store|network|security|service|chain|office|team|site|facility|market|inventory|newsroom)$/i;

export const snake = (text: string): string =>
  splitName(text)
    .map((w) => w.replace(/[^a-z0-9]/g, ''))
    .filter(Boolean)
    .join('_');

const one = (phrase: string): string => {
  const words = phrase.trim().split(/\s+/);
  return [...words.slice(0, -1), singular(words.at(-1)?.toLowerCase() ?? '')].join(' ');
};

/** What a stream about a subject would be called: `taxi rides` → `taxi_rides`, `a call center` → `call_center_events`. */
function sourceOf(subject: string): { name: string; noun: string } {
  const plain = subject.replace(/\s+(?:for|to|from|in|at|on|by)\s.*$/i, '');
  const of = /^(.+?)\s+of\s+(.+)$/i.exec(plain)?.[2] ?? plain;
  const words = splitName(of.replace(/\b(?:analytics|monitoring|tracking|detection|analysis)\b/gi, ' ')).slice(-2);
  const last = words.at(-1) ?? 'event';
  const isMany = singular(last) !== last && !PLACES.test(of.trim());
  return { name: isMany ? words.join('_') : [...words, 'events'].join('_'), noun: isMany ? singular(last) : '' };
}

/** What a row is about: a figure alone is one of whatever it is told for. */
function thingOf(subject: string, wishes: readonly Wish[]): string {
  const counted = COUNTED.exec(subject);
  if (counted) return counted[1] ?? counted[2] ?? subject;
  const by = wishes.find((w) => w.figure === subject)?.by[0];
  return by !== undefined && (isAmount(subject) || AGGREGATE.test(subject) || RATE.test(subject)) ? by : subject;
}

class Planner {
  readonly #columns = new Map<string, ColumnSchema>();
  readonly #states = new Set<string>();
  readonly #kinds = new Set<string>();
  readonly name: string;
  readonly noun: string;

  constructor(subject: string) {
    const { name, noun } = sourceOf(subject);
    this.name = name;
    this.noun = noun;
  }

  /** A column of this name; the first to name it decides its type. */
  #column(name: string, type: string): string {
    if (!this.#columns.has(name)) this.#columns.set(name, { name, type });
    return name;
  }

  schema(): TableSchema {
    const id = `${this.noun === '' ? 'event' : this.noun}_id`;
    const named = [...this.#columns.values()].filter((c) => c.name !== id);
    return {
      eventTime: 'event_time',
      columns: [
        { name: id, type: 'STRING' },
        ...named,
        ...(this.#kinds.size > 0 ? [{ name: 'event_type', type: 'STRING', values: [...this.#kinds, 'other'] }] : []),
        ...(this.#states.size > 0 ? [{ name: 'status', type: 'STRING', values: [...this.#states, 'normal'] }] : []),
        { name: 'event_time', type: 'TIMESTAMP' },
      ],
    };
  }

  /** Rows that a plural noun speaks of: all of them, those in a state, or those of a kind. */
  #rows(phrase: string): readonly IrFilter[] {
    const words = one(phrase).toLowerCase().split(/\s+/);
    const head = words.at(-1) ?? '';
    const isOwn = this.noun !== '' && stem(head) === stem(this.noun);
    const state = words.slice(0, -1).filter((w) => !splitName(this.name).some((n) => stem(n) === stem(w)));
    if (isOwn && state.length === 0) return [];
    if (isOwn) return [this.#state(state.join('_'))];
    const kind = words.join('_').replace(/\W/g, '_');
    this.#kinds.add(kind);
    return [{ any: [{ left: 'event_type', operator: '=', values: [kind] }] }];
  }

  #state(value: string): IrFilter {
    const known = [...this.#kinds].find((k) => stem(k) === stem(value));
    if (known !== undefined) return { any: [{ left: 'event_type', operator: '=', values: [known] }] };
    const same = [...this.#states].find((s) => stem(s) === stem(value)) ?? value;
    this.#states.add(same);
    return { any: [{ left: 'status', operator: '=', values: [same] }] };
  }

  #amount(phrase: string, word: string | undefined): IrMeasure {
    const column = this.#column(snake(phrase), /\b(?:length|quantity|available)$/i.test(phrase) ? 'INTEGER' : 'FLOAT');
    const said = word?.toLowerCase() ?? '';
    const percentile = /^p?(\d\d)/.exec(said)?.[1];
    if (percentile !== undefined)
      return { kind: 'aggregate', fn: 'PERCENTILE', of: column, fraction: Number(percentile) / 100, alias: `p${percentile}_${column}` };
    const isAdditive = columnFacts(this.name, { name: column, type: 'FLOAT' }).isAdditive;
    if (/^max|highest|peak/.test(said) || (said === '' && /gust/.test(column)))
      return { kind: 'aggregate', fn: 'MAX', of: column, alias: `max_${column}` };
    if (/^min|lowest/.test(said)) return { kind: 'aggregate', fn: 'MIN', of: column, alias: `min_${column}` };
    if (said === 'median') return { kind: 'aggregate', fn: 'MEDIAN', of: column, alias: `median_${column}` };
    if (said === 'total' || said === 'sum' || (said === '' && isAdditive))
      return { kind: 'aggregate', fn: 'SUM', of: column, alias: `total_${column}` };
    return { kind: 'aggregate', fn: 'AVG', of: column, alias: `avg_${column}` };
  }

  #count(phrase: string): IrMeasure {
    const distinct = /^(?:active|unique|distinct|different)\s+(.+)$/i.exec(phrase)?.[1];
    if (distinct !== undefined && stem(one(distinct).split(' ').at(-1) ?? '') !== stem(this.noun))
      return {
        kind: 'aggregate',
        fn: 'COUNT',
        of: this.#column(`${snake(one(distinct))}_id`, 'STRING'),
        distinct: true,
        alias: snake(phrase),
      };
    const only = this.#rows(phrase);
    return only.length === 0
      ? { kind: 'aggregate', fn: 'COUNT', alias: `${snake(one(phrase))}_count` }
      : { kind: 'aggregate', fn: 'COUNT', only, alias: snake(phrase) };
  }

  /** What a figure computes; nothing where it is more than counting and measuring. */
  measure(figure: string): IrMeasure | undefined {
    const plain = figure.replace(/\s+(?:detection|monitoring|tracking|analysis|analytics|trends?|statistics|stats|counts?|numbers?)$/i, '');
    if (BEYOND.test(plain)) return undefined;
    const counted = COUNTED.exec(plain);
    if (counted) return this.#count(counted[1] ?? counted[2] ?? plain);
    const [, word, of] = AGGREGATE.exec(plain) ?? [];
    if (of !== undefined) return this.#amount(of, word);
    const rated = RATE.exec(plain)?.[1];
    if (rated !== undefined) {
      const only = [this.#state(snake(rated.replace(/[\s-]through$/i, '')))];
      const top = { kind: 'aggregate', fn: 'COUNT', only } as const;
      return { kind: 'ratio', top, bottom: { kind: 'aggregate', fn: 'COUNT' }, percent: false, alias: `${snake(rated)}_rate` };
    }
    const owner = /^(.+?)\s+of\s+.+$/i.exec(plain)?.[1] ?? plain;
    if (MEASURES.test(owner.split(/\s+/).at(-1) ?? '')) return this.#amount(owner, undefined);
    return this.#count(plain);
  }

  groups(names: readonly string[]): QueryIR['dimensions'] {
    return names.map((name) => ({ expression: this.#column(snake(name) === this.noun ? `${this.noun}_id` : snake(name), 'STRING') }));
  }
}

const limitOf = (measure: IrMeasure, bound: Bound): string =>
  `${measure.alias} ${bound.operator} ${measure.kind === 'ratio' && bound.percent ? bound.value / 100 : bound.value}`;

function planned(planner: Planner, wish: Wish): PlannedWish | undefined {
  const top = TOP.exec(wish.figure);
  const kinds = top ? undefined : KINDS.exec(wish.figure)?.[1];
  const owned = top ? undefined : /^.+?\s+of\s+(?:the\s+|all\s+|my\s+)?(.+)$/i.exec(wish.figure)?.[1];
  const ownedBy =
    owned !== undefined && wish.by.length === 0 && !COUNTED.test(wish.figure) && singular(owned) !== owned
      ? [one(owned).split(' ').at(-1) ?? '']
      : [];
  const isPlain = kinds !== undefined || (top !== null && wish.by.length === 0);
  const measure = isPlain ? EVENTS : planner.measure(top ? (wish.by[0] ?? '') : wish.figure);
  if (!measure) return undefined;
  const by = top ? [one(top[2] ?? '')] : [...wish.by, ...ownedBy, ...(kinds === undefined ? [] : [one(kinds)])];
  const bound = wish.bound ?? (wish.isAlert && measure.kind === 'aggregate' && measure.fn === 'COUNT' ? HAPPENED : undefined);
  const shown = wish.figure.replace(/^(?:count(?:ing|s)?|number)\s+(?:of\s+)?/i, '');
  const title = top
    ? trimmed(wish.figure)
    : `${shown}${by.length > 0 && ownedBy.length === 0 && kinds === undefined ? ` per ${by.join(' and ')}` : ''}`;
  return {
    title,
    ir: {
      from: { table: planner.name },
      joins: [],
      distinct: false,
      columns: [],
      dimensions: planner.groups(by),
      measures: [measure],
      where: [],
      window: { kind: 'tumbling', sizeMs: wish.everyMs ?? 300_000, time: 'event_time' },
      having: [],
      order: top ? [{ by: measure.alias, direction: 'DESC' }] : [],
      ...(top ? { limit: Number(top[1] ?? 10) } : {}),
      emit: 'CHANGES',
      alerts: bound ? [{ condition: limitOf(measure, bound), severity: 'warning' }] : [],
    },
  };
}

const EVENTS: IrMeasure = { kind: 'aggregate', fn: 'COUNT', alias: 'event_count' };
const HAPPENED: Bound = { operator: '>', value: 0, percent: false };

const stemsOf = (text: string): string[] => splitName(text).map(stem);

/** The query that an alert speaks of: by its figure, else by its groups. */
function spokenOf(queries: readonly PlannedWish[], alert: Wish): PlannedWish | undefined {
  const said = new Set(stemsOf(alert.figure));
  const overlap = (text: string): number => stemsOf(text).filter((s) => said.has(s)).length;
  const scored = queries
    .map((q) => {
      const figure = q.ir.measures[0]?.alias ?? '';
      return { q, hits: overlap(figure) * 2 + overlap(q.ir.dimensions.map((d) => d.expression).join(' ')) };
    })
    .toSorted((a, b) => b.hits - a.hits)[0];
  return scored && scored.hits > 0 ? scored.q : undefined;
}

/** "claims over 50000": single rows whose amount is beyond a limit. */
function rowAlert(planner: Planner, alert: Wish, bound: Bound): PlannedWish | undefined {
  const isRow = planner.noun !== '' && stem(alert.figure.split(/\s+/).at(-1) ?? '') === stem(planner.noun);
  const money = planner.schema().columns.find((c) => columnFacts(planner.name, c).isMoney);
  if (!isRow || !money) return undefined;
  const filter = { any: [{ left: money.name, operator: bound.operator, values: [bound.value] }] };
  const condition = `${money.name} ${bound.operator} ${bound.value}`;
  return {
    title: alert.text,
    ir: { ...EVERY_ROW, from: { table: planner.name }, where: [filter], alerts: [{ condition, severity: 'warning' }] },
  };
}

const EVERY_ROW = {
  joins: [],
  distinct: false,
  columns: [],
  dimensions: [],
  measures: [],
  having: [],
  order: [],
  emit: 'CHANGES',
} as const;

const sizeOf = ({ window }: QueryIR): number | undefined => (window?.kind === 'tumbling' ? window.sizeMs : undefined);

/** Queries, and the stream they need, from words alone. */
export function planWishes({ subject, wishes }: Wishes): WishPlan {
  const planner = new Planner(thingOf(subject, wishes));
  const queries: PlannedWish[] = [];
  const open: string[] = [];
  const add = (wish: Wish): PlannedWish | undefined => {
    const made = planned(planner, wish);
    if (!made) open.push(`"${wish.text}" is left out: it is more than counting and measuring`);
    else if (!queries.some((q) => q.title === made.title)) queries.push(made);
    return made;
  };
  for (const wish of wishes.filter((w) => !w.isAlert)) add(wish);
  for (const alert of wishes.filter((w) => w.isAlert)) {
    const { bound } = alert;
    const figure = alert.figure.replace(STATE, '').trim();
    const known = spokenOf(queries, alert);
    const measure = known?.ir.measures[0];
    const row = bound ? rowAlert(planner, alert, bound) : undefined;
    if (row) queries.push(row);
    else if (bound && known && measure && (alert.everyMs === undefined || alert.everyMs === sizeOf(known.ir))) {
      const told = { condition: limitOf(measure, bound), severity: 'warning' } as const;
      queries[queries.indexOf(known)] = { ...known, ir: { ...known.ir, alerts: [...known.ir.alerts, told] } };
    } else if (bound || (figure === alert.figure && !isAmount(figure))) add({ ...alert, figure });
    else {
      const watched = known ?? (isAmount(figure) ? add({ ...alert, figure, isAlert: false }) : undefined);
      const name = watched?.ir.measures[0]?.alias ?? 'it';
      open.push(`no limit was named for "${alert.text}", so nothing alerts on it yet; say one, as in "alert when ${name} is over 10"`);
    }
  }
  if (queries.length === 0) add({ text: subject, figure: planner.name.replaceAll('_', ' '), by: [], isAlert: false });
  return { source: planner.name, schema: planner.schema(), queries, open };
}

/** "waiting times get too long": a figure, and how it is when it is to be told. */
const STATE = /\s+(?:is|are|gets?|becomes?|goes|go|drops?|falls?|rises?|runs?|sells?|stays?|exceeds?|stops?)\b.*$/i;
const isAmount = (figure: string): boolean => MEASURES.test(figure.split(/\s+/).at(-1) ?? '');

/** Words that ask for something to be computed. */
export const isFigure = (figure: string): boolean =>
  COUNTED.test(figure) || AGGREGATE.test(figure) || RATE.test(figure) || TOP.test(figure) || isAmount(figure);
