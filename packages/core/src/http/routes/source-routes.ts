import { unknownStudioSource } from '../../diagnostics/codes/studio.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import {
  connectRequest,
  connectResponse,
  declareRequest,
  inspectQuery,
  listQuery,
  peekQuery,
  sessionQuery,
} from '../../protocol/schemas/work.ts';
import type { Peek, PeekRequest, SourceInfo, SourceSchema } from '../../protocol/studio/exploration.ts';
import type { ConnectOptions } from '../../protocol/studio/session.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';
import { type Route, type RouteContext, route } from '../route.ts';
import { sseResponse } from '../sse.ts';
import { defined } from './defined.ts';
import { notebookState } from './notebook-state.ts';

interface Refs {
  readonly session_id?: string | undefined;
  readonly notebook_id?: string | undefined;
}
const sessionOf = (context: Pick<RouteContext, 'session'>, q: Refs) => context.session(q.session_id ?? q.notebook_id);

export const sourceRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/connect',
    summary: 'Connects a source by URI',
    tag: 'sources',
    risk: 'write',
    body: connectRequest,
    response: connectResponse,
    async handle(context) {
      const { uri, type, format, options, as } = context.body;
      const s = await sessionOf(context, context.body);
      const connection = await s.connect(uri, { ...defined({ type, format, options, as }), signal: context.signal } as ConnectOptions);
      return {
        connected: true,
        source_id: connection.id,
        uri: connection.uri,
        type: connection.type,
        details: connection.details ?? {},
        connection: toWire(connection),
        ...notebookState(s),
      };
    },
  }),
  route({
    method: 'DELETE',
    path: '/connections/{id}',
    summary: 'Lets go of a connection',
    tag: 'sources',
    risk: 'write',
    response: answers.disconnected,
    query: sessionQuery,
    async handle(context) {
      const s = await sessionOf(context, context.query);
      await s.disconnect(context.params['id'] ?? '');
      return { disconnected: true, ...notebookState(s) };
    },
  }),
  route({
    method: 'POST',
    path: '/declare',
    summary: 'Says what columns a name has, without connecting it',
    tag: 'sources',
    risk: 'write',
    response: answers.declared,
    body: declareRequest,
    async handle(context) {
      const s = await sessionOf(context, context.body);
      await s.declare(context.body.name, fromWire(context.body.schema) as TableSchema);
      return { declared: context.body.name, ...notebookState(s) };
    },
  }),
  ...listRoutes(),
  ...itemRoutes('/sources', 'id'),
  ...itemRoutes('/topics', 'name'),
  route({
    method: 'GET',
    path: '/consumers',
    summary: 'Consumer groups with their lag',
    tag: 'sources',
    risk: 'read',
    response: answers.consumers,
    query: listQuery,
    async handle(context) {
      const s = await sessionOf(context, context.query);
      const consumers = await context.studio.sources.consumers(undefined, { sessionId: s.id, signal: context.signal });
      return { consumers: toWire(consumers), total: consumers.length };
    },
  }),
];

function listRoutes(): Route[] {
  const list = async (
    context: RouteContext<undefined, Record<string, never> & Refs & { filter?: string; limit?: number; connection_id?: string }>,
  ) => {
    const s = await sessionOf(context, context.query);
    const { filter, limit, connection_id: connectionId } = context.query;
    return context.studio.sources.list({ sessionId: s.id, signal: context.signal, ...defined({ filter, limit, connectionId }) });
  };
  return [
    route({
      method: 'GET',
      path: '/sources',
      summary: 'What connections hold',
      tag: 'sources',
      risk: 'read',
      response: answers.sources,
      query: listQuery,
      async handle(context) {
        const sources = await list(context as never);
        return { sources: toWire(sources), total: sources.length };
      },
    }),
    route({
      method: 'GET',
      path: '/topics',
      summary: 'Topics with partitions and counts',
      tag: 'sources',
      risk: 'read',
      response: answers.topics,
      query: listQuery,
      async handle(context) {
        const topics = (await list(context as never)).filter((s) => s.kind === 'topic');
        return { topics: topics.map(topicInfo), total: topics.length };
      },
    }),
  ];
}

const topicInfo = (s: SourceInfo) => ({
  name: s.name,
  partitions: (s.partitions ?? []).map((p) => toWire(p)),
  total_messages: s.recordCount ?? 0,
  is_test_topic: s.isTest ?? false,
});

/** Routes of one source; topics answer in their own, older shapes. */
function itemRoutes(base: '/sources' | '/topics', param: string): Route[] {
  const isTopic = base === '/topics';
  const idOf = (context: Pick<RouteContext, 'params'>) => context.params[param] ?? '';
  return [
    route({
      method: 'GET',
      path: `${base}/{${param}}`,
      summary: 'One of them',
      tag: 'sources',
      risk: 'read',
      response: isTopic ? answers.topic : answers.source,
      query: listQuery,
      async handle(context) {
        const s = await sessionOf(context, context.query);
        const all = await context.studio.sources.list({ sessionId: s.id });
        const id = idOf(context);
        const found = all.find((source) => source.id === id) ?? all.find((source) => source.name === id);
        if (!found)
          throw unknownStudioSource(
            id,
            all.map((source) => source.name),
          );
        return isTopic ? topicInfo(found) : { source: toWire(found) };
      },
    }),
    route({
      method: 'GET',
      path: `${base}/{${param}}/schema`,
      summary: 'Fields, found from samples or a registry, with their coverage',
      tag: 'sources',
      risk: 'read',
      response: isTopic ? answers.topicSchema : answers.sourceSchema,
      query: inspectQuery,
      async handle(context) {
        const s = await sessionOf(context, context.query);
        const { max_records: maxRecords, timeout_ms: timeoutMs } = context.query;
        const schema = await context.studio.sources.inspect(idOf(context), {
          sessionId: s.id,
          signal: context.signal,
          ...defined({ maxRecords, timeoutMs }),
        });
        return isTopic ? topicSchema(schema) : { schema: toWire(schema), fields: toWire(schema.fields) };
      },
    }),
    route({
      method: 'GET',
      path: `${base}/{${param}}/${isTopic ? 'messages' : 'preview'}`,
      summary: 'Some records, with their coverage',
      tag: 'sources',
      risk: 'read',
      response: isTopic ? answers.messages : answers.peek,
      query: peekQuery,
      async handle(context) {
        const s = await sessionOf(context, context.query);
        const peek = await context.studio.sources.peek(idOf(context), {
          ...peekRequest(context.query),
          sessionId: s.id,
          signal: context.signal,
        });
        return isTopic ? topicMessages(peek) : { peek: toWire(peek), rows: peek.rows };
      },
    }),
    ...(isTopic
      ? []
      : [
          tailRoute(),
          route({
            method: 'GET',
            path: `${base}/{${param}}/stats`,
            summary: 'Record count, size, partitions',
            tag: 'sources',
            risk: 'read',
            response: answers.stats,
            query: sessionQuery,
            async handle(context) {
              const s = await sessionOf(context, context.query);
              return { stats: toWire(await context.studio.sources.stats(idOf(context), { sessionId: s.id, signal: context.signal })) };
            },
          }),
          route({
            method: 'GET',
            path: `${base}/{${param}}/consumers`,
            summary: 'Consumer groups of one source',
            tag: 'sources',
            risk: 'read',
            response: answers.consumers,
            query: sessionQuery,
            async handle(context) {
              const s = await sessionOf(context, context.query);
              const consumers = await context.studio.sources.consumers(idOf(context), { sessionId: s.id, signal: context.signal });
              return { consumers: toWire(consumers), total: consumers.length };
            },
          }),
        ]),
  ];
}

function tailRoute(): Route {
  return route({
    method: 'GET',
    path: '/sources/{id}/tail',
    produces: 'text/event-stream',
    summary: 'Records as they come, as server-sent events',
    tag: 'sources',
    risk: 'read',
    query: peekQuery,
    async handle(context) {
      const s = await sessionOf(context, context.query);
      const request = { ...peekRequest(context.query), sessionId: s.id };
      const peeks = context.studio.sources.tail(context.params['id'] ?? '', { ...request, signal: context.signal })[Symbol.asyncIterator]();
      // The first one is waited for a moment, so that what cannot be followed is answered as an error and not as a stream.
      const first = peeks.next();
      await Promise.race([first, new Promise((resolve) => setTimeout(resolve, FIRST_PEEK_MS))]);
      return sseResponse(
        () => continued(first, peeks),
        (peek) => ({ event: 'peek', data: toWire(peek) }),
        { signal: context.signal },
      );
    },
  });
}

const FIRST_PEEK_MS = 100;

/** Goes on with an iteration whose first step was taken. */
function continued<T>(first: Promise<IteratorResult<T>>, rest: AsyncIterator<T>): AsyncIterable<T> {
  let taken = false;
  const iterator: AsyncIterator<T> = {
    next: () => {
      if (taken) return rest.next();
      taken = true;
      return first;
    },
    return: async () => (await rest.return?.()) ?? { done: true, value: undefined },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

type PeekQuery = {
  readonly limit?: number | undefined;
  readonly from_end?: boolean | undefined;
  readonly start_offset?: string | undefined;
  readonly from_timestamp_ms?: number | undefined;
  readonly partition?: number | undefined;
  readonly filter?: string | undefined;
  readonly continue_from?: string | undefined;
  readonly timeout_ms?: number | undefined;
};

function peekRequest(q: PeekQuery): PeekRequest {
  const from =
    q.start_offset !== undefined
      ? { offset: q.start_offset }
      : q.from_timestamp_ms !== undefined
        ? { timestampMs: q.from_timestamp_ms }
        : q.from_end === undefined
          ? undefined
          : q.from_end
            ? ('latest' as const)
            : ('earliest' as const);
  return defined({
    limit: q.limit,
    from,
    partition: q.partition,
    filter: q.filter,
    continueFrom: q.continue_from,
    timeoutMs: q.timeout_ms,
  }) as PeekRequest;
}

const topicSchema = (s: SourceSchema) => ({
  topic: s.name,
  fields: s.fields.map((f) => [f.name, f.type]),
  sample_value: Object.fromEntries(s.fields.map((f) => [f.name, f.sample ?? null])),
  has_keys: s.hasKeys ?? false,
  records_sampled: s.coverage.scanned,
  coverage: toWire(s.coverage),
  schema: toWire(s),
});

const topicMessages = (p: Peek) => ({
  topic: p.name,
  messages: p.rows.map((row, i) => {
    const m = p.messages?.[i];
    return {
      partition: m?.partition ?? 0,
      offset: m?.offset ?? String(i),
      ...(m?.key === undefined ? {} : { key: m.key }),
      value: m?.tombstone ? null : row,
      ...(m?.timestampMs === undefined ? {} : { timestamp_ms: m.timestampMs }),
      headers: m?.headers ?? [],
    };
  }),
  total_returned: p.rows.length,
  coverage: toWire(p.coverage),
  masked: p.masked,
});
