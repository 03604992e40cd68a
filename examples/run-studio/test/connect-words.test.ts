import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSampleStudio } from '../server/create-sample-studio.ts';

let studio: Studio;
let session: Session;
beforeEach(async () => {
  studio = await createSampleStudio({ roots: [], home: null, claudeApiKey: undefined });
  session = await studio.sessions.create();
});
afterEach(() => studio.close());

/** A port at which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port is expected');
  return address.port;
}

describe('a source that cannot be connected', () => {
  test('is told of as a broker that is not there, with its host and port, long before the limit', { timeout: 12_000 }, async () => {
    const place = `127.0.0.1:${await closedPort()}`;
    await expect(session.connect(`kafka://${place}`)).rejects.toMatchObject({
      code: 'VS7005',
      message: `"kafka://${place}" could not be reached: nothing answers at ${place}`,
      hint: expect.stringContaining('correct its host and port'),
    });
  });

  test('is told of as a path outside the folders, with the option that allows it', async () => {
    for (const uri of ['file:///etc/hostname', 'file:///etc/*.csv'])
      await expect(session.connect(uri)).rejects.toMatchObject({
        code: 'VS4201',
        hint: expect.stringContaining('`npm start -- --root <folder>`'),
      });
  });
});
