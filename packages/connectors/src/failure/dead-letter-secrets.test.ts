import { inspect } from 'node:util';
import { createEngine, createStudio } from '@velostream/core';
import type { ConnectorDefinition } from '@velostream/core/connect';
import { expect, test } from 'vitest';
import { memoryStore } from '../../../core/src/sessions/memory-store.ts';
import { folderWith } from '../files/files.fixture.ts';
import { files } from '../files/files.ts';

const CANARY = 'canary7f3e7f3e';
const INNER = `vault://ann:${CANARY}@db.local/letters?table=t&api_key=${CANARY}k`;
const DATA = 'id,v\n1,a\nbroken\n2,b\n';

/** A place for dead letters that is away; it is told the address with its password, and is the only one. */
function vault(told: unknown[]): ConnectorDefinition {
  const { sink: _sink, source: _source, explore: _explore, ...rest } = files({ roots: [] });
  return {
    ...rest,
    name: 'vault',
    schemes: ['vault'],
    fromUri(uri: string) {
      told.push(uri);
      return { path: 'letters.csv' };
    },
    sink: () => ({
      open: async () => {
        throw new Error('the vault is away');
      },
      write: async () => {},
      commit: async () => {},
      close: async () => {},
    }),
  } as unknown as ConnectorDefinition;
}

/** Every way in which something could be shown. */
const shown = (...values: readonly unknown[]): string =>
  values
    .map((v) => `${inspect(v, { depth: 20, showHidden: true })}\n${JSON.stringify(v) ?? ''}\n${v instanceof Error ? v.stack : ''}`)
    .join('\n');

test.each([
  ['encoded', encodeURIComponent(INNER)],
  ['as it is', `vault://ann:${CANARY}@db.local/letters`],
])('a password in the address of the table for dead letters is in no error, plan, name, metric or warning: %s', async (_how, inner) => {
  const root = await folderWith({ 'in.csv': DATA });
  const told: unknown[] = [];
  const warnings: string[] = [];
  const engine = createEngine({
    connectors: [files({ roots: [root], deadLetterSinks: [vault(told)] })],
    onWarning: (text) => void warnings.push(text),
  });
  const sql = `SELECT id FROM 'file://in.csv?failure_strategy=SendToDLQ&dead.letter.queue.table=${inner}'`;
  const query = engine.run(sql);
  const error = await query.rows().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'VS4817', message: expect.stringContaining('the vault is away') });
  expect(JSON.stringify(told)).toContain(CANARY);
  expect(shown(error, query.metrics(), query.schema, warnings, query.explainSilence())).not.toContain(CANARY);
});

test('a password in the address of the table for dead letters is not stored, and not shown by a studio', async () => {
  const root = await folderWith({ 'in.csv': DATA });
  const store = memoryStore();
  const logged: unknown[] = [];
  const told: unknown[] = [];
  const studio = createStudio({
    connectors: [files({ roots: [root], deadLetterSinks: [vault(told)] })],
    store: { ...store, close: async () => {} },
    logger: { log: (...parts: unknown[]) => void logged.push(parts) },
    allowUnapprovedDeploys: true,
  });
  const session = await studio.sessions.create({ name: 'letters' });
  const given = { failure_strategy: 'SendToDLQ', 'dead.letter.queue.table': INNER };
  const connection = await session.connect(`file://in.csv?dead.letter.queue.table=${encodeURIComponent(INNER)}`, {
    as: 'data',
    options: given,
  });
  const error = await session
    .execute('SELECT id FROM data')
    .rows()
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(Error);
  const app = { name: 'Copy', queries: [{ name: 'Copy', sql: 'SELECT id FROM data', sink: 'file://out.csv' }] };
  const deployment = await session.deploy({ name: 'copy', app, approve: 'auto' });
  const stored = await Promise.all(
    (['notebooks', 'deployments'] as const).map(async (c) => Promise.all((await store.list(c)).map(({ id }) => store.get(c, id)))),
  );
  expect(JSON.stringify(told)).toContain(CANARY);
  expect(JSON.stringify(stored)).toContain('dead.letter.queue.table');
  const seen = [
    connection,
    error,
    deployment,
    stored,
    logged,
    session.context,
    await session.notebook.export(),
    await studio.deployments.logs('copy'),
  ];
  expect(shown(...seen)).not.toContain(CANARY);
  await studio.close();
});
