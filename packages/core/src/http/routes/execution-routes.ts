import type { Row } from '../../protocol/query.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import { executeRequest, executeResponse, explainRowRequest } from '../../protocol/schemas/sql.ts';
import { toWire } from '../../protocol/wire.ts';
import { type Route, type RouteContext, route } from '../route.ts';
import type { StreamHub } from '../stream-hub.ts';

const ROWS_DEFAULT = 100;
const WAIT_MS = 2_000;

export const executionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/execute',
    summary: 'Runs a query; the first rows at once, all of them over the stream',
    tag: 'execution',
    risk: 'compute',
    body: executeRequest,
    response: executeResponse,
    async handle({ body, session, hubs, viewer, signal }) {
      const s = await session(body.session_id ?? body.notebook_id);
      const { timeout_ms: timeoutMs, max_rows: maxRows } = body.options ?? {};
      const startedAt = performance.now();
      const execution = s.execute(body.sql, {
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(maxRows === undefined || !body.stream ? {} : { maxRows }),
        ...(body.synthetic ? { synthetic: true } : {}),
      });
      await execution.ready;
      const hub = hubs.add(execution, viewer.owner);
      const first = body.stream
        ? { rows: [], done: false }
        : await firstRows(hub, maxRows ?? ROWS_DEFAULT, Math.min(timeoutMs ?? WAIT_MS, 30_000), signal);
      return {
        success: true,
        execution_id: execution.id,
        columns: execution.schema.columns,
        rows: first.rows,
        schema: toWire(execution.schema),
        metadata: { row_count: first.rows.length, execution_time_ms: Math.round(performance.now() - startedAt), is_streaming: !first.done },
      };
    },
  }),
  ...(['pause', 'resume', 'cancel'] as const).map((action) =>
    route({
      method: 'POST',
      path: `/executions/{id}/${action}`,
      summary: `${action[0]?.toUpperCase()}${action.slice(1)}s a running query`,
      tag: 'execution',
      risk: 'compute',
      response: answers.executionStatus,
      async handle(context) {
        const hub = await hubOf(context);
        const { execution } = hub;
        if (action === 'cancel') await hub.cancel('cancelled by its reader');
        else execution[action]();
        return { execution_id: execution.id, status: execution.metrics().status };
      },
    }),
  ),
  route({
    method: 'POST',
    path: '/executions/{id}/checkpoint',
    summary: 'The state of a running query between two records, to start another one from',
    tag: 'execution',
    risk: 'compute',
    response: answers.checkpoint,
    handle: async (context) => ({ checkpoint: toWire(await (await hubOf(context)).execution.checkpoint()) }),
  }),
  route({
    method: 'GET',
    path: '/executions/{id}',
    summary: 'Status, counters, and why nothing came out',
    tag: 'execution',
    risk: 'read',
    response: answers.execution,
    async handle(context) {
      const { execution } = await hubOf(context);
      return {
        execution_id: execution.id,
        sql: execution.sql,
        schema: toWire(execution.schema),
        metrics: toWire(execution.metrics()),
        silence: toWire(execution.explainSilence()),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/executions/{id}/explain-row',
    summary: 'Which inputs, window and predicates made a row',
    tag: 'execution',
    risk: 'read',
    response: answers.provenance,
    body: explainRowRequest,
    handle: async (context) => ({
      provenance: toWire((await hubOf(context as RouteContext)).execution.explainRow(context.body.row as Row)),
    }),
  }),
];

/** The hub of the execution in the path; `session_id` in the query lets executions be found that the session started itself. */
export function hubOf({
  hubs,
  params,
  viewer,
  request,
  studio,
}: Pick<RouteContext, 'hubs' | 'params' | 'viewer' | 'request' | 'studio'>): Promise<StreamHub> {
  const sessionId = new URL(request.url).searchParams.get('session_id');
  return hubs.find(params['id'] ?? '', viewer, async () => (sessionId === null ? undefined : studio.sessions.open(sessionId)));
}

/** Waits for the end, for enough rows, or for the time to be over, whichever comes first. */
async function firstRows(hub: StreamHub, max: number, waitMs: number, signal: AbortSignal): Promise<{ rows: Row[]; done: boolean }> {
  let wake = (): void => {};
  const reader = hub.join('rows', 0, () => wake());
  const rows: Row[] = [];
  const deadline = performance.now() + waitMs;
  try {
    for (;;) {
      rows.push(...(hub.take(reader, max - rows.length).items as Row[]));
      if (hub.end?.kind === 'error') throw hub.end.error;
      if (rows.length >= max || hub.isDrained(reader) || signal.aborted) break;
      const left = deadline - performance.now();
      if (left <= 0) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return { rows, done: hub.isDrained(reader) };
  } finally {
    hub.leave(reader);
  }
}
