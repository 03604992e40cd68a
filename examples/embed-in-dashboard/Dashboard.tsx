import { Artifact, StudioProvider, useSession } from '@velostream/react';
import { lazyRenderers } from '@velostream/react/renderers';
import { VeloTheme } from '@velostream/react/ui';
import { useEffect, useMemo, useState } from 'react';
import { loadArtifacts, openStudio } from './studio.ts';

type Artifacts = Awaited<ReturnType<typeof loadArtifacts>>;

/** The dashboard as it was before: a header, a few tiles, a look of its own. */
export function Dashboard() {
  const studio = useMemo(openStudio, []);
  return (
    <>
      <header className="bar">
        <strong>Northwind</strong> operations
      </header>
      <main className="board">
        <section className="tile">
          <h2>Shifts</h2>
          <p>Early: 14 people, late: 11 people</p>
        </section>
        <StudioProvider studio={studio}>
          <Live studio={studio} />
        </StudioProvider>
      </main>
    </>
  );
}

/** What was added: three artifacts, in the colours of the dashboard. */
function Live({ studio }: { readonly studio: ReturnType<typeof openStudio> }) {
  const { value: session, error } = useSession({ name: 'dashboard' });
  const [artifacts, setArtifacts] = useState<Artifacts | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    if (session) loadArtifacts(studio, session).then(setArtifacts, setFailure);
  }, [studio, session]);
  const problem = error ?? failure;
  if (problem) return <p role="alert">{problem.message}</p>;
  if (!session || !artifacts) return <p>Loading…</p>;
  return (
    <StudioProvider studio={studio} session={session}>
      <VeloTheme theme="light" renderers={lazyRenderers} className="live">
        <Artifact artifact={artifacts.revenue} />
        <Artifact artifact={artifacts.latest} />
        <Artifact artifact={artifacts.flow} />
      </VeloTheme>
    </StudioProvider>
  );
}
