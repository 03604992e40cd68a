import type { Deployment } from '@velostream/core/protocol/deploy';
import { forwardRef, useMemo } from 'react';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import { HealthContext, type HealthState, healthOf } from './health-state.ts';

export type HealthDashboardRootProps = PartProps<'section', HealthState> & { readonly deployments: readonly Deployment[] };

/** How all deployments are: `data-health` is the worst of them. */
export const HealthDashboardRoot = forwardRef<HTMLElement, HealthDashboardRootProps>(function HealthDashboardRoot(
  { deployments, ...props },
  ref,
) {
  const state = useMemo(() => healthOf(deployments), [deployments]);
  const own = { 'data-health': state.health, 'aria-label': 'Health' };
  return (
    <HealthContext.Provider value={state}>
      {renderPart('section', props as PartProps<'section', HealthState>, own, { state, ref })}
    </HealthContext.Provider>
  );
});
