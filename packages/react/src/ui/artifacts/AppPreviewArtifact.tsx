import { Tabs } from 'radix-ui';
import { type ReactNode, Suspense } from 'react';
import { AppPreview } from '../../app-preview/app-preview.ts';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { useRenderers } from '../../renderers/renderers.ts';
import { pluralText } from '../../text/quantity-text.ts';
import { Skeleton } from '../controls/Skeleton.tsx';
import { LiveDashboard } from '../dashboard/LiveDashboard.tsx';
import { AppQueries } from './AppQueries.tsx';
import { TemplateDetailArtifact } from './TemplateDetailArtifact.tsx';

/** An application: its queries, its data flow, what it publishes, and how its dashboard will look. */
export function AppPreviewArtifact(): ReactNode {
  const { artifact } = useArtifact<'app-preview'>();
  const { app, readOnly, template } = artifact.data;
  const { graph: Graph } = useRenderers();
  if (readOnly && template) return <TemplateDetailArtifact />;
  return (
    <AppPreview.Root className="velo-app">
      {app.description !== undefined && <p className="velo-lead">{app.description}</p>}
      <p className="velo-muted">
        {[
          pluralText(app.queries.length, 'query', 'queries'),
          // A metric that was made for an alert alone is none that somebody asked for.
          pluralText(app.metrics.filter(({ synthesised }) => !synthesised).length, 'metric'),
          pluralText(app.alerts.length, 'alert'),
          pluralText(app.dashboard?.panels.length ?? 0, 'panel'),
        ].join(' · ')}
      </p>
      <AppPreview.Problems className="velo-problems" />
      <Tabs.Root defaultValue="queries" className="velo-tabs">
        <Tabs.List className="velo-tab-list" aria-label={app.name}>
          <Tabs.Trigger value="queries">Queries</Tabs.Trigger>
          <Tabs.Trigger value="flow">Data flow</Tabs.Trigger>
          <Tabs.Trigger value="signals">Metrics and alerts</Tabs.Trigger>
          {app.dashboard && <Tabs.Trigger value="dashboard">Dashboard</Tabs.Trigger>}
        </Tabs.List>
        <Tabs.Content value="queries">
          <AppQueries />
        </Tabs.Content>
        <Tabs.Content value="flow">
          {Graph ? (
            <Suspense fallback={<Skeleton lines={8} />}>
              <Graph topology={app.topology} label={`Data flow of ${app.name}`} />
            </Suspense>
          ) : (
            <AppPreview.Flow className="velo-flow-list" />
          )}
        </Tabs.Content>
        <Tabs.Content value="signals">
          <div className="velo-columns">
            <section>
              <h4>Metrics</h4>
              <AppPreview.Metrics className="velo-list" />
            </section>
            <section>
              <h4>Alerts</h4>
              <AppPreview.Alerts className="velo-list" />
            </section>
          </div>
        </Tabs.Content>
        {app.dashboard && (
          <Tabs.Content value="dashboard">
            <LiveDashboard dashboard={app.dashboard} sql={app.queries.map(({ sql }) => sql)} />
          </Tabs.Content>
        )}
      </Tabs.Root>
    </AppPreview.Root>
  );
}
