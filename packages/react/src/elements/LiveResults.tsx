import type { ChartKind } from '@velostream/core/protocol';
import { type ReactNode, useState } from 'react';
import { calmFrame } from '../query/calm-frame.ts';
import type { LiveQuery } from '../query/live-query.ts';
import { useQuery } from '../query/use-query.ts';
import { kindsFor } from '../ui/results/chart-kinds.ts';
import { ResultsView } from '../ui/results/ResultsView.tsx';

const LIVE = { rowsMax: 10_000, frame: calmFrame };

/** A running query in a card of its own. */
export function LiveResults({ query, title }: { readonly query: LiveQuery; readonly title: string }): ReactNode {
  const snapshot = useQuery(query, LIVE);
  const [chosen, setChosen] = useState<ChartKind | null>(null);
  const kind = chosen ?? kindsFor(snapshot.columns)[0] ?? 'table';
  return (
    <section className="velo-card" aria-label={title}>
      <header className="velo-card-header">
        <h3 className="velo-card-title">{title}</h3>
      </header>
      <div className="velo-card-body">
        <ResultsView title={title} snapshot={snapshot} kind={kind} onKind={setChosen} />
      </div>
    </section>
  );
}
