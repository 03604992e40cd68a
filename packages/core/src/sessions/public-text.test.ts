import { describe, expect, test } from 'vitest';
import { createStudio } from '../studio/create-studio.ts';
import { memoryStore } from './memory-store.ts';
import { publicText } from './public-text.ts';

describe('a text that is kept', () => {
  test.each([
    ['connect to kafka://bob:pw@h:9092/t.', 'connect to kafka://h:9092/t.'],
    ['"postgres://ann:pw@db/shop?table=t&password=pw" please', '"postgres://db/shop?table=t" please'],
    ['see https://example.org/a?b=c, then mail ann@example.org', 'see https://example.org/a?b=c, then mail ann@example.org'],
    ['price per symbol every 5m', 'price per symbol every 5m'],
  ])('%s', (text, kept) => {
    expect(publicText(text)).toBe(kept);
  });

  test('is what the store gets of a chat message', async () => {
    const store = memoryStore();
    const studio = createStudio({ store });
    const session = await studio.sessions.create();
    await session.notebook.addMessage({ role: 'user', text: 'connect to kafka://bob:CANARY@h:1/t?password=CANARY', artifacts: [] });
    const kept = JSON.stringify(await store.get('notebooks', session.id));
    expect(kept).toContain('kafka://h:1/t');
    expect(kept).not.toContain('CANARY');
    await studio.close();
  });
});
