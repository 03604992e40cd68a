import { createEngine } from '@velostream/core';
import { useQuery } from '@velostream/react';
import { Chart } from '@velostream/react/recharts';
import { createRoot } from 'react-dom/client';
import { orders } from './orders.ts';
import '@velostream/react/styles.css';

const engine = createEngine({ sources: { orders } });
const perSecond = engine.run("SELECT COUNT(*) AS orders FROM orders GROUP BY TUMBLING(placed_at, INTERVAL '1' SECOND)");
function OrdersPerSecond() {
  const { columns, rows } = useQuery(perSecond);
  return <Chart chart={{ kind: 'stat', y: ['orders'], score: 1, reason: '' }} columns={columns} rows={rows} label="Orders per second" />;
}
createRoot(document.body).render(<div data-velo="" children={<OrdersPerSecond />} />);
