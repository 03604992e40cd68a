// A dashboard on live rows of its own queries, and the mapping of a template, in a page with the engine inside.
import { createStudio } from '@velostream/core';
import { datagen } from '@velostream/core/connect';
import type { DashboardPlan, MappingProposal } from '@velostream/core/protocol/deploy';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { type ReactNode, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { lazyRenderers } from '../src/renderers/lazy-renderers.ts';
import { DashboardPreview } from '../src/ui/dashboard/DashboardPreview.tsx';
import { usePanelData } from '../src/ui/dashboard/use-panel-data.ts';
import { FieldMapping } from '../src/ui/mapping/FieldMapping.tsx';
import { VeloTheme } from '../src/ui/VeloTheme.tsx';

export interface PanelsSeen {
  /** Executions of the session by what became of them. */
  statuses(): readonly string[];
  /** Rows that each panel has. */
  rows: Readonly<Record<string, number>>;
  choice: Readonly<Record<string, string>> | null;
}
const seen: PanelsSeen = { statuses: () => [], rows: {}, choice: null };
Object.assign(globalThis, { seen });

const SQL = `-- @metric: volume
-- @metric_type: counter
-- @metric_field: v
-- @metric_labels: symbol
CREATE STREAM volumes AS SELECT symbol, SUM(quantity) AS v FROM live GROUP BY symbol EMIT CHANGES`;

function Panels({ dashboard, session }: { readonly dashboard: DashboardPlan; readonly session: Session }): ReactNode {
  const data = usePanelData(dashboard, [SQL], session);
  seen.rows = Object.fromEntries(dashboard.panels.map((panel) => [panel.title, data[panel.id]?.rows.length ?? 0]));
  return <DashboardPreview dashboard={dashboard} data={data} />;
}

interface Ready {
  readonly dashboard: DashboardPlan;
  readonly session: Session;
  readonly mapping: MappingProposal;
}

function Page({ dashboard, session, mapping }: Ready): ReactNode {
  const [isShown, setShown] = useState(true);
  return (
    <VeloTheme renderers={lazyRenderers}>
      <button type="button" onClick={() => setShown(false)}>
        Close preview
      </button>
      {isShown && <Panels dashboard={dashboard} session={session} />}
      <FieldMapping mapping={mapping} onChange={(choice) => (seen.choice = choice)} />
    </VeloTheme>
  );
}

async function prepare(): Promise<Ready> {
  const studio: Studio = createStudio({ connectors: [datagen()] });
  const session = await studio.sessions.create();
  await session.connect('datagen:trades?seed=1&rows_per_second=200', { as: 'live' });
  const started: { metrics(): { readonly status: string } }[] = [];
  const execute = session.execute.bind(session);
  session.execute = (sql, options) => {
    const execution = execute(sql, options);
    started.push(execution);
    return execution;
  };
  seen.statuses = () => started.map((execution) => execution.metrics().status);
  const app = await studio.apps.create({ name: 'Volumes', queries: [{ name: 'Volume', sql: SQL }] });
  const { mapping } = await studio.templates.preview('trading-analytics', { source: 'live', sessionId: session.id });
  if (!app.dashboard) throw new Error('the application has no dashboard');
  return { dashboard: app.dashboard, session, mapping };
}

const place = document.getElementById('page');
if (place) {
  const root = createRoot(place);
  void prepare().then((ready) =>
    root.render(
      <StrictMode>
        <Page {...ready} />
      </StrictMode>,
    ),
  );
}
