import { afterEach, describe, expect, test } from 'vitest';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { artifactsOf, stopOf, textOfEvents, thread, turn } from '../testing/thread.fixture.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function start(sources: 'trades' | 'none' = 'trades') {
  const made = await thread((studio) => createOfflineAssistant({ studio }), sources);
  opened.push(made.studio);
  return made;
}

/** Speaks the lines in order; `approve` agrees to what was asked last. Gives the artifacts of each line. */
async function speak(made: Awaited<ReturnType<typeof start>>, lines: readonly string[]): Promise<string[][]> {
  const out: string[][] = [];
  let approvalId = '';
  for (const line of lines) {
    const events =
      line === 'approve'
        ? await turn(made.assistant, made.session, '', [{ approvalId, approved: true }])
        : await turn(made.assistant, made.session, line);
    for (const e of events) if (e.type === 'approval_required') approvalId = e.approval.approvalId;
    expect(
      events.filter((e) => e.type === 'error'),
      `${line}: ${textOfEvents(events)}`,
    ).toEqual([]);
    out.push(artifactsOf(events));
  }
  return out;
}

describe('journeys without a model', () => {
  test('1: look around, ask, test, deploy', async () => {
    const made = await start();
    expect(
      await speak(made, [
        'what topics are there',
        'what does trades look like',
        'show me the last 10 messages from trades',
        'average price per symbol every minute',
        'test it',
        'deploy it',
        'approve',
      ]),
    ).toEqual([['topic-list'], ['schema-viewer'], ['data-preview'], ['sql-editor'], ['test-results'], [], ['deploy-summary']]);
  });

  test('2: from nothing to an annotated query with data and an alert', async () => {
    const made = await start('none');
    expect(
      await speak(made, [
        'I want to track trading volume by symbol every 5 minutes',
        'generate 1000 sample records',
        'test it',
        'alert when volume exceeds 1M',
      ]),
    ).toEqual([['sql-editor'], ['data-preview'], ['test-results'], ['sql-editor']]);
    const editor = made.session.notebook.artifacts.findLast((a) => a.kind === 'sql-editor');
    expect(editor).toMatchObject({ version: 2 });
    expect(JSON.stringify(editor?.data)).toMatch(/@metric.*@alert: total_quantity > 1000000/);
  });

  test('3: pasted SQL, its test, its monitoring, its deployment', async () => {
    const made = await start();
    expect(
      await speak(made, [
        'SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES',
        'test it',
        'add monitoring',
        'deploy it',
        'approve',
      ]),
    ).toEqual([['sql-editor'], ['test-results'], ['sql-editor'], [], ['deploy-summary']]);
    const { artifacts, messages } = made.session.notebook;
    expect(artifacts[0]?.title).toBe('Average price per symbol');
    // Another tab, which saw no event of it, finds what was asked and what was answered.
    const asking = messages.findLast(({ approval }) => approval !== undefined)?.approval;
    expect(asking).toMatchObject({ tool: 'deploy_pipeline', title: expect.stringMatching(/^Deploy /) });
    expect(messages.at(-1)?.decisions).toEqual([{ approvalId: asking?.approvalId, approved: true }]);
    expect(messages.map(({ text }) => text).find((text) => text.startsWith('The test'))).toMatch(
      /^The test passed: (all \d+ checks hold|its check holds), 1,000 rows went in and \d+ rows came out\./,
    );
  });

  test('pasted SQL is a version of the query in hand only where it is that query, changed', async () => {
    const made = await start();
    const editors = async (sql: string): Promise<string> => {
      await speak(made, [sql]);
      const { id, version } = made.session.notebook.artifacts.findLast((a) => a.kind === 'sql-editor') ?? { id: '', version: 0 };
      return `${id} ${version}`;
    };
    const counts = 'SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES';
    const first = await editors(counts);
    expect(first).toMatch(/ 1$/);
    expect(await editors(counts.replace('1m', '5m'))).toBe(first.replace(/1$/, '2'));
    // The same source and a figure of the same name, but another query.
    const other = await editors(
      'SELECT price, quantity * 2 AS twice, COUNT(*) AS n FROM trades WHERE quantity > 10 AND price < 500 GROUP BY price, quantity HAVING COUNT(*) > 3',
    );
    expect(other).toMatch(/ 1$/);
    expect(other).not.toBe(first);
    // What does not work yet is mended by what is like it, not by anything.
    const broken = await editors('SELECT symbol, SUM(quantityy) AS volume FROM trades GROUP BY symbol EMIT CHANGES');
    expect(await editors(counts)).not.toContain(broken.split(' ')[0]);
  });

  test('4: records, side by side, a wrong column found and corrected', async () => {
    const made = await start();
    expect(
      await speak(made, [
        'show me 5 messages from trades',
        'compare trades and orders side by side',
        'SELECT symbol, AVG(pricee) AS price FROM trades GROUP BY symbol',
        'test it',
      ]),
    ).toEqual([['data-preview'], ['data-preview'], ['sql-editor', 'sql-editor'], ['test-results']]);
    // Until it can be named it is a query over what it reads.
    expect(made.session.notebook.artifacts.filter((a) => a.kind === 'sql-editor').map((a) => a.title)).toEqual([
      'Query over trades',
      'Price per symbol',
    ]);
  });

  test('5: metrics, alerting and a dashboard for bare SQL', async () => {
    const made = await start();
    expect(
      await speak(made, [
        'SELECT symbol, SUM(quantity) AS volume FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL',
        'add Prometheus metrics and alerting',
        'create a dashboard',
        'test all',
        'deploy it with the dashboard',
        'approve',
      ]),
    ).toEqual([['sql-editor'], ['sql-editor'], ['grafana-embed'], ['test-results'], [], ['deploy-summary']]);
    expect(made.session.notebook.artifacts.find((a) => a.kind === 'grafana-embed')?.title).not.toMatch(/^Velostream/);
  });

  test('6: eight lessons, judged by their checks', { timeout: 30_000 }, async () => {
    const made = await start();
    const lessons = await speak(made, ['start the tutorial', ...Array.from({ length: 7 }, () => 'test it')]);
    expect(lessons[0]).toEqual(['sql-editor']);
    expect(lessons.slice(1).every((l) => l.join() === 'test-results,sql-editor')).toBe(true);
    const events = await turn(made.assistant, made.session, 'hint');
    expect(textOfEvents(events)).toContain('deploy');
  });

  test('7: an application, a query more, its test, its deployment', { timeout: 30_000 }, async () => {
    const made = await start();
    expect(
      await speak(made, [
        'Build me a real-time trading analytics app with alerts',
        'add a join with orders',
        'test all',
        'deploy app',
        'approve',
      ]),
    ).toEqual([['app-preview'], ['app-preview'], ['test-results'], [], ['deploy-summary']]);
    const app = (await made.studio.apps.list()).at(-1);
    expect(app?.queries.at(-1)?.name).toBe('Trade-Order Enrichment');
  });

  test('8: templates: list, look, adapt', async () => {
    const made = await start();
    expect(
      await speak(made, [
        'what templates are there?',
        'show me the fraud detection template',
        'use it with trades, amount is price, user_id is order_id',
      ]),
    ).toEqual([['template-browser'], ['app-preview'], ['app-preview']]);
    const shown = () => {
      const last = made.session.notebook.artifacts.at(-1);
      return last?.kind === 'app-preview' ? last.data.app.queries.map(({ sql }) => sql) : [];
    };
    const before = shown();
    const added = textOfEvents(await turn(made.assistant, made.session, 'add both'));
    expect(shown().slice(0, before.length)).toEqual(before);
    expect(added).toMatch(/^Added symbol-breakdown and quantity-range\. Fraud Detection has 5 queries over trades now\./);
  });

  test('a button of a suggestion does what it names, and a deployment by it is asked for first', async () => {
    const made = await start();
    expect(
      await speak(made, [
        'average price per symbol every minute',
        '/analyze_annotations {"tier":3}',
        '/peek_source {"source":"trades","limit":3}',
        '/deploy_pipeline {}',
      ]),
    ).toEqual([['sql-editor'], ['sql-editor'], ['data-preview'], []]);
    expect(await made.studio.deployments.list()).toEqual([]);
    const unknown = await turn(made.assistant, made.session, '/no_such_tool {"a":1}');
    expect(artifactsOf(unknown)).toEqual([]);
  });

  test('9.6: a dashboard from words alone', async () => {
    const made = await start();
    expect(await speak(made, ['create a dashboard showing trading volume and price per symbol'])).toEqual([['grafana-embed']]);
    // Its application is the one that is tested, and changed.
    expect(await speak(made, ['test all', 'add a query that counts trades per symbol'])).toEqual([['test-results'], ['app-preview']]);
    const [app] = await made.studio.apps.list();
    const tested = made.session.notebook.artifacts.find((a) => a.kind === 'test-results')?.data;
    expect(tested).toHaveProperty('suite.application', app?.name);
    expect(tested).toHaveProperty('suite.queries.length', (app?.queries.length ?? 0) - 1);
  });

  test('a deployment that is declined does not happen', async () => {
    const made = await start();
    await speak(made, ['count trades every minute']);
    const asked = await turn(made.assistant, made.session, 'deploy it');
    const approval = asked.find((e) => e.type === 'approval_required');
    const declined = await turn(made.assistant, made.session, '', [
      { approvalId: approval?.type === 'approval_required' ? approval.approval.approvalId : '', approved: false },
    ]);
    expect(stopOf(declined)).toBe('end');
    expect(await made.studio.deployments.list()).toEqual([]);
  });

  test('a new question is a new query; a change is a version of the one in hand', async () => {
    const made = await start();
    const titles = () => made.session.notebook.artifacts.flatMap((a) => (a.kind === 'sql-editor' ? [`${a.title} v${a.version}`] : []));
    await speak(made, ['volume by symbol every minute', 'average price by symbol every minute', 'only for AAPL']);
    expect(titles()).toEqual([
      'Volume by symbol every minute v1',
      'Average price by symbol every minute v1',
      'Average price by symbol every minute v2',
    ]);
    await speak(made, [
      'SELECT symbol, MAX(price) AS highest FROM trades GROUP BY symbol EMIT CHANGES',
      'SELECT symbol, MAX(price) AS highest FROM trades WHERE price > 1 GROUP BY symbol EMIT CHANGES',
    ]);
    expect(titles().slice(3)).toEqual(['Highest per symbol v1', 'Highest per symbol v2']);
  });

  test('an alert on another figure than the one in hand computes that figure', async () => {
    const made = await start();
    await speak(made, ['average price by symbol every minute', 'alert me when volume goes above 20000']);
    const editor = made.session.notebook.artifacts.at(-1);
    expect(editor?.kind === 'sql-editor' && editor.data.sql).toMatch(/SUM\(quantity\) AS total_quantity/);
    expect(editor?.kind === 'sql-editor' && editor.data.alerts).toEqual(['total_quantity > 20000']);
  });

  test('metrics that were added are no longer offered', async () => {
    const made = await start();
    const offered = async (text: string): Promise<string[]> =>
      (await turn(made.assistant, made.session, text)).flatMap((e) => (e.type === 'suggestions' ? e.items.map((i) => i.ruleId) : []));
    expect(await offered('count trades by symbol every minute')).toContain('missing-metrics');
    expect(await offered('/analyze_annotations {"tier":1}')).not.toContain('missing-metrics');
  });

  test('a button told as a sentence hands its query or its call to the tool', async () => {
    const made = await start();
    await speak(made, ['count trades by symbol every minute']);
    const editor = () => {
      const shown = made.session.notebook.artifacts.findLast((a) => a.kind === 'sql-editor');
      return shown?.kind === 'sql-editor' ? { sql: shown.data.sql, metrics: shown.data.metrics, version: shown.version } : undefined;
    };
    const before = editor();
    const edited = `-- @metric: counted\n-- @metric_type: counter\n${before?.sql}`;
    expect(await speak(made, [`Apply: add metrics to “Trades by symbol”\n\`\`\`sql\n${edited}\n\`\`\``])).toEqual([['sql-editor']]);
    expect(editor()).toEqual({ sql: edited, metrics: ['counted'], version: (before?.version ?? 0) + 1 });
    expect(
      await speak(made, [
        'Apply: add metrics and alerts to “Trades by symbol”\n/analyze_annotations {"tier":2}',
        'Apply: look at trades\n/peek_source {"source":"trades","limit":3}',
      ]),
    ).toEqual([['sql-editor'], ['data-preview']]);
  });

  test('a test of a query without a name goes by the title of its editor', async () => {
    const made = await start();
    await speak(made, ['count trades by symbol every minute', 'test it']);
    const { artifacts } = made.session.notebook;
    const title = artifacts.find((a) => a.kind === 'sql-editor')?.title;
    expect(title).toBeDefined();
    const tested = artifacts.find((a) => a.kind === 'test-results');
    expect(tested?.title).toBe(`Test of ${title}`);
    expect(JSON.stringify(tested?.data)).not.toMatch(/(sink|of) '?stmt_/);
  });

  test('a change of an application is told as a sentence, by the name of its query', async () => {
    const made = await start();
    await speak(made, ['Build me a real-time trading analytics app with alerts']);
    expect(textOfEvents(await turn(made.assistant, made.session, 'add a query that counts trades per symbol every minute'))).toMatch(
      /^Added Counts Trades Per Symbol Every Minute\. /,
    );
  });

  test('events of the past have an age, and no latency', async () => {
    const made = await start();
    await speak(made, ['average price per symbol every minute', '/analyze_annotations {"tier":3}', 'run it']);
    const results = made.session.notebook.artifacts.at(-1);
    const rows = results?.kind === 'query-results' ? results.data.rows : [];
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['processing_latency_ms']))).toEqual(new Set([null]));
  });

  test('SQL with a slip in its first word is shown without it, and the slip is told', async () => {
    const made = await start();
    const events = await turn(made.assistant, made.session, 'SELEC symbol FROM trades');
    expect(textOfEvents(events)).toContain('Corrected: write SELECT instead of SELEC.');
    expect(made.session.notebook.artifacts.at(-1)).toMatchObject({ kind: 'sql-editor', data: { sql: 'SELECT symbol FROM trades' } });
  });
});
