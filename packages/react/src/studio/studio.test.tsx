// Hooks and actions over a real studio in process.

import { act, cleanup, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import type { Artifact as AnyArtifact, ArtifactOf } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { type ReactNode, StrictMode, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Artifact } from '../artifact/Artifact.tsx';
import { artifactOf } from '../testing/samples/envelope.ts';
import { VeloTheme } from '../ui/VeloTheme.tsx';
import { StudioProvider } from './StudioProvider.tsx';
import { useDeployments } from './use-deployments.ts';
import { useNotebook } from './use-notebook.ts';
import { useSession } from './use-session.ts';
import { useStudioActions } from './use-studio-actions.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const ROWS = [
  { symbol: 'AAPL', quantity: 5 },
  { symbol: 'MSFT', quantity: 7 },
  { symbol: 'AAPL', quantity: 1 },
];
const SQL = 'SELECT symbol, SUM(quantity) AS volume FROM trades GROUP BY symbol EMIT FINAL;';

let studio: Studio;
beforeEach(() => {
  studio = createStudio({ sources: { trades: { input: { rows: ROWS } } } });
  vi.spyOn(console, 'error');
});
afterEach(async () => {
  cleanup();
  await studio.close();
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

function Names(): ReactNode {
  const { status, value } = useSession({ name: 'Trades' });
  return <p>{status === 'ready' ? value.name : status}</p>;
}

function Page({ session, first }: { readonly session: Session; readonly first: AnyArtifact }): ReactNode {
  const [shown, setShown] = useState(first);
  const onAction = useStudioActions({ onArtifact: setShown });
  const { artifacts } = useNotebook(session);
  return (
    <VeloTheme onAction={onAction}>
      <output>{artifacts.length}</output>
      <Artifact artifact={shown} />
    </VeloTheme>
  );
}

function Count(): ReactNode {
  const { status, deployments } = useDeployments({ pollMs: 60_000 });
  return <output>{status === 'ready' ? `${deployments.length} deployed` : status}</output>;
}

function Look(): ReactNode {
  const { refresh } = useDeployments({ pollMs: 60_000 });
  return (
    <button type="button" onClick={() => void refresh()}>
      Look
    </button>
  );
}

const editor: ArtifactOf<'sql-editor'> = artifactOf('sql-editor', {
  title: 'Volume by symbol',
  actions: [
    { name: 'run', label: 'Run' },
    { name: 'test', label: 'Test' },
  ],
  data: { sql: SQL, diagnostics: [], metrics: [], alerts: [] },
});

describe('a studio in React', () => {
  test('StrictMode and two components open one session', async () => {
    render(
      <StrictMode>
        <StudioProvider studio={studio}>
          <Names />
          <Names />
        </StudioProvider>
      </StrictMode>,
    );
    await waitFor(() => expect(screen.getAllByText('Trades')).toHaveLength(2));
    expect(await studio.sessions.list()).toHaveLength(1);
  });

  test('Run in an editor brings the rows, and the notebook keeps the artifact', async () => {
    const session = await studio.sessions.create({ name: 'Trades' });
    render(
      <StudioProvider studio={studio} session={session}>
        <Page session={session} first={editor} />
      </StudioProvider>,
    );
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Run' })));
    await waitFor(() => expect(screen.getByText('MSFT')).toBeTruthy(), { timeout: 15_000 });
    expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(expect.arrayContaining(['AAPL', '6', 'MSFT', '7']));
    expect(document.querySelector('output')?.textContent).toBe('1');
  });

  test('Test in an editor brings a report', async () => {
    const session = await studio.sessions.create({ name: 'Trades' });
    render(
      <StudioProvider studio={studio} session={session}>
        <Page session={session} first={editor} />
      </StudioProvider>,
    );
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Test' })));
    await waitFor(() => expect(document.querySelector('.velo-verdict')).not.toBeNull(), { timeout: 30_000 });
  }, 40_000);

  test('a fix is the next version of the query that was tested, in its cell', async () => {
    const session = await studio.sessions.create({ name: 'Trades' });
    const cell = await session.notebook.addCell({ type: 'sql', sql: SQL });
    await session.notebook.putArtifact({ ...editor, data: { ...editor.data, sql: SQL, cellId: cell.id } });
    const report = await session.test(SQL);
    const onArtifact = vi.fn();
    const wrapper = ({ children }: { readonly children: ReactNode }) => (
      <StudioProvider studio={studio} session={session}>
        {children}
      </StudioProvider>
    );
    const { result } = renderHook(() => useStudioActions({ onArtifact }), { wrapper });
    const fixed = `${SQL} `.replace('SELECT', 'SELECT DISTINCT');
    await act(async () => {
      await result.current({
        name: 'apply-fix',
        artifact: { ...editor, kind: 'test-results', data: { report } } as unknown as AnyArtifact,
        subject: { fix: { title: 'without repeats', kind: 'sql', sql: fixed, verified: true, passed: 1, total: 1 } },
      });
    });
    expect(onArtifact.mock.calls[0]?.[0]).toMatchObject({ id: editor.id, version: editor.version + 1, title: editor.title });
    expect(session.notebook.cells.map(({ sql }) => sql)).toEqual([fixed]);
  });

  test('a slip in the text is found while it is typed', async () => {
    const session = await studio.sessions.create({ name: 'Trades' });
    render(
      <StudioProvider studio={studio} session={session}>
        <Page session={session} first={editor} />
      </StudioProvider>,
    );
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'SELECT symbl FROM trades;' } });
    await waitFor(() => expect(screen.getByRole('list', { name: 'Problems' }).textContent).toContain('symbl'), { timeout: 5_000 });
  });

  test('two places that show what is deployed tell the same at the same moment', async () => {
    const session = await studio.sessions.create({ name: 'Trades' });
    render(
      <StudioProvider studio={studio} session={session}>
        <Count />
        <Look />
      </StudioProvider>,
    );
    await screen.findByText('0 deployed');
    const wish = { name: 'one', app: { name: 'one', queries: [{ name: 'one', sql: SQL }] } };
    const { hash } = await session.plan(wish);
    const { id } = await session.deploy({ ...wish, planHash: hash });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Look' })));
    await screen.findByText('1 deployed');
    await studio.deployments.delete(id);
  });

  test('a hook without a provider says what to do', () => {
    vi.mocked(console.error).mockImplementation(() => {});
    expect(() => render(<Names />)).toThrow('wrap the page in <StudioProvider studio={createStudio()}>');
    vi.mocked(console.error).mockClear();
  });
});
