import type { ReactNode } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { DeploySummary } from '../../deploy-summary/deploy-summary.ts';
import { Icon } from '../controls/Icon.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';

/** A checklist of what was deployed, then how it runs. */
export function DeploySummaryArtifact(): ReactNode {
  const { jobs, metrics, alerts } = useArtifact<'deploy-summary'>().artifact.data.deployment;
  return (
    <DeploySummary.Root className="velo-deploy">
      <div className="velo-toolbar">
        <DeploySummary.Status className="velo-lead" />
        <span className="velo-spacer" />
        <DeploySummary.DashboardLink
          className="velo-button"
          render={({ children, ...props }) => (
            <a {...props}>
              <Icon name="dashboard" />
              {children}
            </a>
          )}
        />
      </div>
      <DeploySummary.Steps className="velo-steps" />
      {jobs.length === 0 ? (
        <p className="velo-empty">No job belongs to it</p>
      ) : (
        <ScrollRegion label="Jobs">
          <DeploySummary.Jobs className="velo-table velo-lines" />
        </ScrollRegion>
      )}
      <div className="velo-columns">
        {metrics.length > 0 && (
          <section>
            <h4>Metrics</h4>
            <DeploySummary.Metrics className="velo-list" />
          </section>
        )}
        {alerts.length > 0 && (
          <section>
            <h4>Alerts</h4>
            <DeploySummary.Alerts className="velo-list" />
          </section>
        )}
      </div>
    </DeploySummary.Root>
  );
}
