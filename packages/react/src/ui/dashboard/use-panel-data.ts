import type { DashboardPlan } from '@velostream/core/protocol/deploy';
import type { Execution, Session, ValidationReport } from '@velostream/core/protocol/studio';
import { useEffect, useMemo, useState } from 'react';
import { observeQuery } from '../../query/observe-query.ts';
import { type PanelData, panelData } from './panel-data.ts';

interface Running {
  readonly execution: Execution;
  readonly report: ValidationReport;
}

const ROWS_MAX = 2_000;
/** A preview is looked at, not monitored: twice a second is enough for all panels together. */
const DRAW_EVERY_MS = 500;

/** Runs the queries of a dashboard and gives each panel its rows. They end when the preview goes. */
export function usePanelData(
  dashboard: DashboardPlan,
  sql: readonly string[],
  session: Session | null,
): Readonly<Record<number, PanelData>> {
  const text = sql.join('\0');
  const [running, setRunning] = useState<readonly Running[]>([]);
  useEffect(() => {
    if (!session || text === '') return;
    let isGone = false;
    const started: Execution[] = [];
    const start = async (query: string): Promise<Running | null> => {
      const report = await session.validate(query);
      if (isGone || !report.valid) return null;
      const execution = session.execute(query, { synthetic: true });
      started.push(execution);
      await execution.ready;
      return { execution, report };
    };
    // A query that cannot run leaves its panels waiting; the editor of that query says why.
    void Promise.allSettled(text.split('\0').map(start)).then((results) => {
      if (!isGone) setRunning(results.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : [])));
    });
    return () => {
      isGone = true;
      for (const execution of started) void execution.cancel('the preview was closed').catch(() => {});
      setRunning([]);
    };
  }, [session, text]);

  const turn = useTurns(running);
  return useMemo(() => {
    void turn;
    return Object.fromEntries(
      dashboard.panels.flatMap((panel) => {
        const of = running.find(
          ({ report }) =>
            report.metrics.some(({ name, prometheusName }) => panel.metric === name || panel.metric === prometheusName) ||
            (panel.source !== undefined && report.outline?.sink === panel.source),
        );
        if (!of) return [];
        const { columns, rows } = observeQuery(of.execution).current();
        const metric = of.report.metrics.find(({ name, prometheusName }) => panel.metric === name || panel.metric === prometheusName);
        // How long rows take is measured where a query is deployed; a preview has nothing to show of it.
        if (metric?.type === 'histogram' && metric.field === undefined) return [];
        return [[panel.id, panelData(panel, metric, { columns, rows })] as const];
      }),
    );
  }, [dashboard, running, turn]);
}

/** A number that changes when there are new rows, at most twice a second. */
function useTurns(running: readonly Running[]): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (running.length === 0) return;
    let isNew = true;
    const stops = running.map(({ execution }) =>
      observeQuery(execution, { rowsMax: ROWS_MAX }).subscribe(() => {
        isNew = true;
      }),
    );
    const timer = setInterval(() => {
      if (isNew) setTurn((before) => before + 1);
      isNew = false;
    }, DRAW_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [running]);
  return turn;
}
