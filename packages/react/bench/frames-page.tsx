// Ten thousand rows on show, a thousand more every second, as a chart or a grid.
import type { ChartKind } from '@velostream/core/protocol';
import { type ReactNode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { liveTrades } from '../src/live-trades.fixture.ts';
import { calmFrame } from '../src/query/calm-frame.ts';
import { observeQuery } from '../src/query/observe-query.ts';
import { useQuery } from '../src/query/use-query.ts';
import { lazyRenderers } from '../src/renderers/lazy-renderers.ts';
import { ResultsView } from '../src/ui/results/ResultsView.tsx';
import { VeloTheme } from '../src/ui/VeloTheme.tsx';

const { query } = liveTrades('SELECT symbol, price, quantity, event_time FROM trades EMIT CHANGES;', 1_000);
observeQuery(query, { rowsMax: 10_000, frame: calmFrame });
const first = (new URLSearchParams(location.search).get('kind') ?? 'line') as ChartKind;

function Live(): ReactNode {
  const snapshot = useQuery(query);
  const [kind, setKind] = useState(first);
  return <ResultsView title="Live prices" snapshot={snapshot} kind={kind} onKind={setKind} />;
}

const place = document.getElementById('page');
if (place)
  createRoot(place).render(
    <VeloTheme renderers={lazyRenderers}>
      <div className="velo-card">
        <div className="velo-card-body">
          <Live />
        </div>
      </div>
    </VeloTheme>,
  );
