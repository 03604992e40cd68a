// ClickHouse's HTTP interface over its engine as a library (chdb). The engine, its types, formats and tables are real; this stands in for the
// HTTP layer of the server: queries, parameters (`param_x`), settings, `X-ClickHouse-Exception-Code`, basic authentication.
//
//   BRIDGE_USER=… BRIDGE_PASSWORD=… node clickhouse-bridge.mjs <port> <folder with node_modules/chdb> <data folder>
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';

const [port, home, data] = process.argv.slice(2);
const { Session } = createRequire(pathToFileURL(join(home, 'package.json')))('chdb');
const session = new Session(data);
/** What the URL says besides settings of the engine. */
const NO_SETTINGS = new Set([
  'query',
  'database',
  'query_id',
  'session_id',
  'session_timeout',
  'default_format',
  'user',
  'password',
  'role',
  'enable_http_compression',
]);
const IS_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** One query at a time: the settings of a request belong to it alone. */
let tail = Promise.resolve();
const alone = (work) => {
  const done = tail.then(work);
  tail = done.catch(() => {});
  return done;
};

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

async function bodyOf(request) {
  const input = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  const parts = [];
  for await (const part of input) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function run(url, body, format) {
  const settings = [...url.searchParams].filter(([name]) => IS_NAME.test(name) && !NO_SETTINGS.has(name));
  const query = url.searchParams.get('query');
  const sql = query === null ? body : `${query}\n${body}`;
  return alone(async () => {
    const database = url.searchParams.get('database');
    if (database) await session.queryAsync(`USE \`${database.replaceAll('`', '\\`')}\``);
    for (const [name, value] of settings) await session.queryAsync(`SET ${name} = ${quoted(value)}`);
    try {
      return (await session.queryAsync(sql, { format })).bytes();
    } finally {
      for (const [name] of settings) if (!name.startsWith('param_')) await session.queryAsync(`SET ${name} = DEFAULT`).catch(() => {});
      if (database) await session.queryAsync('USE default');
    }
  });
}

function isAllowed(request) {
  const { authorization } = request.headers;
  const basic = authorization?.startsWith('Basic ') ? Buffer.from(authorization.slice(6), 'base64').toString() : '';
  const user = request.headers['x-clickhouse-user'] ?? basic.slice(0, basic.indexOf(':'));
  const key = request.headers['x-clickhouse-key'] ?? basic.slice(basic.indexOf(':') + 1);
  return user === process.env.BRIDGE_USER && key === process.env.BRIDGE_PASSWORD;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://bridge');
  if (url.pathname === '/ping') return response.end('Ok.\n');
  const fail = (status, text) => {
    response.writeHead(status, { 'X-ClickHouse-Exception-Code': /Code: (\d+)/.exec(text)?.[1] ?? '1002', 'Content-Type': 'text/plain' });
    response.end(text);
  };
  if (!isAllowed(request)) return fail(403, 'Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)');
  try {
    const body = await bodyOf(request);
    const bytes = await run(url, body, url.searchParams.get('default_format') ?? 'TabSeparated');
    response.writeHead(200, {
      'X-ClickHouse-Query-Id': url.searchParams.get('query_id') ?? '',
      'Content-Type': 'text/plain; charset=UTF-8',
    });
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < view.length && !response.destroyed; at += 65_536) {
      if (!response.write(view.subarray(at, at + 65_536))) await new Promise((done) => response.once('drain', done).once('close', done));
    }
    return response.end();
  } catch (error) {
    const text = String(error?.message ?? error);
    return fail(
      text.includes('AUTHENTICATION') ? 403 : text.includes('UNKNOWN_') ? 404 : 500,
      text.startsWith('Code:') ? text : text.replace(/^.*?(Code: \d+)/s, '$1'),
    );
  }
});
server.listen(Number(port), '127.0.0.1');
