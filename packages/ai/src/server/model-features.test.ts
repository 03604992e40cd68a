import type { Suggestion } from '@velostream/core/protocol/assist';
import { parse } from '@velostream/core/sql';
import { afterEach, describe, expect, test } from 'vitest';
import { ModelClient } from '../anthropic/model-client.ts';
import { phrase } from '../anthropic/phrase.ts';
import { type FakeTurn, startFakeAnthropic } from '../testing/fake-anthropic.ts';
import { createAnthropicAssistant } from './index.ts';

const SCHEMAS = {
  trades: {
    eventTime: 'ts',
    columns: [
      { name: 'symbol', type: 'STRING' },
      { name: 'price', type: 'FLOAT' },
      { name: 'ts', type: 'TIMESTAMP' },
    ],
  },
};
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const say = (text: string, more: FakeTurn = {}): FakeTurn => ({ content: [{ type: 'text', text }], ...more });
async function served(script: readonly FakeTurn[]) {
  const fake = await startFakeAnthropic(script);
  opened.push(fake);
  const options = { apiKey: 'sk-ant-test-0123456789', baseURL: fake.url, maxRetries: 0, timeoutMs: 3_000, smokeRun: false };
  return { fake, options, assistant: createAnthropicAssistant(options) };
}

describe('ghost text by the model', () => {
  const PREFIX = 'SELECT symbol, AVG(price) AS mean FROM trades ';
  const ask = { prefix: PREFIX, suffix: '', schemas: SCHEMAS };

  test('stands before the offline candidate, without fences and suffix', async () => {
    const { assistant, fake } = await served([say('```sql\nGROUP BY symbol WINDOW TUMBLING(5m) EMIT FINAL\n```')]);
    const items = (await assistant.complete(ask))?.items ?? [];
    expect(items.map((i) => i.engine)).toEqual(['anthropic', 'offline']);
    expect(parse(PREFIX + items[0]?.text).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    expect(fake.requests[0]?.body).toMatchObject({ max_tokens: 96, output_config: { effort: 'low' } });
    expect(fake.requests[0]?.body.messages.at(-1)?.role).toBe('user');
  });

  test('with a name that does not exist it is not shown', async () => {
    const { assistant } = await served([say('WHERE volume_of_nothing > 3 EMIT CHANGES')]);
    expect((await assistant.complete(ask))?.items.map((i) => i.engine)).toEqual(['offline']);
  });

  test('what comes too late is left to the offline candidate', async () => {
    const { assistant } = await served([say('GROUP BY symbol', { firstByteMs: 900 })]);
    expect((await assistant.complete(ask))?.items.map((i) => i.engine)).toEqual(['offline']);
  });

  test('typing on through it, and asking the same again, costs no request', async () => {
    const { assistant, fake } = await served([say('GROUP BY symbol EMIT FINAL')]);
    await assistant.complete(ask);
    const typed = await assistant.complete({ ...ask, prefix: `${PREFIX}GROUP BY` });
    expect(typed?.items[0]).toMatchObject({ text: ' symbol EMIT FINAL', engine: 'anthropic' });
    await assistant.complete(ask);
    expect(fake.requests).toHaveLength(1);
  });
});

describe('applications by the model', () => {
  const plan = (sql: string) =>
    JSON.stringify({
      name: 'Prices',
      description: 'd',
      explanation: 'e',
      queries: [{ name: 'Mean', description: 'd', sql, sink: 'means' }],
    });
  const good =
    '-- @metric: mean_price\n-- @metric_type: gauge\nSELECT symbol, AVG(price) AS mean_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL';

  test('is corrected from what the validator says', async () => {
    const { assistant, fake } = await served([say(plan(good.replace('price)', 'pryce)'))), say(plan(good))]);
    const made = await assistant.generateApp({ prompt: 'watch prices', schemas: SCHEMAS });
    expect(made).toMatchObject({ engine: 'anthropic', app: { name: 'Prices', queries: [{ sink: 'means' }] } });
    expect(fake.requests[1]?.text).toContain('pryce');
  });

  test('without a metric, or with a statement that writes, it is the offline one after two corrections', async () => {
    const { assistant, fake } = await served([say(plan('DROP STREAM trades')), say(plan('SELECT symbol FROM trades')), say('no JSON')]);
    const made = await assistant.generateApp({ prompt: 'watch prices', schemas: SCHEMAS });
    expect(fake.requests).toHaveLength(3);
    expect(made.engine).toBe('offline');
    expect(made.assumptions.at(-1)?.text).toContain('made without the model');
  });
});

describe('other words for suggestions', () => {
  const item = (id: string, message: string): Suggestion => ({
    id,
    ruleId: id,
    fingerprint: id,
    trigger: 'generate_sql',
    severity: 'low',
    confidence: 0.5,
    title: 'A title',
    message,
    evidence: {},
    actions: [{ kind: 'prompt', label: 'Do it', text: 'do it' }],
  });
  const items = [item('a', '40% of 20 groups have one row.'), item('b', 'trades has 12400 messages.')];
  const reworded = (list: object[]): FakeTurn => say(JSON.stringify({ items: list }));

  test('order and words may change, numbers and actions may not', async () => {
    const { options } = await served([
      reworded([
        { id: 'b', title: 'Waiting', message: 'There are 12400 messages in trades.' },
        { id: 'a', title: 'Few', message: '50% of 20 groups have one row.' },
        { id: 'made-up', title: 'x', message: 'y' },
      ]),
    ]);
    const out = await phrase(new ModelClient(options), items);
    expect(out.map((s) => [s.id, s.message])).toEqual([
      ['b', 'There are 12400 messages in trades.'],
      ['a', '40% of 20 groups have one row.'],
    ]);
    expect(out.map((s) => s.actions)).toEqual([items[1]?.actions, items[0]?.actions]);
  });

  test('an answer in another form changes nothing', async () => {
    const { options } = await served([say('sure, here they are')]);
    expect(await phrase(new ModelClient(options), items)).toEqual(items);
  });
});
