import { afterEach, describe, expect, test } from 'vitest';
import { type FakeAnthropic, type FakeTurn, startFakeAnthropic } from '../testing/fake-anthropic.ts';
import { artifactsOf, stopOf, textOfEvents, thread, toolsOf, turn } from '../testing/thread.fixture.ts';
import { createAnthropicAssistant } from './index.ts';

const KEY = 'sk-ant-canary-0123456789abcdef';
const QUESTION = 'average price per symbol every minute';
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function setUp(script: readonly FakeTurn[], more: object = {}) {
  const fake: FakeAnthropic = await startFakeAnthropic(script);
  const made = await thread((studio) =>
    createAnthropicAssistant({ studio, apiKey: KEY, baseURL: fake.url, maxRetries: 0, timeoutMs: 2_000, smokeRun: false, ...more }),
  );
  opened.push(made.studio, fake);
  return { fake, ...made };
}

const error = (status: number, type: string, details?: unknown): FakeTurn => ({
  error: { status, type, headers: { 'x-should-retry': 'false' }, ...(details === undefined ? {} : { details }) },
});
const say = (text: string): FakeTurn => ({ content: [{ type: 'text', text }] });

describe('a model that fails before anything was done', () => {
  const cases: [string, FakeTurn, RegExp][] = [
    ['rate limit', error(429, 'rate_limit_error'), /too many requests/],
    ['spend limit', error(429, 'rate_limit_error', { error_code: 'enforced_spend_limit_reached' }), /limit|too many/],
    ['overload', error(529, 'overloaded_error'), /overloaded/],
    ['server fault', error(500, 'api_error'), /fault/],
    ['bad key', error(401, 'authentication_error'), /key/],
    ['billing', error(402, 'billing_error'), /account/],
    ['forbidden model', error(403, 'permission_error'), /key/],
    ['too long', error(413, 'request_too_large'), /too long/],
    ['gateway timeout', error(504, 'timeout_error'), /in time/],
    [
      'refusal',
      { content: [], stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'cyber', explanation: null } },
      /declined/,
    ],
    ['silence', { hang: true }, /in time/],
  ];
  test.each(cases)('%s: the offline assistant answers and says so', async (_name, first, said) => {
    const { assistant, session } = await setUp([first], { timeoutMs: 400 });
    const events = await turn(assistant, session, QUESTION);
    const notice = events.find((e) => e.type === 'notice');
    expect(notice).toMatchObject({ code: 'offline_fallback' });
    expect(notice?.type === 'notice' ? notice.message.toLowerCase() : '').toMatch(said);
    expect(artifactsOf(events)).toEqual(['sql-editor']);
    expect(stopOf(events)).toBe('end');
  });
});

describe('limits of the account, with the retries that people run with', () => {
  const limited = (code?: string): FakeTurn => ({
    error: {
      status: 429,
      type: 'rate_limit_error',
      headers: { 'retry-after-ms': '5' },
      ...(code === undefined ? {} : { details: { error_code: code } }),
    },
  });

  test.each(['enforced_spend_limit_reached', 'contract_spend_limit_reached', 'ramp_limit_exceeded'])(
    '%s is not tried again, and is told as what it is',
    async (code) => {
      const { assistant, session, fake } = await setUp([limited(code), say('never')], { maxRetries: 2 });
      const events = await turn(assistant, session, QUESTION);
      expect(fake.requests).toHaveLength(1);
      const notice = events.find((e) => e.type === 'notice');
      expect(notice?.type === 'notice' ? notice.message : '').toMatch(/spending limit/i);
      expect(artifactsOf(events)).toEqual(['sql-editor']);
    },
  );

  test('a plain rate limit is waited for and tried again', async () => {
    const { assistant, session, fake } = await setUp([limited(), say('now')], { maxRetries: 2 });
    expect(textOfEvents(await turn(assistant, session, 'hello'))).toBe('now');
    expect(fake.requests.map((r) => r.headers['x-stainless-retry-count'])).toEqual(['0', '1']);
  });
});

describe('a stream that breaks', () => {
  test('overload in the middle: discarded, tried once more', async () => {
    const { assistant, session } = await setUp([
      {
        content: [{ type: 'text', text: 'half an answer that breaks off here and never comes back' }],
        chunk: 4,
        midStreamError: { after: 6, type: 'overloaded_error' },
      },
      say('whole'),
    ]);
    const events = await turn(assistant, session, 'hello');
    expect(events.some((e) => e.type === 'notice' && e.code === 'discarded')).toBe(true);
    expect(session.notebook.messages.at(-1)?.text).toBe('whole');
  });

  test('a cut socket: discarded, tried once more', async () => {
    const { assistant, session } = await setUp([
      { content: [{ type: 'text', text: 'half an answer that breaks off here and never comes back' }], chunk: 4, delayMs: 5, cutAfter: 8 },
      say('whole'),
    ]);
    const events = await turn(assistant, session, 'hello');
    expect(events.some((e) => e.type === 'notice' && e.code === 'discarded')).toBe(true);
    expect(stopOf(events)).toBe('end');
  });

  test('tool input that is no JSON: asked again, nothing is run', async () => {
    const { assistant, session } = await setUp([
      { content: [{ type: 'tool_use', name: 'list_sources', input: {} }], rawToolJson: '{"filter": oops' },
      say('done'),
    ]);
    const events = await turn(assistant, session, 'hello');
    expect(toolsOf(events)).toEqual([]);
    expect(textOfEvents(events)).toContain('done');
  });
});

describe('a model that is cut off', () => {
  test('in text: the notice says so', async () => {
    const { assistant, session } = await setUp([{ content: [{ type: 'text', text: 'a long' }], stop_reason: 'max_tokens' }]);
    const events = await turn(assistant, session, 'hello');
    expect(events.find((e) => e.type === 'notice')).toMatchObject({ code: 'truncated' });
    expect(stopOf(events)).toBe('limit');
  });

  test('in a tool call: the call is not run', async () => {
    const { assistant, session } = await setUp([
      { content: [{ type: 'tool_use', name: 'list_sources', input: {} }], rawToolJson: '{}', stop_reason: 'max_tokens' },
    ]);
    const events = await turn(assistant, session, 'hello');
    expect(toolsOf(events)).toEqual([]);
    expect(events.find((e) => e.type === 'notice')).toMatchObject({ code: 'truncated' });
  });

  test('a full context is emptied of its history and asked again', async () => {
    const { assistant, session, fake } = await setUp([
      say('first'),
      { content: [], stop_reason: 'model_context_window_exceeded' },
      say('short'),
    ]);
    await turn(assistant, session, 'hello');
    const events = await turn(assistant, session, 'again');
    expect(textOfEvents(events)).toBe('short');
    expect(fake.requests.at(-1)?.body.messages).toHaveLength(1);
  });
});

describe('a model that errs', () => {
  test('an unknown tool and bad input come back as errors of the tool', async () => {
    const { assistant, session, fake } = await setUp([
      { content: [{ type: 'tool_use', name: 'drop_everything', input: {} }] },
      { content: [{ type: 'tool_use', name: 'peek_source', input: { limit: 'many' } }] },
      say('sorry'),
    ]);
    const events = await turn(assistant, session, 'hello');
    expect(events.filter((e) => e.type === 'tool_result').map((e) => e.type === 'tool_result' && e.ok)).toEqual([false, false]);
    expect(fake.requests.at(-1)?.text).toContain('"is_error":true');
    expect(textOfEvents(events)).toBe('sorry');
  });

  test('a hallucinated table is repaired from the diagnostics', async () => {
    const { assistant, session, fake } = await setUp([
      {
        content: [
          {
            type: 'text',
            text: JSON.stringify({
              kind: 'sql',
              query: null,
              sql: 'SELECT symbol FROM trade_history',
              question: null,
              options: [],
              message: null,
              assumptions: [],
            }),
          },
        ],
      },
      {
        content: [
          {
            type: 'text',
            text: JSON.stringify({
              kind: 'sql',
              query: null,
              sql: 'SELECT symbol FROM trades',
              question: null,
              options: [],
              message: null,
              assumptions: [],
            }),
          },
        ],
      },
    ]);
    const result = await assistant.nlToSql({
      prompt: 'symbols',
      schemas: session.context.schemas.trades ? session.context.schemas : { trades: { columns: [{ name: 'symbol', type: 'STRING' }] } },
    });
    expect(result).toMatchObject({ kind: 'sql', engine: 'anthropic' });
    expect(fake.requests[1]?.text).toContain('trade_history');
  });

  test('three wrong answers in a row end at the offline assistant', async () => {
    const wrong: FakeTurn = { content: [{ type: 'text', text: 'no JSON at all' }] };
    const { assistant } = await setUp([wrong, wrong, wrong]);
    const result = await assistant.nlToSql({
      prompt: 'count trades every minute',
      schemas: {
        trades: {
          columns: [
            { name: 'symbol', type: 'STRING' },
            { name: 'ts', type: 'TIMESTAMP' },
          ],
          eventTime: 'ts',
        },
      },
    });
    expect(result).toMatchObject({ kind: 'sql', engine: 'offline' });
  });

  test('the same call twice is refused the second time', async () => {
    const call: FakeTurn = { content: [{ type: 'tool_use', name: 'list_sources', input: {} }] };
    const { assistant, session } = await setUp([call, call, say('enough')]);
    const events = await turn(assistant, session, 'hello');
    expect(events.filter((e) => e.type === 'tool_result').map((e) => e.type === 'tool_result' && e.ok)).toEqual([true, false]);
  });
});

describe('limits', () => {
  test('an abort ends the turn at once', async () => {
    const { assistant, session } = await setUp([{ hang: true }], { timeoutMs: 5_000 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const events = await turn(assistant, session, 'hello', undefined, controller.signal);
    expect(stopOf(events)).toBe('aborted');
  });

  test('a spent budget answers offline and asks no model', async () => {
    const { assistant, session, fake } = await setUp([], { budget: { tokensPerDay: 10 } });
    const events = await turn(assistant, session, QUESTION);
    expect(events.find((e) => e.type === 'notice')).toMatchObject({ code: 'budget' });
    expect(fake.requests).toHaveLength(0);
    expect(artifactsOf(events)).toEqual(['sql-editor']);
  });

  test('after an overload the model rests for half a minute', async () => {
    const { assistant, session, fake } = await setUp([error(529, 'overloaded_error')]);
    await turn(assistant, session, QUESTION);
    await turn(assistant, session, QUESTION);
    expect(fake.requests).toHaveLength(1);
  });

  test('the key is in the header alone and in no event', async () => {
    const { assistant, session, fake } = await setUp([say('hello')]);
    const events = await turn(assistant, session, `my password=hunter2hunter2 and ${KEY}`);
    expect(fake.requests[0]?.text).not.toContain('canary');
    expect(fake.requests[0]?.text).not.toContain('hunter2');
    expect(JSON.stringify(events)).not.toContain(KEY);
  });
});
