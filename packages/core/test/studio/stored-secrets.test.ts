import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectorDefinition } from '../../src/connect/connector.ts';
import { datagen } from '../../src/connect/datagen/datagen.ts';
import { memory } from '../../src/connect/index.ts';
import { embedded } from '../../src/deploy/index.ts';
import { fileSystem } from '../../src/node/file-system.node.ts';
import { sqliteStore } from '../../src/node/sqlite-store.node.ts';
import type { Viewer } from '../../src/protocol/studio/owner.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { createStudio, type StudioOptions } from '../../src/studio/index.ts';

const CANARY = 'canary-7f3a';
const ADDRESS = `guarded://ann:${CANARY}@trades?rows=6&seed=1`;
const SQL = `SELECT symbol, price FROM '${ADDRESS}' -- as 'x.password' = '${CANARY}'`;
const STORED = SQL.replaceAll(CANARY, '[redacted]');
const ROWS = `SELECT symbol FROM 'guarded://ann:${CANARY}@trades?rows=6&seed=1'`;
/** Drawn at random, as the part of a web hook that opens it. */
const RANDOM = 'Xq7RmT2bKd9WvL4nZs8Yp1Hc';
const SECRETS = new RegExp(`${CANARY}|${RANDOM}`);
/** Other forms of secrets; the strings among them are SQL. */
const FORMS: readonly string[] = [
  `SELECT * FROM orders WITH ('orders.dsn' = 'host=db user=ann password=''${CANARY}'' dbname=shop')`,
  `-- connect with Server=db;User Id=ann;Password=${CANARY};\nSELECT 1`,
  `SELECT * FROM users WHERE password = '${CANARY}' OR '${CANARY}' = api_key OR pwd IN ('a', '${CANARY}')`,
  `SELECT * FROM x WITH ('x.headers' = 'Authorization: Bearer ${CANARY}')`,
  `-- @alert_channel: webhook:https://hooks.slack.com/services/T0/B0/${RANDOM}\nSELECT 1`,
  `SELECT 1 INTO 'https://discord.com/api/webhooks/112233445566778899/${RANDOM}'`,
  `-- curl -H 'Authorization: Basic ${CANARY}' -H 'X-Api-Key: ${RANDOM}'\nSELECT 1`,
  `SELECT * FROM 'kafka://h/t?dlq=${encodeURIComponent(`postgres://ann:${CANARY}@h/d?password=${CANARY}`)}'`,
];
const ANN: Viewer = { owner: { id: 'ann' }, sees: (owner) => owner?.id === 'ann', mayDeploy: true };
const BOB: Viewer = { owner: { id: 'bob' }, sees: (owner) => owner?.id === 'bob', mayDeploy: true };

let folder = '';
const open: Studio[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'velo-secrets-'));
});
afterEach(async () => {
  for (const studio of open.splice(0)) await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A generator under an address with a password; it opens with the right one alone. */
function host(options: StudioOptions = {}) {
  const generator = datagen();
  const out = memory();
  const guarded = {
    ...generator,
    name: 'guarded',
    schemes: ['guarded'],
    fromUri(uri: string) {
      if (!uri.startsWith(`guarded://ann:${CANARY}@`)) throw new Error('access denied');
      return generator.fromUri?.(uri.replace(/^guarded:\/\/[^@/]*@/, 'datagen:')) ?? {};
    },
  } as ConnectorDefinition;
  const connectors = [out, generator, guarded];
  const studio = createStudio({
    connectors,
    store: sqliteStore({ path: join(folder, 'studio.db') }),
    targets: [embedded({ connectors, fs: fileSystem(), directory: join(folder, 'state'), checkpointEveryMs: 20 })],
    allowUnapprovedDeploys: true,
    ...options,
  });
  open.push(studio);
  return { studio, out };
}

async function end(studio: Studio): Promise<void> {
  open.splice(open.indexOf(studio), 1);
  await studio.close();
}

function as(studio: Studio, viewer: Viewer): Studio {
  if (studio.as === undefined) throw new Error('this studio knows no callers');
  return studio.as(viewer);
}

/** All that lies on the disk, of the store and of what deployments keep. */
function onDisk(): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name)).toString('latin1')).join('\n');
}

async function until(look: () => unknown, what: string): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not happen`);
}

describe('a password in SQL', () => {
  test('reaches no file, whatever it was written into', async () => {
    const { studio, out } = host();
    const session = await studio.sessions.create({ name: 'n' });
    const { notebook } = session;
    const cell = await notebook.addCell({ type: 'sql', sql: SQL, nlPrompt: `from ${ADDRESS}` });
    await notebook.updateCell(cell.id, { sql: `${SQL};` });
    await notebook.addCell({ type: 'markdown', text: `it's ${ADDRESS}` });
    await notebook.addMessage({ role: 'user', text: `read ${ADDRESS} with 'x.password' = '${CANARY}'`, artifacts: [] });
    await notebook.putArtifact({ id: 'a', version: 1, kind: 'sql', title: 't', data: { sql: SQL, before: SQL } } as never);
    await notebook.putArtifact({ id: 'a', version: 2, kind: 'sql', title: 't', data: { lines: [`+ ${SQL}`] } } as never);
    await studio.apps.create({ id: 'copy', name: 'Copy', queries: [{ name: 'Copy', sql: SQL, sink: 'memory://out' }] });
    await studio.apps.deploy('copy', { sessionId: session.id, name: 'copy', approve: 'auto' });
    await until(() => out.rows('out').length === 6, 'the output');
    expect(JSON.stringify(await notebook.export())).not.toContain(CANARY);
    expect(JSON.stringify(await studio.deployments.list())).not.toContain(CANARY);
    expect(await session.execute(SQL).rows()).toHaveLength(6);
    await end(studio);
    expect(onDisk()).toContain('guarded://ann:[redacted]@trades');
    expect(onDisk()).not.toContain(CANARY);
  });

  test('is still there in the process that it was written in', async () => {
    const { studio } = host({ quotas: { sessionsPerCaller: 1 } });
    const own = as(studio, ANN);
    const first = await own.sessions.create({ name: 'first' });
    await first.notebook.addCell({ type: 'sql', sql: SQL });
    await own.sessions.create({ name: 'second' });
    const again = await own.sessions.open(first.id);
    expect(again).not.toBe(first);
    expect(again.notebook.cells[0]?.sql).toBe(SQL);
    await studio.apps.create({ id: 'copy', name: 'Copy', queries: [{ name: 'Copy', sql: SQL }] });
    expect((await studio.apps.get('copy')).queries[0]?.sql).toBe(SQL);
  });
});

describe('a secret in another form', () => {
  test('reaches no file, wherever it stands', async () => {
    const { studio } = host();
    const { notebook } = await studio.sessions.create({ name: 'n' });
    for (const form of FORMS) await notebook.addCell({ type: 'sql', sql: form, nlPrompt: form });
    for (const text of FORMS) await notebook.addMessage({ role: 'user', text, artifacts: [] });
    const data = {
      options: { 'sasl.password': CANARY, api_key: [RANDOM] },
      forms: FORMS,
      byForm: Object.fromEntries(FORMS.map((f) => [f, f])),
    };
    await notebook.putArtifact({ id: 'a', version: 1, kind: 'sql', title: FORMS[0], data } as never);
    await studio.apps.create({ id: 'a', name: 'A', queries: FORMS.map((sql, i) => ({ name: `q${i}`, sql })) });
    expect(notebook.cells.map(({ sql }) => sql)).toEqual(FORMS);
    expect((await studio.apps.get('a')).queries.map(({ sql }) => sql)).toEqual(FORMS);
    expect(JSON.stringify(await notebook.export())).not.toMatch(SECRETS);
    await end(studio);
    expect(onDisk()).toContain('hooks.slack.com/services/T0/B0/[redacted]');
    expect(onDisk()).not.toMatch(SECRETS);
  });

  test('is missed by the cell that needs it, never taken for the mark', async () => {
    const { studio } = host();
    const session = await studio.sessions.create({ name: 'n' });
    for (const sql of FORMS) await session.notebook.addCell({ type: 'sql', sql });
    await end(studio);
    const again = await host().studio.sessions.open(session.id);
    const reasons = again.notebook.cells.map(({ sql = '' }) => {
      try {
        void again
          .execute(sql)
          .rows()
          .catch(() => {});
        return 'runs';
      } catch (error) {
        return (error as { readonly reason?: string }).reason;
      }
    });
    // In a comment nothing runs with it.
    const [connection, value] = ['secret-missing', 'secret-value-missing'];
    expect(reasons).toEqual([connection, 'runs', value, connection, 'runs', connection, 'runs', connection]);
  });
});

describe('a cell after a restart', () => {
  async function restarted(viewer: Viewer | undefined, options: StudioOptions = {}) {
    const { studio } = host();
    const session = await (viewer ? as(studio, viewer) : studio).sessions.create({ name: 'n' });
    await session.notebook.addCell({ type: 'sql', sql: SQL });
    await end(studio);
    const next = host(options).studio;
    const again = await (viewer ? as(next, viewer) : next).sessions.open(session.id);
    return { studio: next, again, sql: again.notebook.cells[0]?.sql ?? '' };
  }

  test('says which secret is missing, and runs once it is connected again', async () => {
    const { again, sql } = await restarted(ANN);
    expect(sql).toBe(STORED);
    expect(() => again.execute(sql)).toThrow(
      expect.objectContaining({ code: 'VS5916', reason: 'secret-missing', message: expect.stringContaining('guarded://trades') }),
    );
    await again.connect(ADDRESS);
    expect(await again.execute(sql).rows()).toHaveLength(6);
    expect(await again.execute(ROWS).rows()).toHaveLength(6);
  });

  test('of the host itself runs with what `secrets` brings', async () => {
    const { again, sql } = await restarted(undefined, { secrets: ({ uri }) => ({ uri: uri.replace('://', `://ann:${CANARY}@`) }) });
    expect(await again.execute(sql).rows()).toHaveLength(6);
    expect(sql).toBe(STORED);
  });

  test('of a caller runs with what the host has for that caller, and for nobody else', async () => {
    const asked: unknown[] = [];
    const options: StudioOptions = {
      secrets: () => {
        throw new Error('this is for the host alone');
      },
      callerSecrets: ({ uri }, owner) => {
        asked.push([uri, owner.id]);
        return owner.id === 'ann' ? { uri: uri.replace('://', `://ann:${CANARY}@`) } : undefined;
      },
    };
    const ofAnn = await restarted(ANN, options);
    expect(await ofAnn.again.execute(ofAnn.sql).rows()).toHaveLength(6);
    expect(ofAnn.sql).toBe(STORED);
    const ofBob = await restarted(BOB, options);
    expect(() => ofBob.again.execute(ofBob.sql)).toThrow(expect.objectContaining({ reason: 'secret-missing' }));
    expect(asked).toEqual([
      ['guarded://trades?rows=6&seed=1', 'ann'],
      ['guarded://trades?rows=6&seed=1', 'bob'],
    ]);
  });

  test('runs where what its column is compared with is brought', async () => {
    const sources = { users: { rows: [{ name: 'ann', password: CANARY }] } };
    const { studio } = host({ sources });
    const session = await as(studio, ANN).sessions.create({ name: 'n' });
    const sql = `SELECT name FROM users WHERE password = '${CANARY}'`;
    await session.notebook.addCell({ type: 'sql', sql });
    await end(studio);
    const callerSecrets: StudioOptions['callerSecrets'] = ({ uri }) =>
      uri === 'column:password' ? { options: { password: CANARY } } : undefined;
    const again = await as(host({ sources, callerSecrets }).studio, ANN).sessions.open(session.id);
    const stored = again.notebook.cells[0]?.sql ?? '';
    expect(stored).toContain("password = '[redacted]'");
    expect(await again.execute(stored).rows()).toEqual([{ name: 'ann' }]);
  });

  test('gets a caller nothing that the host or another caller knows', async () => {
    const { studio, again, sql } = await restarted(ANN, { secrets: ({ uri }) => ({ uri: uri.replace('://', `://ann:${CANARY}@`) }) });
    await (await as(studio, BOB).sessions.create({ name: 'b' })).connect(ADDRESS);
    expect(() => again.execute(sql)).toThrow(expect.objectContaining({ reason: 'secret-missing' }));
  });
});

describe('a deployment after a restart', () => {
  const stateOf = async (studio: Studio) => (await studio.deployments.list())[0];
  async function deployed(): Promise<void> {
    const { studio, out } = host();
    const session = await studio.sessions.create({ name: 'n' });
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: SQL, sink: 'memory://out' }] };
    await session.deploy({ name: 'copy', app, approve: 'auto' });
    await until(() => out.rows('out').length === 6, 'the output');
    await end(studio);
  }

  test('goes on where it was, with what `secrets` brings', async () => {
    await deployed();
    const { studio, out } = host({ secrets: ({ uri }) => ({ uri: uri.replace('://', `://ann:${CANARY}@`) }) });
    await until(async () => (await stateOf(studio))?.jobs[0]?.status === 'finished', 'the end');
    expect(out.rows('out')).toEqual([]);
  });

  test('waits for its password, and starts once a session has connected', async () => {
    await deployed();
    const { studio } = host();
    await until(async () => (await stateOf(studio))?.status === 'failed', 'the failure');
    await expect(studio.deployments.start('copy')).rejects.toMatchObject({ reason: 'secret-missing' });
    const session = await studio.sessions.create({ name: 'again' });
    await session.connect(ADDRESS);
    expect((await studio.deployments.start('copy')).status).not.toBe('failed');
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: SQL, sink: 'memory://out' }] };
    expect((await session.plan({ name: 'copy', app })).jobs[0]).toMatchObject({ action: 'keep' });
  });

  test('of a caller asks `secrets` with the caller named', async () => {
    const { studio, out } = host();
    const session = await as(studio, ANN).sessions.create({ name: 'n' });
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: SQL, sink: 'memory://out' }] };
    await session.deploy({ name: 'copy', app, approve: 'auto' });
    await until(() => out.rows('out').length === 6, 'the output');
    await end(studio);
    const owners: unknown[] = [];
    const secrets: StudioOptions['secrets'] = ({ uri }, owner) => {
      owners.push(owner?.id);
      return { uri: uri.replace('://', `://ann:${CANARY}@`) };
    };
    const next = host({ secrets }).studio;
    await until(async () => (await stateOf(next))?.jobs[0]?.status === 'finished', 'the end');
    expect(new Set(owners)).toEqual(new Set(['ann']));
  });

  test('is not started with what another caller has connected', async () => {
    const { studio } = host();
    const session = await as(studio, ANN).sessions.create({ name: 'n' });
    // Slow: what nothing holds back would fill the memory until the end of the test.
    const endless = `guarded://ann:${CANARY}@trades?rows_per_second=100`;
    await session.connect(endless, { as: 'demo' });
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: 'SELECT symbol FROM demo', sink: 'memory://out' }] };
    const { id } = await session.deploy({ name: 'copy', app, approve: 'auto' });
    await end(studio);
    const next = host().studio;
    await until(async () => (await stateOf(next))?.status === 'failed', 'the failure');
    await (await as(next, BOB).sessions.create({ name: 'b' })).connect(endless, { as: 'demo' });
    await expect(next.deployments.start(id)).rejects.toMatchObject({ reason: 'secret-missing' });
    await (await as(next, ANN).sessions.create({ name: 'a' })).connect(endless, { as: 'demo' });
    expect((await next.deployments.start(id)).status).not.toBe('failed');
  });
});
