import type { Artifact } from '@velostream/core/protocol';
import type { Session } from '@velostream/core/protocol/studio';
import { useNotebook } from '@velostream/react';
import { Button, StateChip, useToasts } from '@velostream/react/ui';
import { type ReactNode, useState } from 'react';
import { suiteArtifact } from '../make-artifact.ts';

/** Test results of the notebook, the newest first, and one press to test all of it. */
export function TestsPanel({ session, onShow }: { readonly session: Session; readonly onShow: (artifact: Artifact) => void }): ReactNode {
  const { artifacts, cells } = useNotebook(session);
  const [isBusy, setIsBusy] = useState(false);
  const { show } = useToasts();
  const tests = artifacts.filter((a) => a.kind === 'test-results').toReversed();
  const testAll = (): void => {
    setIsBusy(true);
    session.notebook
      .test()
      .then(
        (suite) => onShow(suiteArtifact(suite)),
        (e: Error) => show({ tone: 'negative', text: e.message }),
      )
      .finally(() => setIsBusy(false));
  };
  return (
    <>
      <header className="studio-drawer-head">
        <h2>Tests</h2>
        <Button icon="test" isPending={isBusy} disabled={!cells.some((c) => c.type === 'sql')} onClick={testAll}>
          Test notebook
        </Button>
      </header>
      <ul className="studio-items">
        {tests.map((t) => (
          <li key={`${t.id}:${t.version}`}>
            <button type="button" className="studio-item" onClick={() => onShow(t)}>
              <span>{t.title}</span>
              <StateChip state={t.state}>{t.state === 'done' ? 'passed' : t.state}</StateChip>
            </button>
          </li>
        ))}
      </ul>
      {tests.length === 0 && <p className="velo-muted studio-pad">No test has run in this notebook.</p>}
    </>
  );
}
