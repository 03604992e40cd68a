import type { ArtifactOf, ChartKind } from '@velostream/core/protocol';
import { type ReactNode, useState } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { useQueryMetrics } from '../../query/use-query-metrics.ts';
import { executionOf, useArtifactSnapshot } from '../../query-results/artifact-snapshot.ts';
import { useCurrentSession } from '../../studio/use-studio.ts';
import { LIVE_ROWS } from '../live-rows.ts';
import { ResultsView } from '../results/ResultsView.tsx';

/** Live or finished rows as a chart or a table, with what happens to them. */
export function QueryResultsArtifact(): ReactNode {
  // The registry promises the kind.
  const { artifact, act } = useArtifact<'query-results'>();
  const session = useCurrentSession();
  const execution = executionOf(session, artifact);
  const snapshot = useArtifactSnapshot(artifact, LIVE_ROWS);
  const isRunning = snapshot.status !== 'done' && snapshot.status !== 'failed';
  const facts = useQueryMetrics(execution, isRunning);
  const silence = facts.silence ?? artifact.data.silence ?? null;
  const [kind, setKind] = useChosenKind(artifact);
  return (
    <ResultsView
      title={artifact.title}
      snapshot={snapshot}
      chart={artifact.data.chart}
      kind={kind}
      onKind={setKind}
      metrics={facts.metrics}
      silence={silence}
      elapsedMs={artifact.data.elapsedMs}
      onExport={({ columns, rows }) => {
        let isTaken = false;
        const preventDefault = (): void => {
          isTaken = true;
        };
        act?.('export', { exported: { columns, rows, preventDefault } });
        return isTaken;
      }}
    />
  );
}

/** What the reader chose holds for this artifact, over its versions. */
function useChosenKind({ id, data }: ArtifactOf<'query-results'>): [ChartKind, (kind: ChartKind) => void] {
  const [chosen, setChosen] = useState<{ readonly id: string; readonly kind: ChartKind } | null>(null);
  const inferred = data.chart?.kind ?? 'table';
  return [chosen?.id === id ? chosen.kind : inferred, (kind) => setChosen({ id, kind })];
}
