import type { Artifact, ArtifactOf } from '@velostream/core/protocol';
import type { App, DashboardPlan, Deployment, JobMetrics, TemplateSummary, Topology } from '@velostream/core/protocol/deploy';
import { actions, artifactOf, SAMPLE_TIME } from './envelope.ts';
import { SAMPLE_SQL } from './sample-sql.ts';

const metric = (name: string, type: 'counter' | 'gauge' | 'histogram', labels: readonly string[] = []) => ({
  name,
  type,
  labels,
  prometheusName: `velo_${name}`,
});

export const sampleTopology: Topology = {
  nodes: [
    { id: 'trades', type: 'source', label: 'trades', columns: ['symbol', 'price', 'quantity', 'event_time'] },
    { id: 'orders', type: 'source', label: 'orders', columns: ['id', 'customer'] },
    { id: 'q1', type: 'transform', label: 'VWAP Calculator', verb: '5-min tumble by symbol', queryId: 'q1', columns: ['symbol', 'vwap'] },
    {
      id: 'q2',
      type: 'transform',
      label: 'Volume Spike Detector',
      verb: '1-min tumble by symbol',
      queryId: 'q2',
      columns: ['symbol', 'volume'],
    },
    {
      id: 'q3',
      type: 'transform',
      label: 'Price Movement Tracker',
      verb: '5-min tumble by symbol',
      queryId: 'q3',
      columns: ['symbol', 'volatility'],
    },
    { id: 'q4', type: 'transform', label: 'Top Movers', verb: 'top 10 by volatility', queryId: 'q4', columns: ['symbol', 'volatility'] },
    { id: 'trade-vwap', type: 'sink', label: 'trade-vwap', columns: ['symbol', 'vwap'] },
    { id: 'trade-alerts', type: 'sink', label: 'trade-alerts', columns: ['symbol', 'volume'] },
    { id: 'price-movements', type: 'sink', label: 'price-movements', columns: ['symbol', 'volatility'] },
    { id: 'top-movers', type: 'sink', label: 'top-movers', columns: ['symbol', 'volatility'] },
  ],
  edges: [
    { from: 'trades', to: 'q1' },
    { from: 'trades', to: 'q2' },
    { from: 'trades', to: 'q3' },
    { from: 'orders', to: 'q1' },
    { from: 'q1', to: 'trade-vwap' },
    { from: 'q2', to: 'trade-alerts' },
    { from: 'q3', to: 'price-movements' },
    { from: 'price-movements', to: 'q4' },
    { from: 'q4', to: 'top-movers' },
  ],
  lineage: [
    { from: 'trades.symbol', to: 'q3.symbol' },
    { from: 'trades.price', to: 'q3.volatility' },
    { from: 'q3.volatility', to: 'price-movements.volatility' },
    { from: 'price-movements.volatility', to: 'q4.volatility' },
    { from: 'q4.volatility', to: 'top-movers.volatility' },
    { from: 'trades.price', to: 'q1.vwap' },
    { from: 'trades.quantity', to: 'q1.vwap' },
    { from: 'q1.vwap', to: 'trade-vwap.vwap' },
    { from: 'trades.quantity', to: 'q2.volume' },
    { from: 'q2.volume', to: 'trade-alerts.volume' },
  ],
};

const jobMetrics = (recordsPerSecond: number, latencyP99Ms: number, more: Partial<JobMetrics> = {}): JobMetrics => ({
  recordsIn: recordsPerSecond * 600,
  recordsProcessed: recordsPerSecond * 600,
  recordsPerSecond,
  errors: 0,
  lateDropped: 0,
  latencyAvgMs: latencyP99Ms / 3,
  latencyP99Ms,
  consumerLag: 0,
  stateBytes: 480_000,
  stateEntries: 1_200,
  restarts: 0,
  uptimeSeconds: 601,
  watermark: SAMPLE_TIME,
  ...more,
});

export const sampleJobMetrics: Readonly<Record<string, JobMetrics>> = {
  q1: jobMetrics(1_240, 18),
  q2: jobMetrics(1_240, 12),
  q3: jobMetrics(310, 640, { consumerLag: 18_400 }),
  q4: jobMetrics(4, 9),
};

export const topology = artifactOf('topology', {
  title: 'Data flow of Trading Analytics',
  state: 'live',
  data: { topology: sampleTopology, metrics: sampleJobMetrics },
});

export const topologyHuge: Artifact = artifactOf('topology', {
  title: 'Eighty steps',
  data: {
    topology: {
      nodes: Array.from({ length: 80 }, (_, i) => ({
        id: `n${i}`,
        type: i % 8 === 0 ? ('source' as const) : i % 8 === 7 ? ('sink' as const) : ('transform' as const),
        label: `step ${i}`,
      })),
      edges: Array.from({ length: 79 }, (_, i) => ({ from: `n${i}`, to: `n${i + 1}` })).filter((_, i) => i % 8 !== 7),
      lineage: [],
    },
  },
});

export const topologyEmpty: Artifact = artifactOf('topology', {
  title: 'No data flow yet',
  state: 'empty',
  data: { topology: { nodes: [], edges: [], lineage: [] } },
});

const panel = (
  id: number,
  title: string,
  type: DashboardPlan['panels'][number]['type'],
  metricName: string,
  at: readonly [number, number],
) => ({
  id,
  title,
  type,
  metric: metricName,
  promql: `velo_${metricName}`,
  position: { x: at[0], y: at[1], w: 8, h: 7 },
});

export const sampleDashboard: DashboardPlan = {
  uid: 'trading-analytics',
  title: 'Trading Analytics',
  refresh: '5s',
  panels: [
    panel(1, 'VWAP', 'timeseries', 'vwap_per_symbol', [0, 0]),
    panel(2, 'Volume', 'barchart', 'trade_volume', [8, 0]),
    panel(3, 'Volume spikes', 'stat', 'volume_spike_count', [16, 0]),
    panel(4, 'Mean price', 'timeseries', 'avg_price', [0, 7]),
    panel(5, 'Volatility', 'heatmap', 'volatility', [8, 7]),
    panel(6, 'Top movers', 'table', 'top_movers_count', [16, 7]),
  ],
  grafanaJson: {},
};

export const grafanaEmbed: ArtifactOf<'grafana-embed'> = artifactOf('grafana-embed', {
  title: 'Dashboard of Trading Analytics',
  actions: actions(['edit', 'Edit'], ['deploy', 'Deploy', true], ['refresh', 'Refresh']),
  data: { dashboard: sampleDashboard, sql: [SAMPLE_SQL] },
});

const query = (id: string, name: string, source: string, sink: string, description: string) => ({
  id,
  name,
  description,
  sql: SAMPLE_SQL,
  sources: [source],
  sink,
  metrics: [],
  alerts: [],
});

export const sampleApp: App = {
  id: 'app-1',
  name: 'Trading Analytics',
  slug: 'trading-analytics',
  description: 'Prices, volumes and movements of every symbol, with alerts for spikes and volatility.',
  queries: [
    query('q1', 'VWAP Calculator', 'trades', 'trade-vwap', 'Volume-weighted mean price in windows of five minutes.'),
    query('q2', 'Volume Spike Detector', 'trades', 'trade-alerts', 'Symbols that trade more than a million shares a minute.'),
    query('q3', 'Price Movement Tracker', 'trades', 'price-movements', 'Mean price and volatility of every symbol.'),
    query('q4', 'Top Movers', 'price-movements', 'top-movers', 'The ten symbols that move most.'),
  ],
  metrics: [
    metric('vwap_per_symbol', 'gauge', ['symbol']),
    metric('trade_volume', 'counter', ['symbol']),
    metric('volume_spike_count', 'counter'),
    metric('avg_price', 'gauge', ['symbol']),
    metric('volatility', 'gauge', ['symbol']),
    metric('top_movers_count', 'gauge'),
  ],
  alerts: [
    { name: 'volume_spike', condition: 'volume > 1000000', severity: 'warning', forMs: 60_000 },
    { name: 'high_volatility', condition: 'volatility > 0.05', severity: 'critical', forMs: 0 },
  ],
  topology: sampleTopology,
  dashboard: sampleDashboard,
  createdAt: SAMPLE_TIME,
  updatedAt: SAMPLE_TIME,
  version: 1,
  diagnostics: [],
};

export const appPreview = artifactOf('app-preview', {
  title: 'Trading Analytics',
  actions: actions(['deploy-app', 'Deploy app', true], ['test-all', 'Test all'], ['edit', 'Edit queries']),
  data: { app: sampleApp, readOnly: false },
});

export const appPreviewFaulty: Artifact = artifactOf('app-preview', {
  ...appPreview,
  title: 'Trading Analytics, with a fault',
  data: {
    readOnly: false,
    app: {
      ...sampleApp,
      diagnostics: [
        {
          queryId: 'q1',
          code: 'VS2004',
          severity: 'error',
          message: 'column "pirce" does not exist in "trades"',
          hint: 'Did you mean "price"?',
          start: 0,
          end: 5,
          line: 1,
          column: 1,
          statement: 0,
          reason: 'unknown-column',
        },
      ],
    },
  },
});

export const templateDetail: Artifact = artifactOf('app-preview', {
  title: 'Fraud Detection',
  actions: actions(['use-template', 'Use template', true]),
  data: {
    app: {
      ...sampleApp,
      name: 'Fraud Detection',
      description: 'Cards that are used too often, too far apart, or for too much.',
      queries: [
        query('q1', 'Amount anomaly', 'transactions', 'fraud-amount-alerts', 'Amounts far above the usual.'),
        query('q2', 'Velocity check', 'transactions', 'fraud-velocity-alerts', 'Cards that are used more than five times a minute.'),
      ],
    },
    readOnly: true,
    template: {
      id: 'fraud-detection',
      name: 'Fraud Detection',
      description: 'Cards that are used too often, too far apart, or for too much.',
      category: 'FinTech',
      version: '1.0.0',
      tags: ['fraud', 'cards'],
      aliases: [],
      questions: ['Which cards are used more than five times a minute?', 'Which amounts are far above the usual?'],
      inputs: [
        {
          topic: 'transactions',
          fields: [
            { name: 'amount', type: 'Float', required: true },
            { name: 'user_id', type: 'String', required: true },
            { name: 'timestamp', type: 'DateTime', required: true },
            { name: 'location', type: 'String', required: false },
          ],
        },
      ],
      queries: [
        {
          name: 'amount-anomaly',
          sql: SAMPLE_SQL,
          outputTopic: 'fraud-amount-alerts',
          parameters: {
            threshold_large_amount: { default: 10_000, description: 'an amount above this is looked at', autoCalibrate: true },
          },
          requiresFields: ['amount'],
        },
      ],
    },
    mappings: [
      {
        topic: 'transactions',
        actualTopic: 'payments.transactions',
        confidence: 0.86,
        compatible: true,
        warnings: ['"transaction_amount" is text; the queries will cast it to DECIMAL(18,2)'],
        matches: [
          {
            template: 'amount',
            actual: 'transaction_amount',
            confidence: 0.82,
            status: 'suggested',
            reason: 'the name holds "amount" and the values are numbers',
            alternatives: [{ actual: 'fee', confidence: 0.3 }],
            cast: 'CAST(transaction_amount AS DECIMAL(18,2))',
          },
          { template: 'user_id', actual: 'customer_id', confidence: 0.91, status: 'suggested', reason: 'ids of people', alternatives: [] },
          { template: 'timestamp', actual: 'timestamp', confidence: 1, status: 'exact', reason: 'same name', alternatives: [] },
          {
            template: 'location',
            confidence: 0,
            status: 'missing',
            reason: 'no field looks like a place',
            alternatives: [{ actual: 'merchant_city', confidence: 0.4 }],
          },
        ],
        unused: [
          { field: 'merchant_category', offer: 'risk per category' },
          { field: 'device_fingerprint', offer: 'devices shared by customers' },
        ],
      },
    ],
  },
});

const summary = (
  id: string,
  name: string,
  category: string,
  description: string,
  queryCount: number,
  questions: readonly string[],
): TemplateSummary => ({
  id,
  name,
  category,
  description,
  queryCount,
  metricsCount: queryCount + 2,
  alertsCount: Math.ceil(queryCount / 2),
  requiredTopics: ['events'],
  tags: [category.toLowerCase()],
  questions,
  edges: sampleTopology.edges.slice(0, queryCount * 2),
});

export const templateBrowser = artifactOf('template-browser', {
  title: 'Templates',
  actions: actions(['use-template', 'Use'], ['inspect', 'Details']),
  data: {
    templates: [
      summary('trading-analytics', 'Trading Analytics', 'Finance', 'Prices, volumes and movements of every symbol.', 4, [
        'What is the VWAP per symbol?',
        'What moves most?',
      ]),
      summary('fraud-detection', 'Fraud Detection', 'FinTech', 'Cards that are used too often, too far apart, or for too much.', 5, [
        'Which cards are used too often?',
      ]),
      summary('iot-sensor-monitoring', 'IoT Device Monitoring', 'IoT', 'Readings of many sensors, with anomalies and drift.', 3, [
        'Which sensors drift?',
      ]),
      summary('api-monitoring', 'API Observability', 'Platform', 'Rates, errors and latencies of every route.', 4, [
        'Which routes are slow?',
      ]),
      summary('log-analytics', 'Log Analytics', 'DevOps', 'Error rates and patterns of log lines.', 3, ['Which services log errors?']),
    ],
    categories: [
      { name: 'Finance', count: 1 },
      { name: 'FinTech', count: 1 },
      { name: 'IoT', count: 1 },
      { name: 'Platform', count: 1 },
      { name: 'DevOps', count: 1 },
    ],
  },
});

export const templateBrowserEmpty: Artifact = artifactOf('template-browser', {
  ...templateBrowser,
  state: 'empty',
  data: { templates: [], categories: [] },
});

const job = (
  id: string,
  title: string,
  metrics: JobMetrics,
  more: Partial<Deployment['jobs'][number]> = {},
): Deployment['jobs'][number] => ({
  id: `job-${id}`,
  name: `trading-analytics_${id}`,
  title,
  queryId: id,
  sql: SAMPLE_SQL,
  status: 'running',
  health: 'healthy',
  healthReasons: [],
  guarantee: 'at-least-once',
  metrics,
  createdAt: SAMPLE_TIME,
  startedAt: SAMPLE_TIME,
  ...more,
});

export const sampleDeployment: Deployment = {
  id: 'deployment-1',
  name: 'trading-analytics',
  target: 'embedded',
  version: 2,
  status: 'running',
  health: 'warning',
  jobs: [
    job('q1', 'VWAP Calculator', jobMetrics(1_240, 18)),
    job('q2', 'Volume Spike Detector', jobMetrics(1_240, 12)),
    job('q3', 'Price Movement Tracker', jobMetrics(310, 640, { consumerLag: 18_400 }), {
      health: 'warning',
      healthReasons: ['18,400 records behind and growing'],
    }),
    job('q4', 'Top Movers', jobMetrics(0, 9, { errors: 12 }), {
      status: 'failed',
      health: 'critical',
      healthReasons: ['stopped after an error'],
      error: { code: 'VS5101', message: 'state grew beyond maxStateBytes (64 MB)' },
    }),
  ],
  steps: [
    { kind: 'job', name: 'trading-analytics_q1', title: 'VWAP Calculator', status: 'done' },
    { kind: 'job', name: 'trading-analytics_q2', title: 'Volume Spike Detector', status: 'done' },
    { kind: 'job', name: 'trading-analytics_q3', title: 'Price Movement Tracker', status: 'done' },
    { kind: 'job', name: 'trading-analytics_q4', title: 'Top Movers', status: 'done' },
    { kind: 'metric', name: '6 metrics to Prometheus', status: 'done' },
    { kind: 'alert', name: '2 alert rules', status: 'done' },
    {
      kind: 'dashboard',
      name: 'Velostream: trading-analytics',
      title: 'Dashboard of trading-analytics',
      status: 'failed',
      message: 'Grafana answered 401 at localhost:3000. Set a token and deploy again; the jobs run.',
    },
  ],
  metrics: sampleApp.metrics,
  alerts: sampleApp.alerts,
  activeAlerts: [
    {
      name: 'volume_spike',
      severity: 'warning',
      state: 'firing',
      since: SAMPLE_TIME - 240_000,
      condition: 'volume > 1000000',
      labels: { symbol: 'NVDA' },
      value: 1_420_000,
    },
  ],
  planHash: 'a1b2c3',
  deployedAt: SAMPLE_TIME - 601_000,
  capabilities: {
    pause: true,
    resume: true,
    restart: true,
    stop: true,
    rollback: true,
    shadow: false,
    metrics: true,
    logs: true,
    savepoint: true,
  },
};

export const deploySummary = artifactOf('deploy-summary', {
  title: 'Deployment of Trading Analytics',
  state: 'live',
  data: { deployment: sampleDeployment },
});

export const deploySummaryWaiting: Artifact = artifactOf('deploy-summary', {
  title: 'Deploying Trading Analytics',
  state: 'waiting',
  data: {
    deployment: {
      ...sampleDeployment,
      status: 'starting',
      jobs: sampleDeployment.jobs.slice(0, 1),
      activeAlerts: [],
      steps: sampleDeployment.steps.map((step, i) => ({
        kind: step.kind,
        name: step.name,
        ...(step.title === undefined ? {} : { title: step.title }),
        status: i === 0 ? ('done' as const) : ('pending' as const),
      })),
    },
  },
});
