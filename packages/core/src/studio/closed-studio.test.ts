import { expect, test } from 'vitest';
import { createStudio } from './create-studio.ts';

test('a closed studio makes, opens and imports no session', async () => {
  const studio = createStudio();
  const session = await studio.sessions.create({ name: 'orders' });
  const document = await session.notebook.export();
  await studio.close();
  for (const refused of [studio.sessions.create(), studio.sessions.open(session.id), studio.sessions.import(document)])
    await expect(refused).rejects.toMatchObject({ code: 'VS7006', message: 'this studio is closed' });
});

test('a session that was closed with its studio runs nothing more', async () => {
  const studio = createStudio();
  const session = await studio.sessions.create();
  await studio.close();
  expect(() => session.execute('SELECT 1 AS x')).toThrow('this session is closed');
});

test('a session whose notebook was deleted runs nothing more', async () => {
  const studio = createStudio();
  const session = await studio.sessions.create();
  await studio.sessions.delete(session.id);
  expect(() => session.execute('SELECT 1 AS x')).toThrow('this session is closed');
  await studio.close();
});
