import { describe, expect, test } from 'vitest';
import { optionsOf, talk } from '../testing/talk.fixture.ts';
import { artifactsOf, textOfEvents, toolsOf, turn } from '../testing/thread.fixture.ts';

async function conversation() {
  const made = await talk();
  const editor = () => {
    const shown = made.session.notebook.artifacts.findLast((a) => a.kind === 'sql-editor');
    if (shown?.kind !== 'sql-editor') throw new Error('no query is shown');
    return { ...shown, sql: shown.data.sql.replace(/\s+/g, ' ') };
  };
  return { ...made, editor };
}

describe('a question of its own beside a query', () => {
  test.each([
    ['top 3 customers by spend', /FROM orders GROUP BY customer .*ORDER BY total_amount DESC LIMIT 3/],
    ['top 2 symbols by volume', /SUM\(quantity\) .*GROUP BY symbol .*LIMIT 2/],
    ['median price per symbol per hour', /MEDIAN\(price\) .*GROUP BY symbol/],
    ['per customer total amount', /SUM\(amount\) .*FROM orders GROUP BY customer/],
  ])('%s: keeps no condition of it', async (question, expected) => {
    const { say, editor } = await conversation();
    await say('trades of AURA per minute');
    const { id } = editor();
    await say(question);
    expect(editor().sql).toMatch(expected);
    expect(editor().sql).not.toContain('AURA');
    expect(editor()).toMatchObject({ version: 1 });
    expect(editor().id).not.toBe(id);
  });

  test.each(['by side', 'only with a price above 110', 'what about BOLT', 'also the average price per side'])(
    '%s: is a change of it',
    async (change) => {
      const { say, editor } = await conversation();
      await say('trades of AURA per minute', change);
      expect(editor().sql).toContain(change.includes('BOLT') ? "symbol = 'BOLT'" : "symbol = 'AURA'");
    },
  );

  test('the newest rows with a condition are a question, those without one are looked at', async () => {
    const { say, editor } = await conversation();
    await say('the last 10 orders over 200');
    expect(editor().sql).toMatch(/FROM orders WHERE amount > 200 ORDER BY order_time DESC LIMIT 10/);
    expect(toolsOf(await say('the last 10 paid orders'))).toEqual(['generate_sql']);
    for (const look of ['the last 10 orders', 'show me a few orders', 'show me the first 5 records of the orders stream, please'])
      expect(toolsOf(await say(look))).toEqual(['peek_source']);
  });

  test('values that no schema lists are known from the rows', async () => {
    const { say, editor } = await conversation();
    await say('the last 10 paid orders');
    expect(editor().sql).toContain("status = 'paid'");
    await say('average price per symbol every minute', 'only buys');
    expect(editor().sql).toContain("side = 'buy'");
    expect(editor()).toMatchObject({ version: 2 });
    await say('refunded orders per customer');
    expect(editor().sql).toMatch(/WHERE status = 'refunded' GROUP BY customer/);
  });
});

describe('what is asked of the data as a whole', () => {
  test.each(['what data do you have?', 'what do you have', 'which sources are connected?', "what's there?", 'show me the data'])(
    '%s: lists it',
    async (question) => {
      const { say } = await conversation();
      expect(toolsOf(await say(question))).toEqual(['list_sources']);
    },
  );

  test.each(['what can I ask?', 'what questions can I ask about this data', 'give me some example questions', 'help'])(
    '%s: offers questions that are answered',
    async (question) => {
      const { say } = await conversation();
      const offered = optionsOf(await say(question));
      expect(offered.length).toBeGreaterThan(3);
      expect(offered.join('\n')).toMatch(/price(?:.|\n)*orders|orders(?:.|\n)*price/);
      for (const each of offered) expect(artifactsOf(await say(each)), each).toEqual(['sql-editor']);
    },
  );

  test('of one source, what can be asked of that', async () => {
    const { say } = await conversation();
    const offered = optionsOf(await say('what can you tell me about orders?'));
    expect(offered).toContain('count orders every minute');
    expect(offered.join()).not.toMatch(/trades|price/);
  });

  test('how fresh it is, by the newest record of each source', async () => {
    const { say } = await conversation();
    const told = textOfEvents(await say('how fresh is the data?'));
    expect(told).toContain('The newest record of trades is of 2026-01-05 09:32:00 UTC, 2 hours ago.');
    expect(told).toContain('companies has no times');
    expect(textOfEvents(await say('what data is stale?'))).toBe(told);
    expect(textOfEvents(await say('how fresh are the orders?'))).toBe(
      'The newest record of orders is of 2026-01-05 09:31:58 UTC, 2 hours ago.',
    );
  });

  test.each([
    'what customers do we have',
    'what is the average price',
    'what orders are over 200',
    'how old is the oldest order on average',
  ])('%s: is a question of what stands in it', async (question) => {
    const { say } = await conversation();
    expect(toolsOf(await say(question))).toEqual(['generate_sql']);
  });
});

describe('what is done with the query in hand', () => {
  const QUESTION = 'average price per symbol every minute';

  test('it is drawn as it is asked, and so are its results', async () => {
    const { say, editor, session } = await conversation();
    await say(QUESTION, 'run it', 'show it as bars');
    expect(editor()).toMatchObject({ version: 2, data: { chart: { kind: 'bar', x: 'symbol', y: ['avg_price'] } } });
    expect(session.notebook.artifacts.findLast((a) => a.kind === 'query-results')).toMatchObject({
      version: 2,
      data: { chart: { kind: 'bar' } },
    });
    for (const [words, kind] of [
      ['as a line chart', 'line'],
      ['make it a pie chart', 'pie'],
      ['area chart instead', 'area'],
      ['use bars', 'bar'],
    ] as const) {
      await say(words);
      expect(editor().data.chart?.kind, words).toBe(kind);
      expect(editor().sql.match(/@viz/g)).toHaveLength(1);
    }
    const { id } = editor();
    await say('volume per symbol as a pie chart');
    expect(editor()).toMatchObject({ title: 'Volume per symbol', data: { chart: { kind: 'pie', y: ['total_quantity'] } } });
    expect(editor().id).not.toBe(id);
  });

  test('what has no number is not said to be drawn', async () => {
    const { say, editor } = await conversation();
    await say('SELECT symbol, company FROM companies');
    expect(textOfEvents(await say('show it as bars'))).toContain('cannot be drawn as bars');
    expect(editor().version).toBe(1);
  });

  test('undo takes back one change after the other, then the query itself', async () => {
    const { say, editor, session } = await conversation();
    await say('count trades per side', QUESTION, 'only for AURA', 'show it as bars');
    await say('undo');
    expect(editor().sql).not.toContain('@viz');
    expect(editor().sql).toContain("symbol = 'AURA'");
    await say('take that back');
    expect(editor().sql).not.toContain('AURA');
    expect(textOfEvents(await say('undo'))).toBe(
      'Took back "Average price per symbol every minute": the query is "Count trades per side" again.',
    );
    expect(session.notebook.cells.flatMap((c) => (c.sql === undefined ? [] : [c.nlPrompt]))).toEqual(['count trades per side']);
    expect(textOfEvents(await say('undo'))).toContain('nothing to take back');
  });

  test('what was undone can be changed in another way, and that undone', async () => {
    const { say, editor } = await conversation();
    await say(QUESTION, 'only for AURA', 'undo', 'only for BOLT', 'undo');
    expect(editor().sql).not.toMatch(/AURA|BOLT/);
  });

  test('it is renamed, and a column of it is not', async () => {
    const { say, editor, session } = await conversation();
    await say(QUESTION, 'rename this to Prices');
    expect(editor()).toMatchObject({ title: 'Prices', version: 2 });
    expect(session.notebook.cells.at(-1)?.name).toBe('Prices');
    await say('only for AURA');
    expect(editor()).toMatchObject({ title: 'Prices', version: 3 });
    await say('undo', 'undo');
    expect(editor().title).toBe('Average price per symbol every minute');
    expect(session.notebook.cells.at(-1)?.name).toBe('Average price per symbol every minute');
  });

  test('a window stands beside the one before it', async () => {
    const { say, editor } = await conversation();
    await say('count trades per side every minute', 'compare this minute with the one before');
    expect(editor().sql).toMatch(/LAG\(trade_count\) OVER \(PARTITION BY side ORDER BY window_start\) AS trade_count_before/);
    const run = await say('run it');
    const rows = run.flatMap((e) => (e.type === 'tool_result' && e.artifact?.kind === 'query-results' ? e.artifact.data.rows : []));
    expect(rows.some((row) => Number(row['trade_count_change']) === Number(row['trade_count']) - Number(row['trade_count_before']))).toBe(
      true,
    );
    await say('undo');
    expect(editor().sql).not.toContain('LAG');
  });

  test('without a figure in windows that is said, and nothing else is shown', async () => {
    const { say } = await conversation();
    const events = await say('compare this minute with the one before');
    expect(artifactsOf(events)).toEqual([]);
    expect(textOfEvents(events)).toMatch(/no query yet/);
    expect(textOfEvents(await say('rename this to Prices'))).toMatch(/no query yet/);
  });
});

describe('a change of the query in hand', () => {
  test('names no word as ignored that was heard', async () => {
    const { say, editor } = await conversation();
    await say('count trades per side every minute');
    for (const change of ['limit to 5', 'turn it into a session window of 30 seconds', 'emit only final results'])
      expect(textOfEvents(await say(change)), change).not.toContain('ignored');
    expect(editor().sql).toMatch(/SESSION\(INTERVAL '30' SECOND\) LIMIT 5 EMIT FINAL/);
    expect(textOfEvents(await say('show the number of trades as well'))).toMatch(/^That changes nothing: the query computes/);
  });

  test('a query beside the window before it is changed inside', async () => {
    const { say, editor } = await conversation();
    await say('average price per symbol every minute', 'compare each window with the one before', 'make it every 5 minutes', 'only buys');
    expect(editor().sql).toMatch(/LAG\(avg_price\).*WHERE side = 'buy'.*INTERVAL '5' MINUTE.*EMIT FINAL/);
    expect(editor().state).toBe('done');
  });

  test('a dashboard of a query that is not measured measures it first', async () => {
    const { say, editor } = await conversation();
    const made = await say('count trades per side every minute', 'create a dashboard');
    expect(artifactsOf(made)).toEqual(['sql-editor', 'grafana-embed']);
    expect(editor().data.metrics).not.toEqual([]);
    expect(textOfEvents(made)).toMatch(/A dashboard of \d+ panels?: .*trade/i);
    expect(artifactsOf(await say('create a dashboard'))).toEqual(['grafana-embed']);
  });

  test('an advice that is taken changes this query, and does not put another in its place', async () => {
    const { say, editor } = await conversation();
    const asked = await say('total amount per customer');
    const offered = asked.flatMap((e) => (e.type === 'suggestions' ? e.items.map((i) => i.ruleId) : []));
    expect(offered).toContain('float-money');
    await say('apply all');
    expect(editor().sql).toMatch(/SUM\(CAST\(amount AS DECIMAL\(18, ?4\)\)\) .*FROM orders GROUP BY customer/);
    const other = await say('count trades per side every minute');
    expect(other.flatMap((e) => (e.type === 'suggestions' ? e.items.map((i) => i.ruleId) : []))).not.toContain('float-money');
    await say('what should I improve?', 'apply all');
    expect(editor().sql).toMatch(/FROM trades GROUP BY side/);
  });

  test('a value of a source that nobody spoke of counts only as it is written', async () => {
    const { say, editor } = await conversation();
    expect(optionsOf(await say('which customer sells the most?'))).not.toEqual([]);
    await say('how many orders are of the side sell');
    expect(editor().sql).toContain("side = 'sell'");
  });
});

describe('what runs', () => {
  test.each([
    ['any alerts?', 'Nothing is deployed yet.'],
    ['show me the logs', 'Nothing is deployed yet.'],
    ['roll back', 'Nothing is deployed yet.'],
    ['save this', 'Every change of this thread is kept as it happens: there is nothing to save.'],
  ])('%s: is answered', async (said, answer) => {
    const { say } = await conversation();
    expect(textOfEvents(await say('count trades per side', said))).toBe(answer);
  });

  test.each(['how is it doing?', 'what is running?', 'is it still running', 'how are my jobs doing'])(
    '%s: is looked at',
    async (question) => {
      const { say } = await conversation();
      expect(textOfEvents(await say(question))).toBe('Nothing is deployed yet.');
    },
  );

  test('why nothing comes is told of what was shown last', async () => {
    const { say, session, assistant } = await conversation();
    expect(textOfEvents(await say('why is there no output?'))).toContain('Nothing has run yet');
    await say('count trades per side where price is over 100000', 'run it');
    expect(textOfEvents(await say('why are there no rows?'))).toMatch(/[a-z].*\.$/);
    await say('count trades per side every minute');
    const asked = await say('deploy it');
    const approvals = asked.flatMap((e) => (e.type === 'approval_required' ? [{ approvalId: e.approval.approvalId, approved: true }] : []));
    await turn(assistant, session, '', approvals);
    expect(textOfEvents(await say('why is there no output?'))).toMatch(/Count trades per side every minute took in \d+ and put out \d+/);
    expect(textOfEvents(await say('how is it doing?'))).toMatch(/^\d jobs?, /);
    expect(textOfEvents(await say('are there any alerts'))).toContain('No alert is deployed');
    expect(textOfEvents(await say('show me the logs'))).toMatch(/\d\d:\d\d:\d\d info Count trades per side every minute: /);
  });
});

describe('"it" is what was shown last', () => {
  const APP = 'Build me a real-time trading analytics app with alerts';

  test('an application that was made after a query is tested, explained and taken back; a query after that is again', async () => {
    const { say, editor } = await conversation();
    await say('average price per symbol every minute', APP);
    expect(toolsOf(await say('test it'))).toEqual(['test_app']);
    expect(textOfEvents(await say('explain it'))).toMatch(/VWAP Calculator: /);
    expect(textOfEvents(await say('run it'))).toContain('deploy app');
    expect(textOfEvents(await say('rename this to Desk'))).toBe('"Trading Analytics" is called "Desk" now.');
    expect(textOfEvents(await say('undo'))).toMatch(/Took back the last change of Trading Analytics/);
    await say('add a query that counts trades per side');
    expect(textOfEvents(await say('undo'))).toMatch(/Took back the last change of .*4 queries again/);
    expect(textOfEvents(await say('remove the first query'))).toMatch(/^Removed .* 3 queries/);
    expect(toolsOf(await say('test the query'))).toEqual(['test_query']);
    await say('count trades per side every minute');
    expect(toolsOf(await say('test it'))).toEqual(['test_query']);
    await say('add a filter for AURA');
    expect(editor().sql).toContain("symbol = 'AURA'");
    expect(toolsOf(await say('deploy it'))).toEqual(['deploy_pipeline']);
    expect(toolsOf(await say('deploy the app'))).toEqual(['deploy_app']);
  });
});

test.each(['CRAETE STREAM dear AS SELECT symbol FROM trades', 'SELECT symbol FRON trades', 'SELCET symbol FROM trades'])(
  '%s: is read as SQL with a slip',
  async (sql) => {
    const { say } = await conversation();
    expect(toolsOf(await say(sql))).toEqual(['validate_sql', 'validate_sql']);
  },
);

test.each(['COUNT trades BY symbol', 'AURA trades per minute', 'SUM of quantity per symbol'])('%s: is a question', async (question) => {
  const { say } = await conversation();
  expect(toolsOf(await say(question))).toEqual(['generate_sql']);
});
