import type { DashboardPlan } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { useCurrentSession } from '../../studio/use-studio.ts';
import { DashboardPreview } from './DashboardPreview.tsx';
import { usePanelData } from './use-panel-data.ts';

export interface LiveDashboardProps {
  readonly dashboard: DashboardPlan;
  /** Queries whose metrics the panels show. */
  readonly sql: readonly string[];
}

/** A dashboard before it is published, on rows of its own queries as the session runs them. */
export function LiveDashboard({ dashboard, sql }: LiveDashboardProps): ReactNode {
  const data = usePanelData(dashboard, sql, useCurrentSession());
  return <DashboardPreview dashboard={dashboard} data={data} />;
}
