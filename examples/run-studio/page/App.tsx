import type { Studio } from '@velostream/core/protocol/studio';
import { StudioProvider } from '@velostream/react';
import { lazyRenderers } from '@velostream/react/renderers';
import { Button, VeloTheme } from '@velostream/react/ui';
import { type ReactNode, useEffect } from 'react';
import { useCurrentSession } from './session/use-current-session.ts';
import { useTheme } from './use-theme.ts';
import { Workbench } from './Workbench.tsx';

/** The page: opens the notebook that was open last, or a first one, and shows it. */
export function App({ studio }: { readonly studio: Studio }): ReactNode {
  const theme = useTheme();
  const current = useCurrentSession(studio);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme.value;
  }, [theme.value]);
  const { session, error } = current;
  return (
    <VeloTheme theme={theme.value} density="compact" renderers={lazyRenderers} className="studio">
      {session ? (
        <StudioProvider studio={studio} session={session}>
          <Workbench key={session.id} session={session} current={current} theme={theme} />
        </StudioProvider>
      ) : error ? (
        <main className="studio-center" role="alert">
          <h1>The studio does not answer</h1>
          <p>{error.message}</p>
          <Button look="primary" onClick={current.retry}>
            Try again
          </Button>
        </main>
      ) : (
        <main className="studio-center" aria-busy="true">
          <p className="velo-muted">Opening the studio…</p>
        </main>
      )}
    </VeloTheme>
  );
}
