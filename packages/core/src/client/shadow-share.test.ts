import { expect, test } from 'vitest';
import { fixtureStudio } from '../../test/studio/studio.fixture.ts';
import { createStudioHandler } from '../http/index.ts';
import type { ShadowOptions } from '../protocol/studio/deployment.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import { createStudioClient } from './create-studio-client.ts';

const SHADOW = {
  deploymentId: 'd',
  plan: { name: 'd', target: 't', hash: 'h', jobs: [], metrics: [], alerts: [], warnings: [], blockers: [] },
  status: 'running',
  startedAt: 1,
  comparisons: [],
  isEqual: false,
} as const;

test('the share of a shadow run travels over HTTP', async () => {
  const studio = fixtureStudio();
  const asked: (ShadowOptions | undefined)[] = [];
  const deployments: Studio['deployments'] = {
    ...studio.deployments,
    async startShadow(_id, _app, options) {
      asked.push(options);
      return SHADOW;
    },
  };
  // A studio without views of its callers: the handler then speaks with it as it is.
  const { as: _as, ...plain } = studio;
  const handler = createStudioHandler(
    { ...plain, deployments },
    {
      authorize: () => ({ id: 'ann', role: 'admin' }),
      scope: 'shared',
    },
  );
  const client = createStudioClient({ baseUrl: 'http://studio.test/api', fetch: (input, init) => handler.fetch(new Request(input, init)) });
  const app = { name: 'a', queries: [{ name: 'q', sql: 'SELECT 1 AS x FROM trades' }] };
  await client.deployments.startShadow('d', app, { share: 25 });
  await client.deployments.startShadow('d', app);
  expect(asked).toEqual([{ share: 25 }, {}]);
  await expect(client.deployments.startShadow('d', app, { share: 0 })).rejects.toMatchObject({ reason: 'invalid-request' });
  await handler.close();
  await studio.close();
});
