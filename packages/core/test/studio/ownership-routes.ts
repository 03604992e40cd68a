import type { Caller } from './ownership.fixture.ts';

/** What a route shows or changes, and so whose it is. */
export type RouteOwnership =
  /** The path names a thing; for others there is no such thing. */
  | { readonly kind: 'thing'; readonly of: Thing; readonly body?: object; readonly prepare?: Prepare; readonly missing?: 'false' }
  /** The request names a session; `in` says where. Others get what they get for one that there is not. */
  | { readonly kind: 'session'; readonly in: 'body' | 'query'; readonly body?: object; readonly path?: Readonly<Record<string, string>> }
  /** The answer lists things; those of others are not in it. */
  | { readonly kind: 'list'; readonly of: Thing }
  /** It holds nothing of anybody, or makes something new. */
  | { readonly kind: 'nobodys'; readonly body?: object; readonly path?: Readonly<Record<string, string>> };

export type Thing = 'notebook' | 'app' | 'deployment' | 'job' | 'execution' | 'cell';
type Prepare = (owner: Caller, id: string) => Promise<object | undefined>;

const SQL = 'SELECT symbol FROM trades';
const CELL = { type: 'sql', sql: SQL };
const APP = { name: 'Mine', queries: [{ name: 'All', sql: SQL, sink: 'all_trades' }] };
const DATA = { name: 'orders', fields: [{ name: 'id', type: 'integer' }] };
const thing = (of: Thing, body?: object): RouteOwnership => ({ kind: 'thing', of, ...(body ? { body } : {}) });
const inBody = (body: object = {}, path: Readonly<Record<string, string>> = {}): RouteOwnership => ({
  kind: 'session',
  in: 'body',
  body,
  path,
});
const inQuery = (path: Readonly<Record<string, string>> = {}): RouteOwnership => ({ kind: 'session', in: 'query', path });
const nobodys = (body?: object, path: Readonly<Record<string, string>> = {}): RouteOwnership => ({
  kind: 'nobodys',
  path,
  ...(body ? { body } : {}),
});
const shadowed: Prepare = async (owner, id) => {
  const made = await owner('POST', `/api/deployments/${id}/shadow`, { app: APP });
  return { plan_hash: (made.body as { shadow: { plan: { hash: string } } }).shadow.plan.hash };
};
const versioned: Prepare = async (owner) => {
  const { plan } = (await owner('POST', '/api/plan', { app: APP, name: 'Live Volume' })).body as { plan: { hash: string } };
  await owner('POST', '/api/deploy', { app: APP, name: 'Live Volume', plan_hash: plan.hash });
  return undefined;
};
const approved =
  (path: (id: string) => string, body: object): Prepare =>
  async (owner, id) => {
    const { plan } = (await owner('POST', path(id), body)).body as { plan: { hash: string } };
    return { ...body, plan_hash: plan.hash };
  };

/** Every route of the handler. One that is missing here fails the test: say whose it is. */
export const OWNERSHIP: Readonly<Record<string, RouteOwnership>> = {
  'POST /api/validate': inBody({ sql: SQL }),
  'POST /api/format': nobodys({ sql: SQL }),
  'POST /api/explain': nobodys({ sql: SQL }),
  'POST /api/language/complete': nobodys({ sql: SQL, offset: 7 }),
  'POST /api/language/hover': nobodys({ sql: SQL, offset: 7 }),
  'POST /api/language/signature': nobodys({ sql: SQL, offset: 7 }),
  'POST /api/topology': nobodys({ sql: SQL }),
  'GET /api/functions': nobodys(),
  'GET /api/schema': inQuery(),
  'GET /api/schema/{name}': inQuery({ name: 'trades' }),
  'POST /api/completions': inBody({ prefix: 'SELECT ' }),
  'POST /api/execute': inBody({ sql: SQL }),
  'POST /api/executions/{id}/pause': thing('execution'),
  'POST /api/executions/{id}/resume': thing('execution'),
  'POST /api/executions/{id}/cancel': thing('execution'),
  'POST /api/executions/{id}/checkpoint': thing('execution'),
  'GET /api/executions/{id}': thing('execution'),
  'POST /api/executions/{id}/explain-row': thing('execution', { row: { symbol: 'AAPL' } }),
  'POST /api/stream/{id}/ticket': thing('execution'),
  'GET /api/stream/{id}': thing('execution'),
  'POST /api/connect': inBody({ uri: 'datagen:trades?rows=1' }),
  'DELETE /api/connections/{id}': inQuery({ id: 'live' }),
  'POST /api/declare': inBody({ name: 'visits', schema: { columns: [{ name: 'id', type: 'INTEGER' }] } }),
  'GET /api/sources': inQuery(),
  'GET /api/topics': inQuery(),
  'GET /api/sources/{id}': inQuery({ id: 'trades' }),
  'GET /api/sources/{id}/schema': inQuery({ id: 'trades' }),
  'GET /api/sources/{id}/preview': inQuery({ id: 'trades' }),
  'GET /api/sources/{id}/tail': inQuery({ id: 'trades' }),
  'GET /api/sources/{id}/stats': inQuery({ id: 'live' }),
  'GET /api/sources/{id}/consumers': inQuery({ id: 'live' }),
  'GET /api/topics/{name}': inQuery({ name: 'trades' }),
  'GET /api/topics/{name}/schema': inQuery({ name: 'trades' }),
  'GET /api/topics/{name}/messages': inQuery({ name: 'trades' }),
  'GET /api/consumers': inQuery(),
  'GET /api/notebooks': { kind: 'list', of: 'notebook' },
  'POST /api/notebooks': nobodys({ name: 'new' }),
  'POST /api/notebooks/import': nobodys({ version: 1, name: 'file', cells: [] }),
  'GET /api/notebooks/{id}': thing('notebook'),
  'GET /api/notebooks/{id}/export': thing('notebook'),
  'PATCH /api/notebooks/{id}': thing('notebook', { name: 'other' }),
  'DELETE /api/notebooks/{id}': { kind: 'thing', of: 'notebook', missing: 'false' },
  'POST /api/notebooks/{id}/cells': thing('notebook', CELL),
  'PUT /api/notebooks/{id}/cells/{cell}': thing('cell', CELL),
  'DELETE /api/notebooks/{id}/cells/{cell}': thing('cell'),
  'POST /api/notebooks/{id}/cells/{cell}/move': thing('cell', { index: 0 }),
  'POST /api/notebooks/{id}/messages': thing('notebook', { role: 'user', text: 'hello' }),
  'PUT /api/notebooks/{id}/artifacts': thing('notebook', { id: 'a', kind: 'topic-list', version: 1, data: { topics: [] } }),
  'PUT /api/notebooks/{id}/test-config': thing('notebook', { records: 10 }),
  'POST /api/notebooks/{id}/test': thing('notebook', { records: 10, seed: 1 }),
  'GET /api/templates': nobodys(),
  'GET /api/templates/{id}': nobodys(undefined, { id: 'trading-analytics' }),
  'POST /api/templates/{id}/preview': inBody({ topic: 'trades' }, { id: 'trading-analytics' }),
  'POST /api/templates/{id}/customize': inBody({ auto_discover: true }, { id: 'trading-analytics' }),
  'POST /api/generate-app': inBody({ prompt: 'volume by symbol' }),
  'GET /api/apps': { kind: 'list', of: 'app' },
  'POST /api/apps': nobodys(APP),
  'GET /api/apps/{id}': thing('app'),
  'PUT /api/apps/{id}': thing('app', { action: 'add_query', query: { name: 'Top', sql: SQL } }),
  'DELETE /api/apps/{id}': { kind: 'thing', of: 'app', missing: 'false' },
  'POST /api/apps/{id}/test': thing('app', { records: 10, seed: 1 }),
  'POST /api/apps/{id}/plan': thing('app', {}),
  'POST /api/apps/{id}/deploy': {
    kind: 'thing',
    of: 'app',
    body: { plan_hash: 'x' },
    prepare: approved((id) => `/api/apps/${id}/plan`, {}),
  },
  'POST /api/plan': inBody({ app: APP }),
  'POST /api/deploy': inBody({ app: APP, name: 'Other', target: 'nowhere' }),
  'POST /api/dashboards/generate': inBody(),
  'GET /api/targets': nobodys(),
  'GET /api/deployments': { kind: 'list', of: 'deployment' },
  'GET /api/deployments/{id}': thing('deployment'),
  'DELETE /api/deployments/{id}': { kind: 'thing', of: 'deployment', missing: 'false' },
  'POST /api/deployments/{id}/start': thing('deployment'),
  'POST /api/deployments/{id}/stop': thing('deployment'),
  'POST /api/deployments/{id}/pause': thing('deployment'),
  'POST /api/deployments/{id}/resume': thing('deployment'),
  'POST /api/deployments/{id}/restart': thing('deployment'),
  'POST /api/deployments/{id}/rollback': { kind: 'thing', of: 'deployment', prepare: versioned },
  'GET /api/deployments/{id}/metrics': thing('deployment'),
  'GET /api/deployments/{id}/alerts': thing('deployment'),
  'GET /api/deployments/{id}/logs': thing('deployment'),
  'POST /api/deployments/{id}/shadow': thing('deployment', { app: APP }),
  'GET /api/deployments/{id}/shadow': { kind: 'thing', of: 'deployment', prepare: shadowed },
  'DELETE /api/deployments/{id}/shadow': { kind: 'thing', of: 'deployment', prepare: shadowed },
  'POST /api/deployments/{id}/promote': { kind: 'thing', of: 'deployment', body: { plan_hash: 'x' }, prepare: shadowed },
  'GET /api/jobs': { kind: 'list', of: 'job' },
  'POST /api/jobs': inBody({ name: 'One', sql: SQL, plan_hash: 'another' }),
  'GET /api/jobs/{id}': thing('job'),
  'POST /api/jobs/{id}/start': thing('job'),
  'POST /api/jobs/{id}/stop': thing('job'),
  'POST /api/jobs/{id}/restart': thing('job'),
  'POST /api/jobs/{id}/pause': thing('job'),
  'POST /api/jobs/{id}/resume': thing('job'),
  'DELETE /api/jobs/{id}': thing('job'),
  'POST /api/test': inBody({ sql: SQL, records: 10, seed: 1 }),
  'POST /api/generate-data': nobodys({ schema: DATA, records: 3 }),
  'POST /api/nl-to-sql': inBody({ prompt: 'volume by symbol' }),
  'POST /api/chat': inBody({ text: 'hello' }),
  'POST /api/analyze': inBody(),
  'POST /api/suggestions/dismiss': inBody({ suggestions: [{ id: 's', rule_id: 'r', fingerprint: 'f' }] }),
  'POST /api/analyze/schema-diff': inBody(),
  'POST /api/analyze/performance': inBody(),
  'POST /api/analyze/annotations': inBody(),
  'POST /api/tools/{name}': inBody({}, { name: 'list_sources' }),
  'GET /metrics': { kind: 'list', of: 'job' },
  'GET /api/openapi.json': nobodys(),
};
