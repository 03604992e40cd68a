import { BIG_FILE, BROKER, BUCKET, CHANGED, DATABASE, FOLDER, type Holding, NEGLECTED, UPDATES } from './systems.ts';

/** One line of a conversation and what it has to bring. */
export interface Line {
  /** `approve` agrees to what was asked last. */
  readonly say: string;
  /** Kinds of artifacts, in order; nothing else may appear. */
  readonly shows: readonly string[];
  /** What a model would call for this line; replayed by the scripted server. */
  readonly calls?: readonly (readonly [tool: string, input: Readonly<Record<string, unknown>>])[];
  /** Rules whose suggestions must come with the line. */
  readonly suggests?: readonly string[];
  /** Happens outside before the line: what a system holds changes. */
  readonly before?: (holdings: Record<string, Readonly<Record<string, Holding>>>) => void;
  /** Must stand in what is said or shown. */
  readonly tells?: RegExp;
}

export interface Journey {
  readonly name: string;
  readonly systems: {
    readonly kafka?: Readonly<Record<string, Holding>>;
    readonly file?: Readonly<Record<string, Holding>>;
    readonly s3?: Readonly<Record<string, Holding>>;
    readonly postgres?: Readonly<Record<string, Holding>>;
  };
  readonly lines: readonly Line[];
}

const KAFKA = 'Connect to kafka at broker1:9092';
const connect: Line = { say: KAFKA, shows: [], calls: [['connect_source', { uri: 'kafka://broker1:9092' }]] };
const approve: Line = { say: 'approve', shows: ['deploy-summary'], tells: /running|finished|starting/ };
const deploy: Line = { say: 'deploy it', shows: [], calls: [['deploy_pipeline', {}]] };
const test: Line = { say: 'test it', shows: ['test-results'], calls: [['test_query', {}]], tells: /passed/ };
const deployApp: Line = { say: 'deploy app', shows: [], calls: [['deploy_app', {}]] };
const testApp: Line = { say: 'test all', shows: ['test-results'], calls: [['test_app', {}]] };
const pasted = (sql: string, more: Partial<Line> = {}): Line => ({
  say: sql,
  shows: ['sql-editor'],
  calls: [['validate_sql', { sql }]],
  ...more,
});

const WRONG =
  'CREATE STREAM trade_alerts AS SELECT symbol, AVG(price) AS amount FROM `raw-trades` GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES';
const BARE = 'SELECT symbol, SUM(quantity) AS revenue, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL';

const STATUS = 'SELECT legacy_status, COUNT(*) AS order_count FROM `order-updates` GROUP BY legacy_status WINDOW TUMBLING(1m) EMIT CHANGES';

const lesson: Line = {
  say: 'test it',
  shows: ['test-results', 'sql-editor'],
  calls: [
    ['test_query', {}],
    ['tutorial', { command: 'next' }],
  ],
};

export const JOURNEYS: readonly Journey[] = [
  {
    name: '1: explore first',
    systems: { kafka: BROKER },
    lines: [
      connect,
      { say: 'what topics are there?', shows: ['topic-list'], calls: [['list_topics', {}]], tells: /trades \(6 partitions, 1\.2M\)/ },
      {
        say: 'what does trades look like',
        shows: ['schema-viewer'],
        calls: [['inspect_topic', { topic: 'trades' }]],
        tells: /symbol STRING, price FLOAT, quantity INTEGER/,
      },
      {
        say: 'show me the last 10 messages from trades',
        shows: ['data-preview'],
        calls: [['peek_messages', { topic: 'trades', limit: 10, from_end: true }]],
        tells: /10 records/,
      },
      {
        say: 'average price per symbol every minute',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'average price per symbol every minute' }]],
        tells: /AVG\(price\)/,
      },
      test,
      deploy,
      approve,
    ],
  },
  {
    name: '2: from nothing',
    systems: { kafka: { trades: BROKER['trades'] as Holding } },
    lines: [
      {
        say: 'I want to track trading volume by symbol every 5 minutes',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'I want to track trading volume by symbol every 5 minutes' }]],
        tells: /@metric/,
      },
      { say: 'generate 1000 sample records', shows: ['data-preview'], calls: [['generate_data', { records: 1000 }]], tells: /1000 rows/ },
      test,
      {
        say: 'alert when volume exceeds 1M',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'alert when volume exceeds 1M' }]],
        tells: /@alert: total_quantity > 1000000/,
      },
      connect,
      { say: 'deploy with dashboard', shows: [], calls: [['deploy_pipeline', { deploy_dashboard: true }]] },
      { ...approve, tells: /1 job, 1 metric, 1 alert/ },
    ],
  },
  {
    name: '3: SQL that is there already',
    systems: { kafka: BROKER },
    lines: [
      connect,
      pasted('SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES', {
        tells: /average|avg/i,
      }),
      test,
      { say: 'add monitoring', shows: ['sql-editor'], calls: [['analyze_annotations', { tier: 2 }]], tells: /avg_price_per_symbol/ },
      deploy,
      approve,
    ],
  },
  {
    name: '4: find what is wrong',
    systems: { kafka: BROKER },
    lines: [
      {
        say: 'Connect to kafka at broker1:9092 and inspect the output topic trade-alerts',
        shows: ['schema-viewer'],
        calls: [
          ['connect_source', { uri: 'kafka://broker1:9092' }],
          ['inspect_source', { source: 'trade-alerts' }],
        ],
      },
      {
        say: 'show me 5 messages from trade-alerts',
        shows: ['data-preview'],
        calls: [['peek_source', { source: 'trade-alerts', limit: 5 }]],
      },
      {
        say: 'compare with raw-trades side by side',
        shows: ['data-preview'],
        calls: [['peek_source', { source: 'trade-alerts', limit: 5, beside: ['raw-trades'] }]],
        tells: /amount is 0.*Paste its SQL/s,
      },
      pasted(WRONG, {
        shows: ['sql-editor', 'sql-editor'],
        tells: /price → amount|does not exist/,
        calls: [
          ['validate_sql', { sql: WRONG }],
          ['validate_sql', { sql: WRONG.replace('AVG(price)', 'AVG(amount)') }],
        ],
      }),
      test,
      deploy,
      approve,
    ],
  },
  {
    name: '5: observe what runs',
    systems: { kafka: BROKER },
    lines: [
      connect,
      pasted(BARE),
      {
        say: 'add Prometheus metrics and alerting: alert when revenue exceeds 100000',
        shows: ['sql-editor'],
        calls: [['analyze_annotations', { tier: 2, alert: 'revenue > 100000' }]],
        tells: /revenue > 100000[\s\S]*warning/,
      },
      { say: 'create a dashboard', shows: ['grafana-embed'], calls: [['generate_dashboard', {}]] },
      { say: 'deploy it with the dashboard', shows: [], calls: [['deploy_pipeline', { deploy_dashboard: true }]] },
      { ...approve, tells: /1 job, 2 metrics, 1 alert/ },
    ],
  },
  {
    name: '6: the tutorial',
    systems: {},
    lines: [
      { say: 'start the tutorial', shows: ['sql-editor'], calls: [['tutorial', { command: 'start' }]], tells: /Lesson 1 of 8/ },
      ...Array.from({ length: 7 }, () => lesson),
      { say: 'hint', shows: [], calls: [['tutorial', { command: 'hint' }]], tells: /deploy/ },
      { say: 'deploy', shows: [], calls: [['deploy_pipeline', {}]], tells: /Starts 1 job/ },
      { ...approve, tells: /last lesson/ },
    ],
  },
  {
    name: '7: an application from one sentence',
    systems: { kafka: { trades: BROKER['trades'] as Holding, orders: BROKER['orders'] as Holding } },
    lines: [
      connect,
      {
        say: 'Build me a real-time trading analytics app with alerts',
        shows: ['app-preview'],
        calls: [['generate_app', { prompt: 'Build me a real-time trading analytics app with alerts' }]],
        tells: /4 queries, 6 metrics, 2 alerts/,
      },
      {
        say: 'add a join with orders',
        shows: ['app-preview'],
        calls: [['update_app', { prompt: 'add a join with orders' }]],
        tells: /Trade-Order Enrichment/,
      },
      { ...testApp, tells: /all 5 queries hold/ },
      deployApp,
      { ...approve, tells: /5 jobs/ },
    ],
  },
  {
    name: '8: from a template',
    systems: { kafka: { transactions: BROKER['transactions'] as Holding } },
    lines: [
      { say: 'what templates are there?', shows: ['template-browser'], calls: [['list_templates', {}]] },
      {
        say: 'show me the fraud detection template',
        shows: ['app-preview'],
        calls: [['get_template', { template_id: 'fraud-detection' }]],
      },
      connect,
      { say: 'inspect transactions', shows: ['schema-viewer'], calls: [['inspect_topic', { topic: 'transactions' }]] },
      {
        say: 'use it with transactions, amount is transaction_amount, user_id is customer_id, timestamp is event_time',
        shows: ['app-preview'],
        calls: [
          [
            'customize_template',
            {
              template_id: 'fraud-detection',
              source_topic: 'transactions',
              field_mappings: { amount: 'transaction_amount', user_id: 'customer_id', timestamp: 'event_time' },
            },
          ],
        ],
        suggests: ['template-extra-fields'],
      },
      {
        say: 'add both',
        shows: ['app-preview'],
        calls: [['customize_template', { template_id: 'fraud-detection', add_offers: ['all'] }]],
        tells: /7 queries/,
      },
      { ...testApp, tells: /all 7 queries hold/ },
      deployApp,
      { ...approve, tells: /7 jobs/ },
    ],
  },
  {
    name: '9.1: what exploring turns up',
    systems: { kafka: NEGLECTED },
    lines: [
      { ...connect, suggests: ['dlq-nonempty', 'stale-source', 'domain-match'] },
      {
        say: 'list topics',
        shows: ['topic-list'],
        calls: [['list_topics', {}]],
        suggests: ['dlq-nonempty', 'stale-source', 'domain-match'],
      },
    ],
  },
  {
    name: '9.2: a query that could be cheaper',
    systems: { kafka: { visits: BROKER['visits'] as Holding } },
    lines: [
      connect,
      {
        say: 'count visits by session id every minute',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'count visits by session id every minute' }]],
        suggests: ['high-cardinality-group', 'having-saves'],
      },
      {
        say: 'apply the performance suggestions',
        shows: ['sql-editor'],
        calls: [['use_suggestions', { which: 'performance' }]],
        tells: /HAVING COUNT\(\*\) > 1/,
      },
      { say: 'ignore the rest', shows: [], calls: [['use_suggestions', { action: 'dismiss' }]] },
    ],
  },
  {
    name: '9.3: annotations in three tiers',
    systems: { kafka: { trades: BROKER['trades'] as Holding } },
    lines: [
      connect,
      pasted(
        'SELECT symbol, AVG(price) AS avg_price, COUNT(*) AS trade_count FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES',
        {
          suggests: ['missing-metrics'],
        },
      ),
      {
        say: 'annotate it with metrics, alerts and a dashboard',
        shows: ['sql-editor', 'grafana-embed'],
        calls: [
          ['analyze_annotations', { tier: 3 }],
          ['generate_dashboard', {}],
        ],
        tells: /processing_latency_ms[\s\S]*window_output_count|window_output_count[\s\S]*processing_latency_ms/,
      },
    ],
  },
  {
    name: '9.4: the health of what runs',
    systems: { kafka: { trades: BROKER['trades'] as Holding } },
    lines: [
      connect,
      pasted('SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES'),
      deploy,
      { ...approve, suggests: ['unmonitored-deploy'] },
      { say: 'how are my pipelines doing?', shows: [], calls: [['analyze_performance', {}]], tells: /1 job/ },
    ],
  },
  {
    name: '9.5: sources that changed',
    systems: { kafka: { 'order-updates': UPDATES } },
    lines: [
      connect,
      pasted(STATUS),
      deploy,
      approve,
      {
        say: 'what changed in the schemas?',
        before: (holdings) => {
          holdings['kafka'] = { 'order-updates': CHANGED };
        },
        shows: ['schema-viewer'],
        calls: [['analyze_schema_diff', {}]],
        tells: /field_renamed[\s\S]*field_added|field_added[\s\S]*field_renamed/,
        suggests: ['schema-removed', 'schema-added'],
      },
      {
        say: 'apply the first suggestion',
        shows: ['sql-editor'],
        calls: [['use_suggestions', { which: '1' }]],
        tells: /order_status AS legacy_status/,
      },
      deploy,
      approve,
    ],
  },
  {
    name: '9.6: a dashboard from words alone',
    systems: { kafka: { trades: BROKER['trades'] as Holding } },
    lines: [
      connect,
      {
        say: 'create a dashboard showing trading volume and price per symbol',
        shows: ['grafana-embed'],
        calls: [['generate_app', { prompt: 'create a dashboard showing trading volume and price per symbol', skip_sql_preview: true }]],
      },
    ],
  },
  {
    name: '10.1: files by a glob',
    systems: { file: FOLDER },
    lines: [
      { say: 'connect to file:///data/trades-*.csv', shows: [], calls: [['connect_source', { uri: 'file:///data/trades-*.csv' }]] },
      { say: 'which files are there?', shows: ['data-preview'], calls: [['list_sources', {}]] },
      {
        say: 'describe trades-1.csv',
        shows: ['schema-viewer'],
        calls: [['inspect_source', { source: 'trades-1.csv' }]],
        tells: /qty INTEGER/,
      },
      {
        say: 'show the first 10 rows of trades-1.csv',
        shows: ['data-preview'],
        calls: [['peek_source', { source: 'trades-1.csv', limit: 10, from_end: false }]],
        tells: /10 records/,
      },
      {
        say: 'vwap per symbol every minute',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'vwap per symbol every minute' }]],
        tells: /price \* qty/,
      },
      { say: 'run it', shows: ['query-results'], calls: [['execute_query', {}]], tells: /rows/ },
    ],
  },
  {
    name: '10.2: a file of 50 GB',
    systems: { file: BIG_FILE },
    lines: [
      {
        say: 'connect to file:///data/events.json',
        shows: [],
        calls: [['connect_source', { uri: 'file:///data/events.json' }]],
        suggests: ['large-file-mmap'],
        tells: /50 GB/,
      },
      {
        say: 'connect to file:///data/events.json with mmap',
        shows: [],
        calls: [['connect_source', { uri: 'file:///data/events.json', options: { use_mmap: 'true' } }]],
      },
      {
        say: 'count events by event type every hour',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'count events by event type every hour' }]],
        tells: /GROUP BY\s+event_type/,
      },
    ],
  },
  {
    name: '10.3: Parquet in a bucket',
    systems: { s3: BUCKET },
    lines: [
      {
        say: 'connect to s3://sensors/daily/ in region us-west-2 as parquet',
        shows: [],
        calls: [['connect_source', { uri: 's3://sensors/daily/', format: 'parquet', options: { region: 'us-west-2' } }]],
      },
      {
        say: 'what is the schema of readings.parquet',
        shows: ['schema-viewer'],
        calls: [['inspect_source', { source: 'readings.parquet' }]],
      },
      {
        say: 'preview 5 rows of readings.parquet',
        shows: ['data-preview'],
        calls: [['peek_source', { source: 'readings.parquet', limit: 5 }]],
      },
      {
        say: 'build an anomaly detection app for the sensors',
        shows: ['app-preview'],
        calls: [['generate_app', { prompt: 'build an anomaly detection app for the sensors' }]],
      },
    ],
  },
  {
    name: '10.4: tables of a database',
    systems: { postgres: DATABASE, kafka: {} },
    lines: [
      {
        say: 'connect to postgres://db.internal:5432/shop',
        shows: [],
        calls: [['connect_source', { uri: 'postgres://db.internal:5432/shop' }]],
      },
      { say: 'list the tables', shows: ['data-preview'], calls: [['list_sources', {}]], tells: /billing\.invoices/ },
      pasted("SELECT order_id, status, total FROM 'postgres://db.internal:5432/shop?table=orders'"),
      {
        say: 'replicate orders to the kafka topic orders-copy',
        shows: ['sql-editor'],
        calls: [['generate_sql', { prompt: 'replicate orders to the kafka topic orders-copy' }]],
        tells: /CREATE STREAM[\s\S]*(INTO|orders-copy)/,
      },
    ],
  },
];
