'use client';

import { createStudioClient } from '@velostream/core/client';
import type { Execution, Session } from '@velostream/core/protocol/studio';
import { useQuery } from '@velostream/react';
import { Chart } from '@velostream/react/recharts';
import { useEffect, useState } from 'react';

const SQL = 'SELECT region, SUM(amount) AS revenue FROM orders GROUP BY region EMIT CHANGES';
const CHART = { kind: 'bar', x: 'region', y: ['revenue'], score: 1, reason: '' } as const;

/** The chart of the page, fed by the route of the same application. */
export function Revenue() {
  const [query, setQuery] = useState<Execution>();
  useEffect(() => {
    const studio = createStudioClient({ baseUrl: '/api', WebSocket: null });
    let run: Execution | undefined;
    const started = studio.sessions.create({ name: 'page' }).then((session: Session) => {
      run = session.execute(SQL);
      setQuery(run);
    });
    return () => {
      started.then(() => run?.cancel()).finally(() => studio.close());
    };
  }, []);
  return query ? <Live query={query} /> : <p>Loading…</p>;
}

function Live({ query }: { readonly query: Execution }) {
  const { columns, rows } = useQuery(query);
  return <Chart chart={CHART} columns={columns} rows={rows} label="Revenue by region" />;
}
