import { memoryStore } from '@velostream/core';
import { expect, test } from 'vitest';
import { deploySnapshots } from './deploy-snapshots.ts';

const NAME = 'postgres://u:canary-7f3a@h/d?table=t';
const SCHEMA = { columns: [{ name: 'password', type: 'STRING' }] };

test('schemas of sources with a login in their name are stored without it', async () => {
  const store = memoryStore();
  const snapshots = deploySnapshots({ store, now: () => 1 });
  await snapshots.keep('d', { [NAME]: SCHEMA });
  expect(await snapshots.of(['d'])).toEqual({ [NAME]: SCHEMA });
  expect(await store.get('snapshots', 'deploy:d')).toEqual({ [NAME.replace('canary-7f3a', '[redacted]')]: SCHEMA });
});
