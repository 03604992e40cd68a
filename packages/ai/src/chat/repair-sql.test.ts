import { afterEach, describe, expect, test } from 'vitest';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { textOfEvents, thread, turn } from '../testing/thread.fixture.ts';
import { latestArtifact } from '../tools/tool.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function pasted(sql: string) {
  const made = await thread((studio) => createOfflineAssistant({ studio }), 'trades');
  opened.push(made.studio);
  const events = await turn(made.assistant, made.session, sql);
  return { text: textOfEvents(events), sql: latestArtifact(made.session, 'sql-editor')?.data.sql };
}

describe('SQL that somebody pasted with a slip of the hand', () => {
  test.each([
    ['SELECT symbol, AVG(pirce) AS p FROM trades GROUP BY symbol', 'pirce → price', 'AVG(price)'],
    ['SELECT symbol, price FORM trades', 'write FROM instead of FORM', 'price FROM trades'],
    ['SELEC symbol, price FROM trades', 'write SELECT instead of SELEC', 'SELECT symbol'],
    ['SELECT symbol, COUNT(*) AS n FROM trades GROUP symbol', 'write BY before symbol', 'GROUP BY symbol'],
    ['SELECT symbol, AVG(pirce) AS p FROM trades GRUOP BY symbol', 'write GROUP instead of GRUOP, pirce → price', 'GROUP BY symbol'],
  ])('%s', async (wrong, said, right) => {
    const { text, sql } = await pasted(wrong);
    expect(text).toContain(`Corrected: ${said}.`);
    expect(sql?.replace(/\s+/g, ' ')).toContain(right);
  });

  test('SQL that is right is left as it is', async () => {
    expect((await pasted('SELECT symbol, price FROM trades')).text).not.toContain('Corrected');
  });
});
