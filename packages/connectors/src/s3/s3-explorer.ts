import type { Field } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { type Scalar, scalarAt, typeText } from '@velostream/core/connect/formats';
import type {
  Coverage,
  Explorer,
  Found,
  FoundSource,
  InspectRequest,
  ListRequest,
  Peek,
  PeekRequest,
  SourceField,
  SourceSchema,
  SourceStats,
} from '@velostream/core/protocol/explore';
import { chooseFormat } from '../files/choose-format.ts';
import { wantsName } from '../tables/column-tags.ts';
import { filteredPeek } from '../tables/filtered-rows.ts';
import { LookLimits } from '../tables/look-limits.ts';
import { continueToken, peekRows, readToken } from '../tables/peek-rows.ts';
import { hasWildcard, listObjects, type StoredObject } from './list-objects.ts';
import { notFound, type OpenStore, type S3Context } from './s3-client.ts';
import { accessOf, describeObjects, s3Source, withStore } from './s3-source.ts';

const LIST_MAX = 1000;
const PEEK_DEFAULT = 10;
const PEEK_MAX = 1000;
const SAMPLE_ROWS = 100;
const TIMEOUT_MS = 30_000;
/** Footers that are read to count rows. */
const FOOTERS_MAX = 100;

/** Objects of a bucket. Names are keys; a prefix or pattern serves as a name, too. */
export function s3Explorer(context: S3Context): Explorer {
  return {
    list: (request) => list(context, request),
    inspect: (name, request) => inspect(context, name, request),
    peek: (name, request) => peek(context, name, request),
    stats: (name, { signal }) => stats(context, name, signal),
  };
}

async function list(context: S3Context, { filter, limit = LIST_MAX }: ListRequest): Promise<readonly FoundSource[]> {
  const { key } = context.options;
  const wanted = wantsName(filter);
  const most = Math.min(limit, LIST_MAX);
  const objects = await withStore(context, (store) =>
    listObjects(store, deep(context), hasWildcard(key) || key === '' ? key : prefixOf(key), filter === undefined ? most : undefined),
  );
  return objects
    .filter((object) => wanted(object.key))
    .slice(0, most)
    .map((object) => foundObject(context, object));
}

const deep = (context: S3Context): S3Context => ({ ...context, options: { ...context.options, recursive: true } });
const prefixOf = (key: string): string => (key.endsWith('/') ? key : key);

function foundObject(context: S3Context, { key, size, modifiedAt }: StoredObject): FoundSource {
  const format = formatName(context, key);
  return {
    name: key,
    kind: 'object',
    uri: uriOf(context, key),
    sizeBytes: size,
    lastRecordAt: modifiedAt,
    ...(format === undefined ? {} : { format }),
  };
}

function formatName({ options, formats }: S3Context, key: string): string | undefined {
  try {
    return chooseFormat(key, options, formats).name;
  } catch {
    return undefined;
  }
}

/** Where the object is, without anything secret. */
function uriOf({ options }: S3Context, key: string): string {
  const query = new URLSearchParams({
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.region === 'us-east-1' ? {} : { region: options.region }),
  }).toString();
  return `s3://${options.bucket}/${key.split('/').map(encodeURIComponent).join('/')}${query === '' ? '' : `?${query}`}`;
}

const named = (context: S3Context, name: string): S3Context => ({ ...context, options: { ...context.options, key: name } });

const limitsOf = ({ options }: S3Context, { timeoutMs = TIMEOUT_MS, signal }: Pick<PeekRequest, 'timeoutMs' | 'signal'>): LookLimits =>
  new LookLimits({ timeoutMs, signal, longestRecord: options.max_record_bytes });

async function objectsNamed(store: OpenStore, context: S3Context, name: string): Promise<readonly StoredObject[]> {
  const objects = await listObjects(store, context, name);
  if (objects.length === 0) throw notFound(store.bucket, name);
  return objects;
}

async function inspect(context: S3Context, name: string, request: InspectRequest): Promise<Found<SourceSchema>> {
  const own = named(context, name);
  const looking = limitsOf(context, request);
  const { signal } = looking;
  const described = await withStore(own, async (store) => describeObjects(store, own, await objectsNamed(store, own, name), signal));
  const limit = Math.min(request.maxRecords ?? SAMPLE_ROWS, SAMPLE_ROWS);
  const { values, isEnd } = await firstRows({ ...own, progress: looking }, described.fields, { skip: 0, limit, signal });
  const fields = described.fields.map(
    (field, c): SourceField =>
      sampledField(
        field,
        values.map((row) => row[c] ?? null),
      ),
  );
  const isExact = described.origin === 'declared';
  return {
    name,
    fields,
    origin: isExact ? 'declared' : 'inferred',
    coverage: {
      scanned: isExact ? values.length : Math.max(values.length, described.coverage?.scannedRows ?? 0),
      ...(isExact && described.coverage?.complete === true ? { available: described.coverage.scannedRows } : {}),
      partitions: [name],
      stoppedBy: looking.stoppedBy ?? (isEnd || described.coverage?.complete === true ? 'end' : 'limit'),
    },
  };
}

function sampledField(field: Field, values: readonly Scalar[]): SourceField {
  const first = values.find((value) => value !== null);
  const missing = values.filter((value) => value === null).length;
  const { rows } = first === undefined ? { rows: [] } : peekRows([[first]], { fields: [field], columns: [], maxBytes: undefined });
  const shown = rows[0]?.[field.name];
  return {
    name: field.name,
    type: typeText(field.type),
    nullable: field.nullable,
    ...(shown === undefined || shown === null
      ? {}
      : { sample: (typeof shown === 'object' ? JSON.stringify(shown) : String(shown)).slice(0, 100) }),
    ...(values.length > 0 ? { nullRate: missing / values.length } : {}),
  };
}

interface RowsWanted {
  readonly skip: number;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Rows from a place on; no more is read than is needed for them. */
async function firstRows(
  context: S3Context,
  fields: readonly Field[],
  { skip, limit, signal }: RowsWanted,
): Promise<{ readonly values: readonly (readonly Scalar[])[]; readonly isEnd: boolean }> {
  const values: Scalar[][] = [];
  let passed = 0;
  const small = { ...context, options: { ...context.options, range_bytes: Math.min(context.options.range_bytes, 256 * 1024) } };
  const source = s3Source(small);
  for await (const { batch } of source.read({ fields, system: [], predicates: [], from: undefined, signal, maxBatchRows: 1024 })) {
    for (let row = 0; row < batch.length; row++) {
      if (passed++ < skip) continue;
      if (values.length >= limit) return { values, isEnd: false };
      values.push(batch.columns.map((column) => scalarAt(column, row)));
    }
  }
  return { values, isEnd: !signal.aborted };
}

async function peek(context: S3Context, name: string, request: PeekRequest): Promise<Found<Peek>> {
  if (typeof request.from === 'object')
    throw connectorError('VS4101', { connector: 's3', option: 'from', problem: 'objects are looked at from their start or their end' });
  const own = named(context, name);
  const looking = limitsOf(context, request);
  const { signal: stop } = looking;
  const limit = Math.min(request.limit ?? PEEK_DEFAULT, PEEK_MAX);
  const skip = readToken(request.continueFrom, 's3');
  const { fields } = await s3Source(own).describe(stop);
  const columns = fields.map((field) => ({ name: field.name, type: typeText(field.type), nullable: field.nullable }));
  if (request.filter !== undefined || request.from === 'latest') {
    return filteredPeek({
      host: context.host,
      source: s3Source({ ...own, progress: looking }),
      looking,
      name,
      request,
      columns,
      fields,
      limit,
      available: undefined,
    });
  }
  const { values, isEnd } = await firstRows({ ...own, progress: looking }, fields, { skip, limit, signal: stop });
  const { rows, masked, taken, isCut } = peekRows(values, { fields, columns, maxBytes: request.maxBytes });
  const isMore = !isEnd || isCut;
  const stoppedBy: Coverage['stoppedBy'] = looking.stoppedBy ?? (isCut ? 'bytes' : isMore ? 'limit' : 'end');
  return {
    name,
    columns,
    rows,
    masked,
    coverage: {
      scanned: taken,
      ...(isMore ? {} : { available: skip + taken }),
      partitions: [name],
      stoppedBy,
      ...(isMore ? { continueFrom: continueToken(skip + taken) } : {}),
    },
  };
}

/** Bytes are exact; rows too, where the footers say them. */
async function stats(context: S3Context, name: string, signal: AbortSignal = new AbortController().signal): Promise<Found<SourceStats>> {
  const own = named(context, name);
  return withStore(own, async (store) => {
    const objects = await objectsNamed(store, own, name);
    const sizeBytes = objects.reduce((sum, { size }) => sum + size, 0);
    const times = objects.map(({ modifiedAt }) => modifiedAt);
    let rows: number | undefined = 0;
    for (const object of objects.slice(0, FOOTERS_MAX)) {
      const count: number | undefined = await rowsIn(store, own, object, signal);
      rows = rows === undefined || count === undefined ? undefined : rows + count;
    }
    const isExact = rows !== undefined && objects.length <= FOOTERS_MAX;
    return {
      ...(rows === undefined ? {} : { recordCount: rows }),
      exact: isExact,
      sizeBytes,
      firstRecordAt: Math.min(...times),
      lastRecordAt: Math.max(...times),
      coverage: {
        scanned: Math.min(objects.length, FOOTERS_MAX),
        available: objects.length,
        partitions: [name],
        stoppedBy: isExact ? 'end' : 'limit',
      },
    };
  });
}

async function rowsIn(store: OpenStore, context: S3Context, object: StoredObject, signal: AbortSignal): Promise<number | undefined> {
  const format = chooseFormat(object.key, context.options, context.formats);
  return format.access === 'random' ? (await format.open(accessOf(store, context, object), signal)).rows : undefined;
}
