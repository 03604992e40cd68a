import { stat } from 'node:fs/promises';
import type { SourceDescription } from '@velostream/core/connect';
import { connectorError, VeloError } from '@velostream/core/connect';
import { typeText } from '@velostream/core/connect/formats';
import type {
  Coverage,
  Explorer,
  Found,
  FoundSource,
  InspectRequest,
  ListRequest,
  Peek,
  PeekRequest,
  SourceSchema,
  SourceStats,
} from '@velostream/core/protocol/explore';
import { wantsName } from '../tables/column-tags.ts';
import { filteredPeek } from '../tables/filtered-rows.ts';
import { LookLimits } from '../tables/look-limits.ts';
import { peekRows } from '../tables/peek-rows.ts';
import { chooseFormat } from './choose-format.ts';
import { ColumnFactsOf } from './column-facts.ts';
import { fileAccess } from './file-access.ts';
import type { FileContext } from './file-context.ts';
import { fileSource } from './file-source.ts';
import { endPositions, latestPosition } from './latest-position.ts';
import { fromToken, type PeekPosition, toToken } from './peek-position.ts';
import { type Limits, readRows } from './read-rows.ts';

const LIST_MAX = 1000;
const PEEK_DEFAULT = 10;
const PEEK_MAX = 1000;
const INSPECT_ROWS = 1000;
const INSPECT_ROWS_MAX = 100_000;
const TIMEOUT_MS = 30_000;
/** Files whose headers are read to count rows. */
const COUNTED_MAX = 100;

/** Files below the roots. Names are paths as FROM takes them; a pattern serves as a name, too. */
export function fileExplorer(context: FileContext): Explorer {
  context.roots.resolve(context.options.path);
  return {
    list: (request) => list(context, request),
    inspect: (name, request) => inspect(named(context, name), name, request),
    peek: (name, request) => peek(named(context, name), name, request),
    stats: (name, request) => stats(named(context, name), name, request.signal),
    tail: (name, request) => tail(named(context, name), name, request),
  };
}

const START: PeekPosition = { from: undefined, skip: 0 };

const named = (context: FileContext, path: string, more: Partial<FileContext['options']> = {}): FileContext => ({
  ...context,
  // A look takes a few rows from one place: threads that decode the whole file ahead would outlast its limits.
  options: { ...context.options, watch: false, max_records: undefined, mmap: false, ...more, path },
});

const limitsOf = ({ options }: FileContext, { timeoutMs = TIMEOUT_MS, signal }: Pick<PeekRequest, 'timeoutMs' | 'signal'>): LookLimits =>
  new LookLimits({ timeoutMs, signal, longestRecord: options.max_record_bytes });

/** What the path of the connection names: one file, the files of a pattern, or all below a folder; `.` is all below every root. */
async function list(context: FileContext, { filter, limit = LIST_MAX }: ListRequest): Promise<readonly FoundSource[]> {
  const { options, roots } = context;
  const paths =
    options.path === '.'
      ? await roots.everything()
      : await roots.expand(options.path, { recursive: true, extension: options.extension_filter });
  const wanted = wantsName(filter);
  const most = Math.min(limit, LIST_MAX);
  const found: FoundSource[] = [];
  if (/[*?[{]/.test(options.path) && paths.length > 1 && wanted(options.path)) found.push(await patternOf(context, paths));
  for (const path of paths) {
    if (found.length >= most) break;
    const name = await roots.nameOf(path);
    const info = wanted(name) ? await stat(path).catch(() => null) : null;
    if (info === null) continue;
    found.push({ ...described(context, name), sizeBytes: info.size, lastRecordAt: info.mtimeMs });
  }
  return found;
}

/** A pattern is a source of its own: all its files, one after the other. */
async function patternOf(context: FileContext, paths: readonly string[]): Promise<FoundSource> {
  let sizeBytes = 0;
  let lastRecordAt = 0;
  for (const path of paths) {
    const info = await stat(path).catch(() => null);
    sizeBytes += info?.size ?? 0;
    lastRecordAt = Math.max(lastRecordAt, info?.mtimeMs ?? 0);
  }
  return { ...described(context, context.options.path, paths[0]), sizeBytes, lastRecordAt };
}

function described({ options, formats }: FileContext, name: string, sample = name): FoundSource {
  const uri = `file://${name.split('/').map(encodeName).join('/')}`;
  try {
    return { name, kind: 'file', uri, format: chooseFormat(sample, options, formats).name };
  } catch (error) {
    if (!VeloError.is(error)) throw error;
    return { name, kind: 'file', uri };
  }
}

/** Wildcards stay readable: they are part of what FROM takes. */
const encodeName = (part: string): string => encodeURIComponent(part).replaceAll('%2A', '*');

async function inspect(context: FileContext, name: string, request: InspectRequest): Promise<Found<SourceSchema>> {
  const looking = limitsOf(context, request);
  const { signal } = looking;
  const source = fileSource({ ...context, progress: looking });
  const description = await source.describe(signal);
  const { fields, origin } = description;
  const facts = new ColumnFactsOf(fields);
  const limit = Math.min(request.maxRecords ?? INSPECT_ROWS, INSPECT_ROWS_MAX);
  const limits: Limits = { limit, looking };
  const { stoppedBy, files, bad } = await readRows(source, fields, START, limits, (batch, from, to) => {
    if (from === 0) facts.see(batch, to);
  });
  const available = stoppedBy === 'end' ? facts.rows + bad.length : await rowsIn(context, description, signal);
  const coverage: Coverage = {
    scanned: facts.rows + bad.length,
    ...(available === undefined ? {} : { available }),
    partitions: await namesOf(context, files),
    stoppedBy,
  };
  const [first] = bad;
  return {
    name,
    fields: facts.fields(),
    origin,
    coverage,
    ...(first === undefined
      ? {}
      : { warnings: [`${bad.length} of the scanned records cannot be read, such as ${first.position}: ${first.error.message}`] }),
  };
}

/** Rows of one file that says them itself. */
async function rowsIn(context: FileContext, description: SourceDescription, signal: AbortSignal): Promise<number | undefined> {
  if (description.origin !== 'declared') return undefined;
  const counted = await countRows(context, signal);
  return counted.isExact ? counted.rows : undefined;
}

const namesOf = (context: FileContext, files: readonly string[]): Promise<string[]> =>
  Promise.all(files.map((file) => context.roots.nameOf(file)));

async function peek(context: FileContext, name: string, request: PeekRequest): Promise<Found<Peek>> {
  const looking = limitsOf(context, request);
  const { signal } = looking;
  if (signal.aborted)
    return {
      name,
      columns: [],
      rows: [],
      masked: [],
      coverage: { scanned: 0, partitions: [], stoppedBy: 'cancelled', continueFrom: toToken(START) },
    };
  const source = fileSource({ ...context, progress: looking });
  const { fields } = await source.describe(signal);
  const limit = Math.min(request.limit ?? PEEK_DEFAULT, PEEK_MAX);
  if (request.filter !== undefined) {
    const columns = fields.map((field) => ({ name: field.name, type: typeText(field.type), nullable: field.nullable }));
    const filtered = { ...request, filter: request.filter };
    return filteredPeek({ host: context.host, source, name, request: filtered, columns, fields, limit, available: undefined, looking });
  }
  const start = await startOf(context, request, limit, signal);
  return shown(name, await readRows(source, fields, start, { limit, looking }), context, { fields, request });
}

type RowsRead = Awaited<ReturnType<typeof readRows>>;

async function shown(
  name: string,
  read: RowsRead,
  context: FileContext,
  { fields, request }: { readonly fields: SourceDescription['fields']; readonly request: PeekRequest },
): Promise<Found<Peek>> {
  const columns = fields.map((field) => ({ name: field.name, type: typeText(field.type), nullable: field.nullable }));
  const { rows, masked, taken, isCut } = peekRows(read.rows, { fields, columns, maxBytes: request.maxBytes });
  const stoppedBy = isCut ? 'bytes' : read.stoppedBy;
  const isMore = isCut || read.stoppedBy !== 'end';
  return {
    name,
    columns,
    rows,
    masked,
    coverage: {
      scanned: taken + read.bad.length,
      partitions: await namesOf(context, read.files),
      stoppedBy,
      ...(isMore ? { continueFrom: toToken(read.after(taken)) } : {}),
    },
  };
}

async function startOf(context: FileContext, request: PeekRequest, limit: number, signal: AbortSignal): Promise<PeekPosition> {
  const { from, continueFrom } = request;
  if (continueFrom !== undefined) return fromToken(continueFrom);
  if (from === undefined || from === 'earliest') return START;
  if (from === 'latest') return latestPosition(context, limit, signal);
  if ('offset' in from) {
    const skip = Number(from.offset);
    if (Number.isSafeInteger(skip) && skip >= 0) return { from: undefined, skip };
    throw connectorError('VS4101', { connector: 'file', option: 'from', problem: 'an offset is the number of a record' });
  }
  throw connectorError('VS4101', { connector: 'file', option: 'from', problem: 'records of files have no time of their own' });
}

/** Records where the files say them, else bytes alone: counting lines is a query. */
async function stats(context: FileContext, name: string, outer: AbortSignal | undefined): Promise<Found<SourceStats>> {
  const { signal } = limitsOf(context, { ...(outer === undefined ? {} : { signal: outer }) });
  const { rows, isExact, files, scanned, sizeBytes, times } = await countRows(context, signal);
  return {
    name,
    ...(rows === undefined ? {} : { recordCount: rows }),
    exact: isExact,
    sizeBytes,
    ...(times.length === 0 ? {} : { lastRecordAt: Math.max(...times) }),
    coverage: {
      scanned,
      available: files.length,
      partitions: await namesOf(context, files.slice(0, scanned)),
      stoppedBy: isExact ? 'end' : 'limit',
    },
  } as Found<SourceStats>;
}

async function countRows(context: FileContext, signal: AbortSignal) {
  const { options, roots, formats } = context;
  const files = await roots.expand(options.path, { recursive: options.recursive, extension: options.extension_filter });
  if (files.length === 0) throw connectorError('VS4202', { path: options.path });
  let rows: number | undefined = 0;
  let sizeBytes = 0;
  let scanned = 0;
  const times: number[] = [];
  for (const path of files) {
    const info = await stat(path);
    sizeBytes += info.size;
    times.push(info.mtimeMs);
    if (rows === undefined || scanned >= COUNTED_MAX || signal.aborted) continue;
    scanned++;
    const format = chooseFormat(path, options, formats);
    const count: number | undefined = format.access === 'random' ? await rowsOfFile(context, path, format, signal) : undefined;
    rows = count === undefined ? undefined : rows + count;
  }
  return { rows, isExact: rows !== undefined && scanned === files.length, files, scanned, sizeBytes, times };
}

async function rowsOfFile(
  { roots }: FileContext,
  path: string,
  format: Extract<ReturnType<typeof chooseFormat>, { access: 'random' }>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const handle = await roots.open(path);
  try {
    return (await format.open(await fileAccess(handle, path), signal)).rows;
  } finally {
    await handle.close();
  }
}

/** Records as they are added. Nothing is left out: what nobody asked for yet waits in the file. */
async function* tail(context: FileContext, name: string, request: PeekRequest): AsyncGenerator<Found<Peek>> {
  const never = new AbortController();
  const signal = request.signal ?? never.signal;
  const { fields } = await fileSource(context).describe(signal);
  const from = await endPositions(context);
  const follower = fileSource({ ...context, options: { ...context.options, watch: true } });
  const limit = Math.min(request.limit ?? 100, PEEK_MAX);
  const reading = { fields, system: [], predicates: [], from, signal, maxBatchRows: limit };
  for await (const part of follower.read(reading)) {
    const read = await readRows({ read: () => [part] }, fields, START, { limit, looking: { signal, stoppedBy: undefined } });
    yield await shown(name, { ...read, stoppedBy: 'end' }, context, { fields, request });
  }
}
