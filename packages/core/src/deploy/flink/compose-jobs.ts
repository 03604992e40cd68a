import { type AppStatement, type BoundApp, type BoundAppQuery, bindApp } from '../../apps/bind-app.ts';
import { relationLabel } from '../../apps/relation-label.ts';
import type { Span } from '../../diagnostics/span.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { AppInput } from '../../protocol/studio/app.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { Catalog } from '../../sql/catalog/catalog.ts';
import type { FlinkOptions, FlinkScript } from '../../sql/flink/index.ts';
import { type Expectation, expectationOf } from '../embedded/job-health.ts';
import { contentHash } from '../plan-hash.ts';
import { type Connection, connectionOf, type Outside } from './connection-of.ts';
import { sourceCatalog } from './source-catalog.ts';

export type FlinkPrinter = (sql: string, options: FlinkOptions) => FlinkScript;

export interface FlinkSubject {
  readonly app: AppInput;
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly sources: Readonly<Record<string, unknown>>;
  /** Name of the job and key of the state of a query, by the query's id. */
  readonly jobs: ReadonlyMap<string, { readonly job: string; readonly stateKey: string }>;
}

export interface ComposeOptions {
  readonly print: FlinkPrinter;
  /** Where streams between jobs are topics, e.g. `kafka://broker:9092`. Without it, queries that read one another by name are one job. */
  readonly streams?: string | undefined;
  /** Tells transactions of this deployment from those of an earlier one of the same name. */
  readonly life: string;
}

/** A piece of the script that stands in the user's SQL. */
interface Piece {
  readonly at: number;
  readonly length: number;
  readonly queryId: string;
  /** Where it stands in the SQL of its query. */
  readonly from: number;
}

/** One job on Flink: a query, or several that read one another by name and so share it. */
export interface FlinkJobPlan {
  readonly name: string;
  readonly queries: readonly { readonly id: string; readonly title: string; readonly job: string; readonly sql: string }[];
  /** Equal for versions that may go on from each other's state. */
  readonly stateKey: string;
  /** Equal for jobs that are the same in all. */
  readonly hash: string;
  readonly script: FlinkScript;
  readonly expected: Expectation;
  /** What stands in the way, by query. */
  readonly blockers: readonly string[];
  /** Where a part of the script stands in the user's SQL. */
  placeOf(origin: Span): { readonly queryId: string; readonly sql: string; readonly span: Span } | undefined;
}

/** The jobs of an application, in the order of their reading, each with its script for Flink. */
export function composeJobs(subject: FlinkSubject, options: ComposeOptions): readonly FlinkJobPlan[] {
  const app = bindApp(subject.app.queries, subject.schemas);
  const ordered = [...new Set(app.ordered.map((s) => s.queryId))].flatMap((id) => app.queries.find((q) => q.id === id) ?? []);
  const groups = groupsOf(ordered, app, options.streams !== undefined);
  return groups.map((queries) => new Composer(queries, app, subject, options).plan());
}

const makersOf = (app: BoundApp): ReadonlyMap<string, AppStatement> =>
  new Map(app.queries.flatMap((q) => q.statements.flatMap((s) => s.outputs.map((name) => [relationLabel(name), s] as const))));

const outsideOf = (statement: AppStatement): readonly string[] => statement.outputs.filter((name) => name.includes('://'));

/** Queries that read one another within the process would; on Flink they are one job, unless their streams are topics. */
function groupsOf(ordered: readonly BoundAppQuery[], app: BoundApp, hasTopics: boolean): readonly (readonly BoundAppQuery[])[] {
  const makers = makersOf(app);
  const groups: BoundAppQuery[][] = [];
  for (const query of ordered) {
    const read = new Set<string>();
    for (const name of query.statements.flatMap((s) => s.reads)) {
      const maker = makers.get(relationLabel(name));
      if (maker !== undefined && maker.queryId !== query.id && outsideOf(maker).length === 0 && !(hasTopics && maker.isMain))
        read.add(maker.queryId);
    }
    const joined = groups.filter((group) => group.some((other) => read.has(other.id)));
    const rest = groups.filter((group) => !joined.includes(group));
    groups.splice(0, groups.length, ...rest, [...joined.flat(), query]);
  }
  return groups;
}

class Composer {
  private readonly queries: readonly BoundAppQuery[];
  private readonly app: BoundApp;
  private readonly subject: FlinkSubject;
  private readonly o: ComposeOptions;
  private readonly connections: Record<string, Connection> = {};
  private readonly blockers: string[] = [];
  private readonly pieces: Piece[] = [];
  private text = '';

  constructor(queries: readonly BoundAppQuery[], app: BoundApp, subject: FlinkSubject, options: ComposeOptions) {
    this.queries = queries;
    this.app = app;
    this.subject = subject;
    this.o = options;
  }

  plan(): FlinkJobPlan {
    const own = this.queries.map((query) => {
      const { job = query.id, stateKey = '' } = this.subject.jobs.get(query.id) ?? {};
      return { id: query.id, title: query.title, job, sql: query.sql, stateKey };
    });
    // The last one reads from all others.
    const name = own.at(-1)?.job ?? '';
    const stateKey = own.length === 1 ? (own[0]?.stateKey ?? '') : contentHash(own.map((q) => `${q.job} ${q.stateKey}`).join('\n'));
    this.declarations();
    const further = this.queries.flatMap((query) => this.statements(query, `velo.${name}.${stateKey.slice(0, 8)}.${this.o.life}`));
    this.sources();
    for (const line of further) this.add(line);
    const catalog: Catalog = sourceCatalog(this.app.catalog, this.subject.sources);
    const script = this.printed(catalog);
    const { text, pieces } = this;
    // What it refuses for want of what stands in the way already needs no second mention.
    const refused = this.blockers.length > 0 ? [] : script.statements.filter((statement) => statement.verdict === 'refused');
    for (const { origin, reasons } of refused)
      this.blockers.push(...reasons.map((reason) => `${this.titleAt(origin)}: not on Flink, because ${lowerFirst(reason)}`));
    return {
      name,
      queries: own,
      stateKey,
      hash: contentHash(JSON.stringify([text, script.statements.map((s) => s.sql)])),
      script,
      expected: expectationOf(this.queries, this.inside()),
      blockers: [...new Set(this.blockers)],
      placeOf: (origin) => placeIn(pieces, origin, this.queries),
    };
  }

  /** What jobs of the application write, and tables. */
  private inside(): ReadonlySet<string> {
    const written = this.app.queries.flatMap((query) => query.statements.flatMap((statement) => statement.outputs));
    const tables = Object.entries(this.subject.schemas).flatMap(([name, { kind }]) => (kind === 'table' ? [name] : []));
    return new Set([...written, ...tables]);
  }

  /** SQL with a mistake of its own has no script; what is wrong is told where the application is looked at. */
  private printed(catalog: Catalog): FlinkScript {
    try {
      return this.o.print(this.text, { catalog, connections: this.connections });
    } catch (error) {
      if (!VeloError.is(error)) throw error;
      const isKnown = this.app.queries.some((query) => query.diagnostics.some((d) => d.severity === 'error'));
      if (!isKnown) this.blockers.push(`${this.queries.map((query) => query.title).join(', ')}: ${error.message}`);
      return { statements: [], verdict: 'refused', secrets: new Map() };
    }
  }

  /** What queries of the whole application declare and do not run. */
  private declarations(): void {
    for (const query of this.app.queries) {
      query.parsed.statements.forEach((statement, index) => {
        if (!query.statements.some((s) => s.index === index)) this.addOf(query, statement.span);
      });
    }
  }

  /** The statements of a query; answers with lines that write to further places. */
  private statements(query: BoundAppQuery, transactionalId: string): string[] {
    const further: string[] = [];
    for (const own of query.statements) {
      const parsed = query.parsed.statements[own.index];
      if (parsed === undefined) continue;
      const made = own.statement.kind === 'create' ? own.statement.name.text : undefined;
      if (parsed.kind === 'query' && made !== undefined) this.text += `CREATE STREAM ${quoted(made)} AS `;
      const into = intoOf(own, query.sql).map(({ uri, span }, i) => ({
        span,
        text: `'${withId(uri, `${transactionalId}.${query.id}.into${i + 1}`)}'`,
      }));
      this.addOf(query, parsed.span, into);
      if (!own.isMain) continue;
      const said = new Set(intoOf(own, query.sql).map((target) => target.uri));
      const places = this.placesOf(query, own).filter((uri) => !said.has(uri));
      places.forEach((uri, i) => {
        const written = connectionOf({ uri }, 'sink');
        const name = i === 0 ? (made ?? relationLabel(own.outputs[0] ?? query.id)) : `${made ?? query.id}-${i + 1}`;
        if (typeof written === 'string') this.blockers.push(`${query.title}: Flink cannot write to "${bare(uri)}": ${written}`);
        else
          this.connections[name] = isKafka(written)
            ? { 'transactional.id': `${transactionalId}.${query.id}${i === 0 ? '' : `.${i + 1}`}`, ...written }
            : written;
        if (i > 0 && made !== undefined) further.push(`CREATE STREAM ${quoted(name)} AS SELECT * FROM ${quoted(made)};\n`);
      });
    }
    return further;
  }

  /** Where the rows of a query go: outside, or to a topic of the deployment. */
  private placesOf(query: BoundAppQuery, own: AppStatement): readonly string[] {
    const outside = outsideOf(own);
    if (outside.length > 0 || hasOwnSink(own)) return outside;
    const label = relationLabel(own.outputs[0] ?? query.id);
    if (this.o.streams !== undefined) return [`${this.o.streams.replace(/\/+$/, '')}/${encodeURIComponent(label)}`];
    const isRead = this.queries.some(
      (q) => q.id !== query.id && q.statements.some((s) => s.reads.some((name) => relationLabel(name) === label)),
    );
    if (!isRead)
      this.blockers.push(`${query.title}: its rows go to no system outside; give it a sink such as kafka://broker:9092/${label}`);
    return [];
  }

  /** Properties of what is read from outside: sources of the session, and what other jobs of the application write. */
  private sources(): void {
    const makers = makersOf(this.app);
    const here = new Set(this.queries.map((query) => query.id));
    for (const query of this.queries) {
      for (const name of new Set(query.statements.flatMap((s) => s.reads))) {
        const maker = makers.get(relationLabel(name));
        if (maker !== undefined && here.has(maker.queryId)) continue;
        const outside = maker === undefined ? this.inputOf(name) : this.outputOf(maker, name);
        if (outside === undefined) continue;
        const read = typeof outside === 'string' ? outside : connectionOf(outside, 'source');
        if (typeof read === 'string') this.blockers.push(`${query.title}: Flink cannot read "${bare(name)}": ${read}`);
        else
          this.connections[name] = {
            'group.id': `velo.${this.subject.jobs.get(query.id)?.job ?? query.id}`,
            ...(maker === undefined ? {} : FROM_START),
            ...read,
          };
      }
    }
  }

  private outputOf(maker: AppStatement, name: string): Outside | string | undefined {
    if (name.includes('://')) return { uri: name };
    const query = this.app.queries.find((q) => q.id === maker.queryId) as BoundAppQuery;
    const [uri] = this.o.streams === undefined ? outsideOf(maker) : this.placesOf(query, maker);
    return uri === undefined ? 'it is written to no system outside' : { uri };
  }

  private inputOf(name: string): Outside | string | undefined {
    if (name.includes('://')) return { uri: name };
    const input = this.subject.sources[name];
    if (typeof input !== 'object' || input === null) return undefined;
    return 'uri' in input && typeof input.uri === 'string' ? (input as Outside) : 'its rows are within this process';
  }

  /** A statement as the user wrote it, but for what stands in its stead. */
  private addOf(query: BoundAppQuery, span: Span, instead: readonly { readonly span: Span; readonly text: string }[] = []): void {
    let from = span.start;
    for (const each of [...instead, { span: { start: span.end, end: span.end }, text: '' }]) {
      const { start, end } = each.span;
      this.pieces.push({ at: this.text.length, length: start - from, queryId: query.id, from });
      this.text += `${query.sql.slice(from, start)}${each.text}`;
      from = end;
    }
    this.text += ';\n';
  }

  private add(line: string): void {
    this.text += line;
  }

  private titleAt(origin: Span): string {
    const found = placeIn(this.pieces, origin, this.queries);
    return this.queries.find((query) => query.id === found?.queryId)?.title ?? this.queries.at(-1)?.title ?? '';
  }
}

function placeIn(pieces: readonly Piece[], origin: Span, queries: readonly BoundAppQuery[]): ReturnType<FlinkJobPlan['placeOf']> {
  const touched = pieces.filter((each) => origin.end > each.at && origin.start < each.at + each.length);
  const [first] = touched;
  const last = touched.findLast((each) => each.queryId === first?.queryId);
  const query = queries.find((each) => each.id === first?.queryId);
  if (first === undefined || last === undefined || query === undefined) return undefined;
  const put = (piece: Piece, at: number): number => piece.from + Math.min(piece.length, Math.max(0, at - piece.at));
  return { queryId: query.id, sql: query.sql, span: { start: put(first, origin.start), end: put(last, origin.end) } };
}

/** Kafka topics that a statement names itself, where its SQL is as it was written. */
function intoOf({ statement }: AppStatement, sql: string): readonly { readonly uri: string; readonly span: Span }[] {
  const query = statement.kind === 'create' || statement.kind === 'query' ? statement.query : undefined;
  const targets = (query?.into ?? []).flatMap((target) => (target.kind === 'uri' ? [{ uri: target.uri, span: target.span }] : []));
  return targets.filter(({ uri, span }) => /^kafka/i.test(uri) && sql.slice(span.start, span.end) === `'${uri}'`);
}

/** Its transactions have an id of their own, unless it names one. */
const withId = (uri: string, id: string): string =>
  /[?&]transactional\.id=/.test(uri) ? uri : `${uri}${uri.includes('?') ? '&' : '?'}transactional.id=${encodeURIComponent(id)}`;

/** A query takes all that the one before it writes, whichever of them starts first. */
const FROM_START: Connection = { 'auto.offset.reset': 'earliest' };
const isKafka = (connection: Connection): boolean => connection['type'] === 'kafka_sink';
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const bare = (uri: string): string => uri.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');
const lowerFirst = (text: string): string => text.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()).replace(/\.$/, '');

/** Whether the properties of a statement already say where its rows go. */
function hasOwnSink({ statement }: AppStatement): boolean {
  const query = statement.kind === 'create' || statement.kind === 'query' ? statement.query : undefined;
  return query?.properties.some((p) => p.key.endsWith('.type') && /_sink$/.test(String(p.value))) === true;
}
