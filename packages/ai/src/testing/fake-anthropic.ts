import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly tools?: readonly { readonly name: string; readonly input_schema: Readonly<Record<string, unknown>> }[];
    readonly [key: string]: unknown;
  };
  readonly text: string;
}

export type FakeBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id?: string; readonly name: string; readonly input: unknown }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature?: string };

/** One answer of the scripted server, or one of its ways to fail. */
export interface FakeTurn {
  /** Serves the first request it fits; otherwise turns serve in order. */
  readonly when?: (request: FakeRequest) => boolean;
  /** Throws when the request is not as it should be; reported by `close`. */
  readonly expect?: (request: FakeRequest) => void;
  readonly content?: readonly FakeBlock[];
  readonly stop_reason?: string;
  readonly stop_details?: unknown;
  /** Sent as the input of the last tool call, as it stands: cut off, or no JSON. */
  readonly rawToolJson?: string;
  readonly chunk?: number;
  readonly firstByteMs?: number;
  readonly delayMs?: number;
  readonly error?: {
    readonly status: number;
    readonly type: string;
    readonly message?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly details?: unknown;
  };
  /** SSE: an `error` event after so many frames. */
  readonly midStreamError?: { readonly after: number; readonly type: string };
  /** SSE: the socket is destroyed after so many frames. */
  readonly cutAfter?: number;
  readonly hang?: boolean;
  readonly usage?: Readonly<Record<string, number>>;
}

export interface FakeOptions {
  /** Strings that must never be in a request. */
  readonly canaries?: readonly string[];
}

export interface FakeAnthropic {
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  push(...turns: FakeTurn[]): void;
  /** Stops the server; throws with everything that was wrong with the requests. */
  close(): Promise<void>;
}

const MAX_BODY = 32 * 1024 * 1024;

/**
 * The Messages API as a script over real HTTP, for tests of everything that speaks with Claude. It refuses what the real one refuses:
 * missing keys, unanswered tool calls, sampling parameters, bad tool names.
 */
export async function startFakeAnthropic(script: readonly FakeTurn[] = [], options: FakeOptions = {}): Promise<FakeAnthropic> {
  const turns = [...script];
  const requests: FakeRequest[] = [];
  const faults: string[] = [];
  const sockets = new Set<import('node:net').Socket>();
  let served = 0;

  const server = createServer((request, response) => {
    void (async () => {
      const text = await bodyOf(request);
      response.setHeader('request-id', `req_${++served}`);
      if (text === undefined) return fail(response, 413, 'request_too_large', 'body is too large');
      const problem = check(request, text, options.canaries ?? []);
      if (problem) {
        if (problem.fault) faults.push(problem.message);
        return fail(response, problem.status, problem.type, problem.message, problem.headers);
      }
      const seen: FakeRequest = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text), text };
      requests.push(seen);
      if (seen.path.endsWith('/count_tokens')) return json(response, 200, { input_tokens: Math.ceil(text.length / 3.5) });
      const index = turns.findIndex((t) => t.when?.(seen) ?? true);
      const turn = turns[index];
      if (!turn) {
        faults.push(`no turn left for request ${requests.length}`);
        return fail(response, 500, 'api_error', 'the script has ended', { 'x-should-retry': 'false' });
      }
      turns.splice(index, 1);
      try {
        turn.expect?.(seen);
      } catch (cause) {
        faults.push(cause instanceof Error ? cause.message : String(cause));
      }
      await serve(response, turn, seen, served);
    })().catch((cause: unknown) => {
      faults.push(String(cause));
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    push: (...more) => void turns.push(...more),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (faults.length > 0) throw new Error(`the scripted server saw: ${faults.join('; ')}`);
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Problem {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault?: boolean;
}

function check(request: IncomingMessage, text: string, canaries: readonly string[]): Problem | undefined {
  const bad = (message: string): Problem => ({ status: 400, type: 'invalid_request_error', message, fault: true });
  if (request.method !== 'POST' || !/^\/v1\/messages(\/count_tokens)?$/.test(request.url ?? ''))
    return { status: 404, type: 'not_found_error', message: `no route ${request.method} ${request.url}`, fault: true };
  const hasKey = /^Bearer \S+/.test(String(request.headers['authorization'] ?? '')) || Boolean(request.headers['x-api-key']);
  if (!hasKey) return { status: 401, type: 'authentication_error', message: 'no key', headers: { 'x-should-retry': 'false' } };
  if (!request.headers['anthropic-version']) return bad('no anthropic-version');
  let body: FakeRequest['body'];
  try {
    body = JSON.parse(text);
  } catch {
    return bad('the body is no JSON');
  }
  for (const canary of canaries) if (text.includes(canary)) return bad(`a canary left the house: ${canary.slice(0, 4)}…`);
  if (!body.model || !Array.isArray(body.messages) || body.messages.length === 0) return bad('model or messages are missing');
  if (!request.url?.endsWith('/count_tokens') && typeof body['max_tokens'] !== 'number') return bad('max_tokens is missing');
  for (const name of ['temperature', 'top_p', 'top_k']) if (name in body) return bad(`${name} is not a parameter`);
  if (body.messages.at(-1)?.role === 'assistant') return bad('prefill is not supported');
  for (const tool of body.tools ?? []) {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(tool.name)) return bad(`tool name ${tool.name}`);
    if (tool.input_schema['type'] !== 'object') return bad(`input_schema of ${tool.name} is no object`);
  }
  return answered(body) ? undefined : bad('a tool_use is not answered by exactly one tool_result in the next message');
}

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly tool_use_id?: string;
}

const blocks = (content: unknown): readonly Block[] => (Array.isArray(content) ? (content as Block[]) : []);

function answered(body: FakeRequest['body']): boolean {
  return body.messages.every((message, i) => {
    if (message.role !== 'assistant') return true;
    const asked = blocks(message.content)
      .filter((b) => b.type === 'tool_use')
      .map((b) => b.id);
    const next = body.messages[i + 1];
    const given = blocks(next?.content)
      .filter((b) => b.type === 'tool_result')
      .map((b) => b.tool_use_id);
    return (
      asked.length === 0 ||
      (next?.role === 'user' && asked.length === given.length && asked.every((id) => given.filter((g) => g === id).length === 1))
    );
  });
}

function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function fail(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  details?: unknown,
): void {
  json(
    response,
    status,
    {
      type: 'error',
      error: { type, message, ...(details === undefined ? {} : { details }) },
      request_id: response.getHeader('request-id'),
    },
    headers,
  );
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function serve(response: ServerResponse, turn: FakeTurn, request: FakeRequest, count: number): Promise<void> {
  if (turn.hang) return;
  if (turn.firstByteMs) await wait(turn.firstByteMs);
  if (turn.error)
    return fail(
      response,
      turn.error.status,
      turn.error.type,
      turn.error.message ?? turn.error.type,
      turn.error.headers,
      turn.error.details,
    );
  const message = messageOf(turn, request, count);
  if (!request.body.stream) return json(response, 200, message);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  let sent = 0;
  for (const [event, data] of framesOf(turn, message)) {
    if (turn.cutAfter !== undefined && sent >= turn.cutAfter) {
      await wait(turn.delayMs ?? 10);
      response.destroy();
      return;
    }
    if (turn.midStreamError && sent >= turn.midStreamError.after) {
      response.write(
        `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: turn.midStreamError.type, message: turn.midStreamError.type } })}\n\n`,
      );
      response.end();
      return;
    }
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    sent++;
    if (turn.delayMs) await wait(turn.delayMs);
  }
  response.end();
}

function messageOf(turn: FakeTurn, request: FakeRequest, count: number) {
  const content = (turn.content ?? []).map((block, i) => {
    if (block.type === 'text') return { type: 'text', text: block.text, citations: null };
    if (block.type === 'thinking') return { type: 'thinking', thinking: block.thinking, signature: block.signature ?? 'sig' };
    return { type: 'tool_use', id: block.id ?? `toolu_${count}_${i}`, name: block.name, input: block.input, caller: { type: 'direct' } };
  });
  return {
    id: `msg_${count}`,
    type: 'message',
    role: 'assistant',
    model: request.body.model,
    content,
    stop_reason: turn.stop_reason ?? (content.some((c) => c.type === 'tool_use') ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    stop_details: turn.stop_details ?? null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: 100,
      output_tokens: 20,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      inference_geo: null,
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: null,
      ...turn.usage,
    },
  };
}

function* framesOf(turn: FakeTurn, message: ReturnType<typeof messageOf>): Generator<readonly [string, unknown]> {
  const size = turn.chunk ?? 40;
  yield ['message_start', { type: 'message_start', message: { ...message, content: [], stop_reason: null } }];
  yield ['ping', { type: 'ping' }];
  for (const [index, block] of message.content.entries()) {
    const b = block as { type: string; text?: string; thinking?: string; input?: unknown };
    const start =
      b.type === 'tool_use' ? { ...b, input: {} } : b.type === 'text' ? { ...b, text: '' } : { ...b, thinking: '', signature: '' };
    yield ['content_block_start', { type: 'content_block_start', index, content_block: start }];
    const isLast = index === message.content.length - 1;
    const whole =
      b.type === 'tool_use'
        ? isLast && turn.rawToolJson !== undefined
          ? turn.rawToolJson
          : JSON.stringify(b.input)
        : (b.text ?? b.thinking ?? '');
    for (let at = 0; at < whole.length; at += size) {
      const piece = whole.slice(at, at + size);
      const delta =
        b.type === 'tool_use'
          ? { type: 'input_json_delta', partial_json: piece }
          : b.type === 'text'
            ? { type: 'text_delta', text: piece }
            : { type: 'thinking_delta', thinking: piece };
      yield ['content_block_delta', { type: 'content_block_delta', index, delta }];
    }
    yield ['content_block_stop', { type: 'content_block_stop', index }];
  }
  yield [
    'message_delta',
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null, stop_details: message.stop_details },
      usage: message.usage,
    },
  ];
  yield ['message_stop', { type: 'message_stop' }];
}
