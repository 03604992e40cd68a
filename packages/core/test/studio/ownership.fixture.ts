import { apiKeyAuth, createStudioHandler, type Principal, type Scope, type StudioHandler, type ToolGateway } from '../../src/http/index.ts';
import type { Assistant } from '../../src/protocol/studio/assistant.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { answerChecker } from './answer-checker.ts';
import type { Thing } from './ownership-routes.ts';
import { fixtureStudio } from './studio.fixture.ts';

const ALL = ['read', 'compute', 'write', 'deploy'] as const;

/** Callers of one handler. The owner's colleague has every right that the owner has. */
export const CALLERS = {
  owner: { id: 'olga', tenant: 'acme', role: 'developer', may: ALL },
  colleague: { id: 'carl', tenant: 'acme', role: 'developer', may: ALL },
  reader: { id: 'rita', tenant: 'acme', role: 'viewer' },
  stranger: { id: 'olga', tenant: 'zeta', role: 'admin' },
  lead: { id: 'lea', tenant: 'acme', role: 'admin' },
  operator: { id: 'oscar', role: 'admin' },
} as const satisfies Readonly<Record<string, Principal>>;
export type CallerName = keyof typeof CALLERS;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}
export type Caller = (method: string, path: string, body?: object) => Promise<Answer>;

const assistant: Assistant = {
  id: 'offline',
  nlToSql: async () => ({ kind: 'clarify', question: 'which?', options: [], confidence: 0.5 }),
  complete: async () => null,
  async *chat() {
    yield { type: 'done', stop: 'end' };
  },
  generateApp: async () => ({
    app: { name: 'Made', queries: [{ name: 'All', sql: 'SELECT symbol FROM trades' }] },
    explanation: '',
    assumptions: [],
    engine: 'offline',
  }),
  analyzeFailure: async () => ({ summary: '', suggestions: [], fixes: [], confidence: 0 }),
  suggest: async () => [],
  dismiss: async () => {},
};
const tools: ToolGateway = { call: async (name, _input, { session }) => ({ output: { name, session: session.id } }) };

export interface Office {
  readonly studio: Studio;
  readonly handler: StudioHandler;
  /** Every answer is held to its schema in the OpenAPI document. Calls as one of the callers; `undefined` without a key, any other text with a wrong one. */
  as(caller: string | undefined): Caller;
  /** Makes a thing of the owner, and says by which values it stands in paths. */
  make(of: Thing): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

export function openOffice(options: { readonly scope?: Scope } = {}): Office {
  const studio = fixtureStudio({ assistant });
  const unlimited = { all: Number.POSITIVE_INFINITY, expensive: Number.POSITIVE_INFINITY };
  const handler = createStudioHandler(studio, { ...options, authorize: apiKeyAuth({ keys: CALLERS }), rateLimits: unlimited, tools });
  const check = answerChecker(handler.openapi());
  const as =
    (key: string | undefined): Caller =>
    async (method, path, body) => {
      const sends = method !== 'GET' && method !== 'DELETE';
      const headers = { ...(key ? { 'x-api-key': key } : {}), ...(sends ? { 'content-type': 'application/json' } : {}) };
      const init = { method, headers, ...(sends ? { body: JSON.stringify(body ?? {}) } : {}) };
      const response = await handler.fetch(new Request(`http://studio.test${path}`, init));
      const text = await textOf(response);
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const problems = isJson ? check(method, path, response.status, JSON.parse(text)) : [];
      if (problems.length > 0) throw new Error(`${method} ${path} is not as described: ${problems.join('; ')}\n${text.slice(0, 2_000)}`);
      return { status: response.status, text, body: isJson ? JSON.parse(text) : text };
    };
  return {
    studio,
    handler,
    as,
    make: (of) => makeThing(as('owner'), of),
    async close() {
      await handler.close();
      await studio.close();
    },
  };
}

/** All of an answer; of one that streams its first piece. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

async function makeThing(owner: Caller, of: Thing): Promise<Readonly<Record<string, string>>> {
  const made = async <T>(path: string, body: object): Promise<T> => {
    const answer = await owner('POST', path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as T;
  };
  const app = { name: 'Live Volume', queries: [{ name: 'Volume', sql: 'SELECT symbol, qty FROM trades', sink: 'volumes' }] };
  if (of === 'app') return { id: (await made<{ app: { id: string } }>('/api/apps', app)).app.id };
  const { id: notebook } = await made<{ id: string }>('/api/notebooks', { name: 'private-notebook' });
  if (of === 'notebook' || of === 'execution') {
    await made('/api/connect', { uri: 'datagen:trades?rows=20&seed=1', as: 'live', session_id: notebook });
    if (of === 'notebook') return { id: notebook };
    const body = { sql: 'SELECT symbol FROM live', stream: true, session_id: notebook };
    return { id: (await made<{ execution_id: string }>('/api/execute', body)).execution_id };
  }
  if (of === 'cell') {
    const body = { type: 'sql', sql: 'SELECT symbol FROM trades' };
    return { id: notebook, cell: (await made<{ cell: { id: string } }>(`/api/notebooks/${notebook}/cells`, body)).cell.id };
  }
  const { plan } = await made<{ plan: { hash: string } }>('/api/plan', { app, name: app.name, session_id: notebook });
  const { deployment } = await made<{ deployment: { id: string; jobs: { id: string; name: string }[] } }>('/api/deploy', {
    app,
    name: app.name,
    session_id: notebook,
    plan_hash: plan.hash,
  });
  return { id: of === 'job' ? (deployment.jobs[0]?.name ?? '') : deployment.id };
}
