import { createStudio } from '@velostream/core';
import { datagen } from '@velostream/core/connect';
import type { Session, Studio } from '@velostream/core/protocol/studio';

const REGIONS = ['north', 'south', 'east', 'west'];

/** A studio in the page with one stream: orders that come in while somebody looks. */
export function openStudio(): Studio {
  return createStudio({
    connectors: [datagen()],
    sources: {
      orders: {
        input: {
          uri: 'datagen:',
          options: {
            columns: [
              { name: 'order_id', kind: 'sequence', start: 10_001 },
              { name: 'region', kind: 'choice', values: REGIONS, weights: [40, 25, 20, 15] },
              { name: 'amount', kind: 'walk', start: [80, 45, 60, 120], step: 6, min: 2, max: 900, digits: 2, by: 'region' },
              { name: 'placed_at', kind: 'timestamp', start: '2026-01-05T09:30:00Z', stepMs: 500 },
            ],
            rows_per_second: 40,
            history: 4_000,
            seed: 7,
          },
          eventTime: 'placed_at',
        },
        description: 'orders as they come in',
        uri: 'sample stream',
        kind: 'stream',
      },
    },
  });
}

export const REVENUE = `-- @metric: revenue
-- @metric_type: gauge
-- @metric_labels: region
SELECT region, SUM(amount) AS revenue, COUNT(*) AS orders, window_end
FROM orders
GROUP BY region, TUMBLING(placed_at, INTERVAL '1' MINUTE)
EMIT CHANGES;`;

/** The three artifacts of the dashboard, made by calls that a server could make as well. */
export async function loadArtifacts(studio: Studio, session: Session) {
  const report = await session.validate(REVENUE);
  const execution = session.execute(REVENUE);
  await execution.ready;
  const now = Date.now();
  const shared = { version: 1, actions: [], createdAt: now, provenance: { sources: ['orders'], by: 'dashboard' } } as const;
  const revenue = {
    ...shared,
    kind: 'query-results',
    id: 'revenue',
    title: 'Revenue by region',
    state: 'live',
    data: {
      sql: REVENUE,
      executionId: execution.id,
      columns: execution.schema.columns,
      rows: [],
      rowCount: 0,
      ...(report.chart && { chart: report.chart }),
    },
  } as const;
  const flow = {
    ...shared,
    kind: 'topology',
    id: 'flow',
    title: 'Where the numbers come from',
    state: 'done',
    data: { topology: await studio.sql.topology(REVENUE) },
  } as const;
  const [orders] = await studio.sources.list({ sessionId: session.id });
  const peek = orders && (await studio.sources.peek(orders.id, { sessionId: session.id, limit: 8 }));
  const latest = {
    ...shared,
    kind: 'data-preview',
    id: 'latest',
    title: 'Latest orders',
    state: 'done',
    data: { peeks: peek ? [peek] : [] },
  } as const;
  return { revenue, flow, latest };
}
