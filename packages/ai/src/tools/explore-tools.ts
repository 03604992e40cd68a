import type { Coverage, Peek, SourceInfo, SourceSchema, SourceStats } from '@velostream/core/protocol/explore';
import { quoteName } from '../ir/quote.ts';
import * as f from './fields.ts';
import { fileName, findFile } from './find-file.ts';
import { defineTool, putArtifact, type Tool, type ToolContext } from './tool.ts';
import { withHint } from './with-hint.ts';

const count = (n: number | undefined): string =>
  n === undefined ? '?' : n >= 1e6 ? `${Math.round(n / 1e5) / 10}M` : n >= 1e3 ? `${Math.round(n / 100) / 10}K` : String(n);

/** A source by id, URI or bare name. */
export async function findSource(context: ToolContext, name: string): Promise<string> {
  const sources = await context.studio.sources.list({ sessionId: context.session.id });
  const exact = sources.find((s) => s.id === name || s.name === name || s.uri === name);
  if (exact) return exact.id;
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const close = sources.filter((s) => plain(s.name) === plain(name) || plain(s.name).endsWith(plain(name)));
  return close.length === 1 && close[0] ? close[0].id : name;
}

const connectSource = defineTool({
  name: 'connect_source',
  title: 'Connect a source',
  description:
    'Connects this thread to a system of streams, files or tables by URI (kafka://host:9092, file:///dir/*.csv, postgres://…). Several connections may be open.',
  aliases: ['connect_kafka'],
  risk: 'read',
  reachesOut: true,
  timeoutMs: 60_000,
  idempotent: true,
  input: f.object({
    uri: f.shortText('URI of the source, without a password where one is configured'),
    type: f.maybe(f.shortText('Connector, where the scheme does not tell')),
    format: f.maybe(f.oneOf(['json', 'jsonl', 'csv', 'parquet', 'avro', 'orc', 'protobuf'], 'Format of records')),
    options: f.maybe(f.open('Options of the connector, e.g. { "use_mmap": "true" }')),
  }),
  output: f.facts({ connectionId: f.z.string(), uri: f.z.string(), type: f.z.string(), sources: f.z.number() }),
  fromAlias: (_alias, { brokers, ...rest }) =>
    typeof brokers === 'string' ? { uri: brokers.includes('://') ? brokers : `kafka://${brokers}`, ...rest } : rest,
  async execute({ uri, type, format, options }, context) {
    const name = fileName(uri);
    const file = name === undefined ? undefined : await findFile(context, name);
    if (file?.kind === 'unclear')
      return {
        output: { kind: 'clarify', connectionId: '', uri, type: 'file', sources: 0, question: file.question, options: file.options },
        text: file.question,
      };
    const connection = await context.session.connect(file?.uri ?? uri, {
      ...(type === undefined ? {} : { type }),
      ...(format === undefined ? {} : { format }),
      options: { ...options },
      ...(context.signal ? { signal: context.signal } : {}),
    });
    const look = await lookAt(context, connection.id);
    const { sources } = look;
    return {
      output: { connectionId: connection.id, uri: connection.uri, type: connection.type, sources: sources.length },
      text: `Connected to ${connection.uri}. ${
        sources.length > 0 ? await foundText(context, look) : 'Nothing is there yet: check the address, or go on once something is.'
      }`,
    };
  },
});

const COUNT_MS = 1_500;
/** Records of a file that are read to tell how many there are, and of anything else to tell what they are. */
const COUNTED_MAX = 10_000;
const SAMPLED = 100;
const FIELDS_SHOWN = 8;
const plural = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

interface Look {
  readonly sources: readonly SourceInfo[];
  /** Where there is one source alone: its columns, or why they are not known. */
  readonly schema?: SourceSchema | (Error & { readonly hint?: string });
}

async function lookAt(context: ToolContext, connectionId: string): Promise<Look> {
  const sources = await context.studio.sources.list({ sessionId: context.session.id, connectionId }).catch(() => []);
  const [only, ...others] = sources;
  if (!only || others.length > 0) return { sources };
  const looked = only.kind === 'file' || only.kind === 'object' ? COUNTED_MAX : SAMPLED;
  const schema = await inspect(context, only.id, looked).catch((cause: unknown) => cause as Error & { readonly hint?: string });
  return { sources, schema };
}

/** What stands behind an address that was just connected, as far as it is known: of one source its rows and columns, of several their names. */
async function foundText(context: ToolContext, { sources, schema }: Look): Promise<string> {
  const [only] = sources;
  if (!only || !schema) return listText(sources);
  if (schema instanceof Error) return `Its columns are not known yet: ${withHint(schema.message, schema.hint)}`;
  const { fields, coverage, warnings = [] } = schema;
  const name = shortName(only.name);
  if (fields.length === 0 && coverage.scanned === 0) return `${name} is empty: it has no rows and no columns yet.`;
  const rows = await rowsText(context, only, coverage);
  const shown = fields.slice(0, FIELDS_SHOWN).map((field) => `${field.name} ${field.type}`);
  const columns = `${plural(fields.length, 'column')}: ${shown.join(', ')}${fields.length > FIELDS_SHOWN ? ', …' : ''}`;
  const comma = fields.find(({ type, sample }) => type === 'STRING' && /^-?\d{1,3}(?:\.?\d{3})*,\d+$/.test(sample ?? ''))?.name;
  const notes = [
    ...warnings.slice(0, 1).map((warning) => ` ${warning.replace(/[.]?$/, '.')}`),
    ...(comma === undefined
      ? []
      : [
          ` ${comma} has decimal commas and is read as text: CAST(REPLACE(REPLACE(${quoteName(comma)}, '.', ''), ',', '.') AS FLOAT) makes numbers of it.`,
        ]),
  ];
  return `${name} has ${rows}${columns}.${notes.join('')}`;
}

/** A file is called by its name, not by the way to it. */
export const shortName = (name: string): string =>
  name
    .replace(/[/\\]+$/, '')
    .split(/[/\\]/)
    .at(-1) || name;

/** Counted only where that is quick; nothing where it is not known. */
async function rowsText({ studio, session }: ToolContext, { id, recordCount }: SourceInfo, seen: Coverage): Promise<string> {
  const isWhole = seen.stoppedBy === 'end' && seen.partitions.length <= 1;
  const stats = (): Promise<SourceStats | undefined> =>
    studio.sources.stats(id, { sessionId: session.id, signal: AbortSignal.timeout(COUNT_MS) }).catch(() => undefined);
  const rows = recordCount ?? (isWhole ? seen.scanned : (await stats())?.recordCount);
  if (rows !== undefined) return `${plural(rows, 'row')} and `;
  return seen.scanned < COUNTED_MAX ? '' : `more than ${plural(COUNTED_MAX, 'row')} and `;
}

const listSources = defineTool({
  name: 'list_sources',
  title: 'List sources',
  description: 'Topics, files and tables of the connections of this thread, with partitions and record counts where the system tells them.',
  aliases: ['list_topics'],
  risk: 'read',
  artifact: 'topic-list',
  input: f.object({
    source_id: f.maybe(f.shortText('Connection to list; all by default')),
    filter: f.maybe(f.shortText('Part of a name, or a glob')),
  }),
  output: f.facts({ total: f.z.number(), sources: f.z.array(f.z.looseObject({ name: f.z.string(), kind: f.z.string() })) }),
  async execute({ source_id, filter }, context) {
    const sources = await context.studio.sources.list({
      sessionId: context.session.id,
      ...(source_id === undefined ? {} : { connectionId: source_id }),
      ...(filter === undefined ? {} : { filter }),
      ...(context.signal ? { signal: context.signal } : {}),
    });
    const parts = { by: 'list_sources', sources: sources.slice(0, 20).map((s) => s.name) };
    const isStored = sources.length > 0 && sources.every((s) => s.kind === 'file' || s.kind === 'object' || s.kind === 'table');
    const artifact = isStored
      ? await putArtifact(context, 'data-preview', { ...parts, title: 'Files and tables', data: { peeks: [listing(sources)] } })
      : await putArtifact(context, 'topic-list', {
          ...parts,
          title: sources.every((s) => s.kind === 'topic') ? 'Topics' : 'Sources',
          data: { sources, ...(source_id === undefined ? {} : { connectionId: source_id }) },
          state: sources.length === 0 ? 'empty' : 'done',
        });
    const shown = sources
      .slice(0, 50)
      .map((s) => ({ id: s.id, name: s.name, kind: s.kind, partitions: s.partitions?.length ?? null, records: s.recordCount ?? null }));
    return { output: { total: sources.length, sources: shown }, artifact, text: listText(sources), untrusted: true };
  },
});

const LISTING = [
  { name: 'name', type: 'STRING' },
  { name: 'kind', type: 'STRING' },
  { name: 'namespace', type: 'STRING' },
  { name: 'format', type: 'STRING' },
  { name: 'records', type: 'INTEGER' },
  { name: 'size', type: 'STRING' },
] as const;

const sizeOf = (bytes: number): string => {
  const unit = bytes < 1e3 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  return `${Math.round((bytes / 1e3 ** unit) * 10) / 10} ${['B', 'kB', 'MB', 'GB'][unit]}`;
};

/** Files and tables as rows: they have a size and a format, and no partitions. Of what is known of none there is no column. */
function listing(sources: readonly SourceInfo[]): Peek {
  const rows = sources.slice(0, 500).map((s) => ({
    name: shortName(s.name),
    kind: s.kind,
    namespace: s.namespace ?? null,
    format: s.format ?? null,
    records: s.recordCount ?? null,
    size: s.sizeBytes === undefined ? null : sizeOf(s.sizeBytes),
  }));
  return {
    id: 'sources',
    name: 'Files and tables',
    columns: LISTING.filter(({ name }) => rows.some((row) => row[name] !== null)),
    rows,
    masked: [],
    coverage: { scanned: sources.length, available: sources.length, partitions: [], stoppedBy: sources.length > 500 ? 'limit' : 'end' },
  };
}

function listText(sources: readonly SourceInfo[]): string {
  if (sources.length === 0) return 'Nothing is there yet. Connect a source first.';
  const shown = sources.slice(0, 5).map((source) => `${shortName(source.name)}${sizeText(source)}`);
  return `${sources.length} source${sources.length === 1 ? '' : 's'}: ${shown.join(', ')}${sources.length > 5 ? ', …' : ''}.`;
}

function sizeText({ partitions, recordCount }: SourceInfo): string {
  const parts = [
    ...(partitions ? [`${partitions.length} partition${partitions.length === 1 ? '' : 's'}`] : []),
    ...(partitions || recordCount !== undefined ? [count(recordCount)] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

const inspectSource = defineTool({
  name: 'inspect_source',
  title: 'Inspect a source',
  description: 'Fields and types of one source, declared or inferred from a bounded sample; says how many records it looked at.',
  aliases: ['inspect_topic'],
  risk: 'read',
  artifact: 'schema-viewer',
  input: f.object({ source: f.shortText('Id, name or URI'), max_records: f.maybe(f.whole('Records to sample', 1, 10_000)) }),
  output: f.facts({
    name: f.z.string(),
    fields: f.z.array(f.z.looseObject({ name: f.z.string(), type: f.z.string() })),
    scanned: f.z.number(),
  }),
  fromAlias: (_alias, { topic, ...rest }) => ({ source: topic, ...rest }),
  async execute({ source, max_records }, context) {
    const schema = await inspect(context, source, max_records);
    const artifact = await putArtifact(context, 'schema-viewer', {
      title: shortName(schema.name),
      data: { schemas: [schema] },
      by: 'inspect_source',
      sources: [schema.name],
      scanned: schema.coverage.scanned,
    });
    const fields = schema.fields.map((c) => ({
      name: c.name,
      type: c.type,
      nullable: c.nullable ?? false,
      ...(c.tags ? { tags: c.tags } : {}),
    }));
    return {
      output: { name: schema.name, fields, event_time: schema.eventTime ?? null, scanned: schema.coverage.scanned },
      artifact,
      text: schemaText(schema),
      untrusted: true,
    };
  },
});

export async function inspect(context: ToolContext, source: string, maxRecords?: number): Promise<SourceSchema> {
  const id = await findSource(context, source);
  return context.studio.sources.inspect(id, {
    sessionId: context.session.id,
    ...(maxRecords === undefined ? {} : { maxRecords }),
    ...(context.signal ? { signal: context.signal } : {}),
  });
}

const schemaText = ({ name, fields, coverage }: SourceSchema): string =>
  `${shortName(name)} has ${fields.length} field${fields.length === 1 ? '' : 's'}: ${fields
    .slice(0, 8)
    .map((c) => `${c.name} ${c.type}`)
    .join(', ')}${fields.length > 8 ? ', …' : ''}${coverage.scanned > 0 ? ` (from ${coverage.scanned} records)` : ''}.`;

const peekSource = defineTool({
  name: 'peek_source',
  title: 'Look at records',
  description: 'A few records of one source, bounded and masked where columns are tagged. Reads nothing away.',
  aliases: ['peek_messages'],
  risk: 'read',
  artifact: 'data-preview',
  input: f.object({
    source: f.shortText('Id, name or URI'),
    limit: f.maybe(f.whole('Records', 1, 200)),
    from_end: f.maybe(f.flag('The newest records; default for topics')),
    start_offset: f.maybe(f.shortText('First offset')),
    partition: f.maybe(f.whole('Partition', 0, 100_000)),
    filter: f.maybe(f.text('Boolean SQL expression over the columns')),
    beside: f.maybe(f.list(f.shortText('Id, name or URI'), 'Sources to show next to it, at most two')),
  }),
  output: f.facts({ name: f.z.string(), columns: f.z.array(f.z.string()), rows: f.z.array(f.z.unknown()), scanned: f.z.number() }),
  fromAlias: (_alias, { topic, ...rest }) => ({ source: topic, ...rest }),
  async execute(input, context) {
    const request = {
      limit: input.limit ?? 10,
      ...(input.start_offset === undefined
        ? input.from_end === undefined
          ? {}
          : { from: input.from_end ? ('latest' as const) : ('earliest' as const) }
        : { from: { offset: input.start_offset } }),
      ...(input.partition === undefined ? {} : { partition: input.partition }),
      ...(input.filter === undefined ? {} : { filter: input.filter }),
    };
    if (input.beside && input.beside.length > 0) return compare(context, [input.source, ...input.beside.slice(0, 2)], request);
    const peek = await peekAt(context, input.source, request);
    const artifact = await putArtifact(context, 'data-preview', {
      title: shortName(peek.name),
      data: { peeks: [peek] },
      by: 'peek_source',
      sources: [peek.name],
      scanned: peek.coverage.scanned,
      state: peek.rows.length === 0 ? 'empty' : 'done',
    });
    const rows = peek.rows.slice(0, 20);
    return {
      output: { name: peek.name, columns: peek.columns.map((c) => c.name), rows, scanned: peek.coverage.scanned, masked: peek.masked },
      artifact,
      text:
        peek.rows.length === 0
          ? `${shortName(peek.name)} has no records to show.`
          : `${peek.rows.length} record${peek.rows.length === 1 ? '' : 's'} of ${shortName(peek.name)}${peek.masked.length > 0 ? ` (${peek.masked.join(', ')} masked)` : ''}.${caveats([peek])}`,
      untrusted: true,
    };
  },
});

async function compare(context: ToolContext, names: readonly string[], request: Parameters<ToolContext['studio']['sources']['peek']>[1]) {
  const peeks = await Promise.all(names.map((name) => peekAt(context, name, request)));
  const artifact = await putArtifact(context, 'data-preview', {
    title: peeks.map((p) => shortName(p.name)).join(' and '),
    data: { peeks },
    by: 'peek_source',
    sources: peeks.map((p) => p.name),
    scanned: peeks.reduce((n, p) => n + p.coverage.scanned, 0),
  });
  return {
    output: {
      name: names[0] ?? '',
      columns: peeks.flatMap((p) => p.columns.map((c) => `${p.name}.${c.name}`)),
      rows: peeks.flatMap((p) => p.rows.slice(0, 5).map((row) => ({ source: p.name, ...row }))),
      scanned: peeks.reduce((n, p) => n + p.coverage.scanned, 0),
      note: hypothesis(peeks).trim(),
    },
    artifact,
    text: `${peeks.map((p) => `${p.rows.length} of ${shortName(p.name)}`).join(' beside ')}.${caveats(peeks)}${hypothesis(peeks)}`,
    untrusted: true,
  };
}

/** What the records are not, as sentences. */
const caveats = (peeks: readonly Peek[]): string =>
  peeks.flatMap(({ warnings = [] }) => warnings.map((text) => ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.`)).join('');

/** A number that is always zero on one side and never on the other is worth a word. */
function hypothesis(peeks: readonly Peek[]): string {
  for (const peek of peeks) {
    for (const column of peek.columns) {
      if (peek.rows.length < 2 || !peek.rows.every((r) => Number(r[column.name]) === 0)) continue;
      const other = peeks.find(
        (p) => p !== peek && p.rows.some((r) => Number(r[column.name]) !== 0 && Number.isFinite(Number(r[column.name]))),
      );
      if (other)
        return ` In ${peek.name} every ${column.name} is 0, while ${other.name} has values: the query between them may read another column. Paste its SQL and I will check it.`;
      return ` Every ${column.name} of ${peek.name} is 0; the query that writes it may read the wrong column. Paste its SQL and I will check it.`;
    }
  }
  return '';
}

export async function peekAt(
  context: ToolContext,
  source: string,
  request: Parameters<ToolContext['studio']['sources']['peek']>[1],
): Promise<Peek> {
  const id = await findSource(context, source);
  return context.studio.sources.peek(id, {
    ...request,
    sessionId: context.session.id,
    ...(context.signal ? { signal: context.signal } : {}),
  });
}

export const exploreTools: readonly Tool[] = [connectSource, listSources, inspectSource, peekSource];
