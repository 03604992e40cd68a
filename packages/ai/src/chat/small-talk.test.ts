import { describe, expect, test } from 'vitest';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { artifactsOf, textOfEvents, thread, toolsOf, turn } from '../testing/thread.fixture.ts';
import { intentOf } from './intents.ts';

const FACTS = { sources: ['trades', 'orders'], hasSql: true, hasApp: false, inTutorial: false, offers: [] };
const kindOf = (text: string, more = {}): string => intentOf(text, { ...FACTS, ...more }).kind;

describe('short sentences about what is there', () => {
  test.each(['explain this query', 'what does it do?', 'what does this query do', 'Explain the SQL.', 'can you explain it?'])(
    '%s: explains',
    (text) => {
      expect(kindOf(text)).toBe('explain');
      expect(kindOf(text, { hasSql: false })).not.toBe('explain');
    },
  );

  test.each(['explain the spikes in price by symbol', 'what is the average price', 'describe trades', 'what is in orders?'])(
    '%s: is no explanation',
    (text) => {
      expect(kindOf(text)).not.toBe('explain');
    },
  );

  test.each(['list my deployments', 'which jobs are running?', 'show me the pipelines'])('%s: shows what runs', (text) => {
    expect(intentOf(text, FACTS)).toMatchObject({ kind: 'steps', steps: [{ tool: 'analyze_performance' }] });
    expect(intentOf(text, { ...FACTS, sources: ['jobs', 'pipelines', 'deployments'] })).not.toMatchObject({
      steps: [{ tool: 'analyze_performance' }],
    });
  });

  test('thanks is answered, and a job is taken down', () => {
    expect(kindOf('thanks!')).toBe('thanks');
    expect(kindOf('great trades by symbol')).not.toBe('thanks');
    expect(intentOf('undeploy', FACTS)).toEqual({ kind: 'job', action: 'stop' });
    expect(intentOf('take down the pipeline checkout', FACTS)).toEqual({ kind: 'job', action: 'stop', name: 'checkout' });
  });
});

describe('a thread with a query', () => {
  const open = () => thread((studio) => createOfflineAssistant({ studio }));

  test('explains it from its SQL', async () => {
    const { assistant, session } = await open();
    await turn(assistant, session, 'average price per symbol every minute');
    expect(textOfEvents(await turn(assistant, session, 'explain this query'))).toMatch(
      /AVG\(price\) of trades for each symbol in windows of 1 minute/,
    );
  });

  test('checks more when asked to, and with everything that was suggested', async () => {
    const { assistant, session } = await open();
    await turn(assistant, session, 'average price per symbol every minute');
    expect(textOfEvents(await turn(assistant, session, 'add assertions'))).toContain('run the test first');
    await turn(assistant, session, 'test it');
    const more = await turn(assistant, session, 'add 3 assertions');
    expect(toolsOf(more)).toEqual(['test_query']);
    expect(textOfEvents(more)).toContain('3 checks');
    await turn(assistant, session, 'test it');
    const all = await turn(assistant, session, 'apply all');
    expect(toolsOf(all)).toEqual(['use_suggestions', 'test_query']);
    expect(artifactsOf(all).at(-1)).toBe('test-results');
  });
});
