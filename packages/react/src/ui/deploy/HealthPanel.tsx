import type { Deployment } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { HealthDashboard } from '../../health-dashboard/health-dashboard.ts';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';

/** How everything that is deployed is doing: the sentence, the alerts, the jobs. */
export function HealthPanel({ deployments }: { readonly deployments: readonly Deployment[] }): ReactNode {
  return (
    <HealthDashboard.Root deployments={deployments} className="velo-card velo-health">
      <HealthDashboard.Summary className="velo-verdict" />
      <HealthDashboard.Alerts className="velo-list" />
      <ScrollRegion label="Jobs by health">
        <HealthDashboard.Jobs className="velo-table velo-lines" />
      </ScrollRegion>
    </HealthDashboard.Root>
  );
}
