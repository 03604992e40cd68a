import { kafkaError, VeloError } from '@velostream/core/connect';
import { CircuitBreaker, DEFAULT_BREAKER } from '../failure/circuit-breaker.ts';
import { type RetryPolicy, retry } from '../failure/retry.ts';
import type { RegistryAnswer, RegistryRequest } from './registry-request.ts';

export type SchemaKind = 'AVRO' | 'PROTOBUF' | 'JSON';

export interface RegisteredSchema {
  readonly id: number;
  readonly kind: SchemaKind;
  readonly text: string;
  /** Schemas that it names, by the name it uses for them. */
  readonly references: ReadonlyMap<string, string>;
}

/** A schema registry with the interface of Confluent's. */
export interface SchemaRegistry {
  /** The schema with this number; null where the registry has none. Kept for good: a number never changes its schema. */
  byId(id: number, signal: AbortSignal): Promise<RegisteredSchema | null>;
  /** The newest schema of a subject; null where there is none. */
  latest(subject: string, signal: AbortSignal): Promise<RegisteredSchema | null>;
  /** The number of a schema under a subject, which is registered where it is new. */
  register(subject: string, kind: SchemaKind, text: string, signal: AbortSignal): Promise<number>;
}

export interface RegistryOptions {
  readonly request: RegistryRequest;
  readonly retry: RetryPolicy;
  now(): number;
}

const CACHED_MAX = 1_000;
/** A subject may get a newer schema; a number that is missing may come. */
const LATEST_FOR_MS = 60_000;
const MISSING_FOR_MS = 10_000;
const REFERENCES_DEPTH_MAX = 20;

interface Kept<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

export function schemaRegistry(options: RegistryOptions): SchemaRegistry {
  const breaker = new CircuitBreaker('schema registry', DEFAULT_BREAKER, options.now);
  const byId = new Map<number, Kept<RegisteredSchema | null>>();
  const latest = new Map<string, Kept<RegisteredSchema | null>>();

  const ask = (what: string, method: 'GET' | 'POST', path: string, signal: AbortSignal, body?: object): Promise<RegistryAnswer> =>
    retry(
      () =>
        breaker.run(async () => {
          const answer = await options.request(method, path, body).catch((cause: unknown) => {
            throw VeloError.is(cause) ? cause : failed(what, cause instanceof Error ? cause.message : String(cause), true, cause);
          });
          if (answer.status === 429 || answer.status >= 500) throw failed(what, `it answered ${answer.status}`, true);
          return answer;
        }),
      options.retry,
      { signal, mayHelp: (error) => VeloError.is(error) && error.details?.['mayPass'] === true },
    );

  /** Answers of 404 are kept, too, for a shorter time: a topic full of one unknown number must not become a flood of requests. */
  function keep<K>(
    cache: Map<K, Kept<RegisteredSchema | null>>,
    key: K,
    forMs: number,
    load: () => Promise<RegisteredSchema | null>,
  ): Promise<RegisteredSchema | null> {
    const now = options.now();
    const known = cache.get(key);
    if (known && now < known.until) return known.value;
    const value = load();
    cache.delete(key);
    while (cache.size >= CACHED_MAX) cache.delete(cache.keys().next().value as K);
    cache.set(key, { until: now + forMs, value });
    value.then(
      (schema) => {
        if (schema === null) cache.set(key, { until: now + Math.min(forMs, MISSING_FOR_MS), value });
      },
      () => cache.delete(key),
    );
    return value;
  }

  async function read(what: string, path: string, signal: AbortSignal, id?: number): Promise<RegisteredSchema | null> {
    const { status, body } = await ask(what, 'GET', path, signal);
    if (status === 404) return null;
    if (status !== 200) throw failed(what, status === 401 || status === 403 ? 'the login is refused' : `it answered ${status}`);
    const answer = body as { id?: unknown; schema?: unknown; schemaType?: unknown; references?: unknown } | null;
    const number = id ?? answer?.id;
    if (typeof answer?.schema !== 'string' || typeof number !== 'number') throw failed(what, 'its answer is no schema');
    const references = new Map<string, string>();
    await addReferences(answer.references, references, signal, 0);
    return { id: number, kind: kindOf(answer.schemaType), text: answer.schema, references };
  }

  async function addReferences(list: unknown, into: Map<string, string>, signal: AbortSignal, depth: number): Promise<void> {
    if (!Array.isArray(list) || depth > REFERENCES_DEPTH_MAX) return;
    for (const { name, subject, version } of list as { name: string; subject: string; version: number }[]) {
      if (into.has(name)) continue;
      const what = `schema "${subject}" version ${version}`;
      const { status, body } = await ask(what, 'GET', `/subjects/${encodeURIComponent(subject)}/versions/${version}`, signal);
      const answer = body as { schema?: unknown; references?: unknown } | null;
      if (status !== 200 || typeof answer?.schema !== 'string') throw failed(what, `it answered ${status}`);
      // What a schema needs comes before it.
      await addReferences(answer.references, into, signal, depth + 1);
      into.set(name, answer.schema);
    }
  }

  return {
    byId: (id, signal) => keep(byId, id, Number.POSITIVE_INFINITY, () => read(`schema ${id}`, `/schemas/ids/${id}`, signal, id)),
    latest: (subject, signal) =>
      keep(latest, subject, LATEST_FOR_MS, () =>
        read(`subject "${subject}"`, `/subjects/${encodeURIComponent(subject)}/versions/latest`, signal),
      ),
    async register(subject, kind, text, signal) {
      const what = `subject "${subject}"`;
      const body = { schema: text, ...(kind === 'AVRO' ? {} : { schemaType: kind }) };
      const answer = await ask(what, 'POST', `/subjects/${encodeURIComponent(subject)}/versions`, signal, body);
      const id = (answer.body as { id?: unknown } | null)?.id;
      if (answer.status === 409) throw failed(what, 'the schema is not compatible with the one before it');
      if (answer.status !== 200 || typeof id !== 'number') throw failed(what, `it answered ${answer.status}`);
      latest.delete(subject);
      return id;
    },
  };
}

const kindOf = (kind: unknown): SchemaKind => (kind === 'PROTOBUF' || kind === 'JSON' ? kind : 'AVRO');

const failed = (what: string, problem: string, mayPass = false, cause?: unknown): VeloError =>
  kafkaError('VS4813', { what, problem }, { details: { mayPass }, cause });
