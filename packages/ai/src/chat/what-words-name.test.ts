import type { ChatEvent } from '@velostream/core/protocol/assist';
import { describe, expect, test } from 'vitest';
import { optionsOf, talk } from '../testing/talk.fixture.ts';
import { textOfEvents, toolsOf, turn } from '../testing/thread.fixture.ts';
import { intentOf } from './intents.ts';

async function conversation() {
  const made = await talk();
  const approve = async (asked: readonly ChatEvent[]): Promise<ChatEvent[]> =>
    turn(
      made.assistant,
      made.session,
      '',
      asked.flatMap((e) => (e.type === 'approval_required' ? [{ approvalId: e.approval.approvalId, approved: true }] : [])),
    );
  return { ...made, approve };
}

describe('an application', () => {
  test.each(['an app that watches refunds', 'build an app that watches refunds', 'a small application to keep an eye on refunds'])(
    '%s: is planned over the rows that are refunds',
    async (text) => {
      const { say, session } = await conversation();
      expect(toolsOf(await say(text))).toEqual(['generate_app']);
      const shown = session.notebook.artifacts.findLast((a) => a.kind === 'app-preview');
      expect(shown?.kind === 'app-preview' && shown.data.app.queries[0]?.sql).toMatch(
        /COUNT\(\*\)[\s\S]*FROM orders[\s\S]*status = 'refunded'/,
      );
    },
  );

  test('of what nothing connected has is asked about, and what is asked can be answered', async () => {
    const { say, session } = await conversation();
    const asked = await say('build an app that watches shipments');
    expect(optionsOf(asked)).toEqual([
      'build an app that watches trades',
      'build an app that watches orders',
      'build an app that watches companies',
      'build an app that shows shipments every minute',
    ]);
    expect(session.notebook.artifacts.filter((a) => a.kind === 'app-preview')).toEqual([]);
    expect(textOfEvents(await say(optionsOf(asked).at(-1) ?? ''))).toContain('Nothing that is connected has this');
    expect(textOfEvents(await say(optionsOf(asked)[1] ?? ''))).toContain('Orders Monitoring');
  });
});

describe('a deployment', () => {
  test('of this query is of the query shown last, under its own name', async () => {
    const { say, approve, studio } = await conversation();
    const asked = await say('count trades per side every minute', 'total amount per customer', 'deploy this query');
    expect(asked.flatMap((e) => (e.type === 'approval_required' ? [e.approval.title] : []))).toEqual(['Deploy Total amount per customer']);
    expect(textOfEvents(asked)).toContain('Starts 1 job');
    await approve(asked);
    const [deployment, ...others] = await studio.deployments.list();
    expect(others).toEqual([]);
    expect(deployment?.jobs.map((job) => job.sql.replace(/\s+/g, ' '))).toEqual([expect.stringContaining('SUM(amount)')]);
  });

  test.each(['deploy', 'deploy all queries', 'deploy the thread'])('%s: is of all queries', async (text) => {
    const { say } = await conversation();
    expect(textOfEvents(await say('count trades per side every minute', 'total amount per customer', text))).toContain('Starts 2 jobs');
  });
});

describe('why nothing comes', () => {
  test('is told of the query where that was shown last, and of what is deployed where that is named', async () => {
    const { say, approve } = await conversation();
    await approve(await say('build an app that watches trades', 'deploy it'));
    expect(textOfEvents(await say('why is nothing coming out?'))).toMatch(/took in \d+/);
    await say('count orders per customer');
    expect(textOfEvents(await say('why is nothing coming out?'))).toContain('Count orders per customer has not run yet');
    expect(textOfEvents(await say('why does the app put out no rows?'))).toMatch(/took in \d+/);
  });
});

describe('a template', () => {
  test.each([
    ['use template trading-analytics', 'customize_template', 'trading-analytics'],
    ['use the Trading Analytics template', 'customize_template', 'Trading Analytics'],
    ['please apply the template fraud detection to orders', 'customize_template', 'fraud detection'],
    ['show the Fraud Detection template', 'get_template', 'Fraud Detection'],
    ['show me template api-monitoring', 'get_template', 'api-monitoring'],
    ['use this template', 'customize_template', 'log-analytics'],
  ])('%s', (text, tool, template_id) => {
    const facts = { sources: ['orders'], hasSql: false, hasApp: false, inTutorial: false, offers: [], lastTemplate: 'log-analytics' };
    expect(intentOf(text, facts)).toMatchObject({ steps: [{ tool, input: { template_id } }] });
  });
});
