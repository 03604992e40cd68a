import { useDeployments } from '@velostream/react';
import { HealthPanel } from '@velostream/react/ui';
import type { ReactNode } from 'react';

/** How everything that is deployed is doing, read again every two seconds. */
export function HealthPage(): ReactNode {
  const { deployments, status, error } = useDeployments();
  if (status === 'waiting')
    return (
      <p className="velo-muted" aria-busy="true">
        Looking at what is deployed…
      </p>
    );
  return (
    <>
      {error && (
        <p className="velo-note" data-tone="negative" role="alert">
          {error.message}
        </p>
      )}
      <HealthPanel deployments={deployments} />
    </>
  );
}
