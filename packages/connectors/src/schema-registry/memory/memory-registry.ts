import { VeloError } from '@velostream/core/connect';
import type { RegistryAnswer, RegistryRequest } from '../registry-request.ts';
import { type SchemaKind, type SchemaRegistry, schemaRegistry } from '../schema-registry.ts';
import { type CompatibilityLevel, LEVELS } from './compatibility.ts';
import { loadProtoRules } from './proto-compatibility.ts';
import { type NewSchema, type Reference, RegistryFault, RegistryStore, type Version } from './registry-store.ts';

/** A schema registry in the memory of this process. */
export interface MemoryRegistry {
  /** A request of its REST interface; never rejects, faults are answers as those of a server. */
  readonly request: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<RegistryAnswer>;
  /** The same as a fetch handler, for programs that speak HTTP. */
  fetch(request: Request): Promise<Response>;
  /** The client that connectors use, on this registry. */
  client(): SchemaRegistry;
}

const KINDS: readonly SchemaKind[] = ['AVRO', 'PROTOBUF', 'JSON'];
const NO_RETRY = { retriesMax: 0, firstDelayMs: 0, delayMaxMs: 0 };
const FRESH_MS = 3_600_000;
const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';

/**
 * A schema registry without a server, with the REST semantics of Confluent's: subjects, versions, numbers that stand for one schema wherever it is
 * registered, soft deletes, and compatibility NONE, BACKWARD, FORWARD and FULL, each also transitive, by the rules of Confluent for Avro, JSON Schema and
 * Protobuf (which needs the package `protobufjs`).
 *
 * @example
 * const registry = memoryRegistry();
 * const engine = createEngine({ connectors: [kafka({ registry: registry.client() })] });
 */
export function memoryRegistry(options: { readonly compatibility?: CompatibilityLevel } = {}): MemoryRegistry {
  const store = new RegistryStore();
  if (options.compatibility !== undefined) store.global = options.compatibility;
  const request: MemoryRegistry['request'] = async (method, path, body) => {
    try {
      const { pathname, searchParams } = new URL(path.replace(/^\/?/, '/'), 'memory://registry');
      if ((body as { schemaType?: unknown } | undefined)?.schemaType === 'PROTOBUF') store.protobuf ??= await loadProtoRules();
      const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
      return { status: 200, body: route(store, `${method} ${parts[0] ?? ''}`, parts.slice(1), body ?? {}, searchParams) };
    } catch (error) {
      // A package that is missing is told as a server tells that it cannot work.
      if (VeloError.is(error)) return { status: 500, body: { error_code: 50001, message: error.message } };
      if (!(error instanceof RegistryFault)) throw error;
      return { status: error.status, body: { error_code: error.code, message: error.message } };
    }
  };
  return {
    request,
    client: () => {
      const ask: RegistryRequest = (method, path, body) => request(method, path, body);
      let now = 0;
      // What the client keeps to spare a server is asked for again each time.
      return schemaRegistry({ request: ask, retry: NO_RETRY, now: () => (now += FRESH_MS) });
    },
    async fetch(incoming) {
      const { pathname, search } = new URL(incoming.url);
      const text = await incoming.text();
      const method = incoming.method as 'GET';
      const { status, body } = await request(method, pathname + search, text === '' ? undefined : (JSON.parse(text) as object));
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': CONTENT_TYPE } });
    },
  };
}

function route(store: RegistryStore, call: string, parts: readonly string[], body: object, query: URLSearchParams): unknown {
  switch (call) {
    case 'GET subjects':
    case 'POST subjects':
    case 'DELETE subjects':
      return subjects(store, call.slice(0, call.indexOf(' ')), parts, body);
    case 'GET schemas':
      return schemas(store, parts);
    case 'GET config':
    case 'PUT config':
    case 'DELETE config':
      return config(store, call.slice(0, call.indexOf(' ')), parts[0], body, query);
    case 'POST compatibility':
      return compatibility(store, parts, body);
    default:
      throw new RegistryFault(404, 'HTTP 404 Not Found');
  }
}

function subjects(store: RegistryStore, method: string, parts: readonly string[], body: object): unknown {
  const [subject, list, version, part] = parts;
  if (subject === undefined) return method === 'GET' ? store.names() : notFound();
  if (list === undefined) {
    if (method === 'DELETE') return store.remove(subject);
    return method === 'POST' ? described(store.find(subject, schemaOf(body))) : notFound();
  }
  if (list !== 'versions') return notFound();
  if (version === undefined) {
    if (method === 'POST') return { id: store.register(subject, schemaOf(body)) };
    return method === 'GET' ? store.versions(subject).map((v) => v.version) : notFound();
  }
  const found = store.version(subject, version);
  if (method === 'DELETE') return store.remove(subject, found)[0];
  if (method !== 'GET') return notFound();
  return part === 'schema' ? textAsJson(found.text) : described(found);
}

function schemas(store: RegistryStore, [kind, id, part]: readonly string[]): unknown {
  if (kind === 'types') return ['JSON', 'PROTOBUF', 'AVRO'];
  if (kind !== 'ids' || id === undefined || !/^\d+$/.test(id)) return notFound();
  const number = Number(id);
  if (part === 'versions') return store.uses(number).map(({ subject, version }) => ({ subject, version }));
  if (part === 'subjects') return [...new Set(store.uses(number).map((v) => v.subject))];
  return plain(store.schema(number));
}

function config(store: RegistryStore, method: string, subject: string | undefined, body: object, query: URLSearchParams): unknown {
  if (method === 'GET') {
    if (subject === undefined) return { compatibilityLevel: store.global };
    return { compatibilityLevel: query.get('defaultToGlobal') === 'true' ? store.level(subject) : store.ownLevel(subject) };
  }
  if (method === 'DELETE') {
    if (subject === undefined) return notFound();
    const compatibilityLevel = store.ownLevel(subject);
    store.setLevel(subject, null);
    return { compatibilityLevel };
  }
  const level = (body as { compatibility?: unknown }).compatibility;
  if (!LEVELS.includes(level as CompatibilityLevel))
    throw new RegistryFault(42203, `Invalid compatibility level. Valid values are ${LEVELS.join(', ').toLowerCase()}`);
  if (subject === undefined) store.global = level as CompatibilityLevel;
  else store.setLevel(subject, level as CompatibilityLevel);
  return { compatibility: level };
}

function compatibility(store: RegistryStore, [kind, subject, list, version]: readonly string[], body: object): unknown {
  if (kind !== 'subjects' || subject === undefined || list !== 'versions') return notFound();
  const isLatest = version === 'latest' || version === '-1';
  // A subject without a version takes any schema.
  const against = version === undefined || (isLatest && !store.has(subject)) ? undefined : store.version(subject, version);
  const problems = store.problems(subject, schemaOf(body), against);
  return { is_compatible: problems.length === 0, ...(problems.length > 0 ? { messages: problems } : {}) };
}

function schemaOf(body: object): NewSchema {
  const { schema, schemaType = 'AVRO', references } = body as { schema?: unknown; schemaType?: unknown; references?: unknown };
  if (typeof schema !== 'string') throw new RegistryFault(42201, 'Empty schema');
  if (!KINDS.includes(schemaType as SchemaKind)) throw new RegistryFault(42201, `Invalid schema type ${String(schemaType)}`);
  const list = Array.isArray(references) ? (references as readonly Reference[]) : [];
  return { kind: schemaType as SchemaKind, text: schema, references: list };
}

const plain = ({ kind, text, references }: NewSchema): object => ({
  ...(kind === 'AVRO' ? {} : { schemaType: kind }),
  schema: text,
  ...(references.length > 0 ? { references } : {}),
});

const described = (v: Version): object => ({ subject: v.subject, version: v.version, id: v.id, ...plain(v) });

const textAsJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const notFound = (): never => {
  throw new RegistryFault(404, 'HTTP 404 Not Found');
};
