import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import type { Artifact as AnyArtifact, ArtifactOf } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Artifact } from '../artifact/Artifact.tsx';
import type { ArtifactActionHandler } from '../artifact/artifact-view.ts';
import { StudioProvider } from '../studio/StudioProvider.tsx';
import { queryResults } from '../testing/samples/sample-results.ts';
import { sqlEditor } from '../testing/samples/sample-sql.ts';
import { VeloTheme } from '../ui/VeloTheme.tsx';

let studio: Studio;
let session: Session;
beforeEach(async () => {
  studio = createStudio({ sources: { orders: { input: { rows: [{ region: 'west', total: 3 }] } } } });
  session = await studio.sessions.create({ name: 'drafts' });
});
afterEach(async () => {
  cleanup();
  await studio.close();
});

const WRONG = 'SELECT regoin FROM orders';
const RIGHT = 'SELECT region FROM orders';
const editor: ArtifactOf<'sql-editor'> = {
  ...sqlEditor,
  state: 'failed',
  error: { code: 'VS2004', message: 'column "regoin" does not exist' },
  data: { sql: WRONG, diagnostics: [], metrics: [], alerts: [], explanation: 'Shows regoin of orders.', assumptions: ['regoin is meant'] },
};
const resultsOf = (sql: string): AnyArtifact => ({ ...queryResults, state: 'done', data: { ...queryResults.data, sql } });

const show = (artifact: AnyArtifact, onAction: ArtifactActionHandler = () => {}) => {
  cleanup();
  render(
    <StudioProvider studio={studio} session={session}>
      <VeloTheme>
        <Artifact artifact={artifact} onAction={onAction} />
      </VeloTheme>
    </StudioProvider>,
  );
};
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const write = (value: string) => fireEvent.change(field(), { target: { value } });
const chip = (): string | null => document.querySelector('.velo-card-header .velo-chip')?.textContent ?? null;
const text = () => document.body.textContent ?? '';

describe('a query that is written anew', () => {
  test('is no longer said to have failed, and is described as it stands', async () => {
    show(editor, () => Promise.reject(new Error('there is no such column')));
    fireEvent.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByText(/Run did not work/);
    expect([chip(), text()]).toEqual(['Failed', expect.stringContaining('column "regoin" does not exist')]);
    write(RIGHT);
    for (const old of ['Run did not work', 'column "regoin" does not exist', 'regoin is meant']) expect(text()).not.toContain(old);
    expect(chip()).toBeNull();
    await waitFor(() => expect(text()).not.toContain('Shows regoin'));
    expect(document.querySelector('.velo-lead')?.textContent).toContain('region');
    write('SELECT nothing_like_it FROM orders');
    await waitFor(() => expect(document.querySelector('.velo-lead')).toBeNull());
  });

  test('is as it was written when its tab is opened again', () => {
    show(editor);
    write(RIGHT);
    show(resultsOf(RIGHT));
    show(editor);
    expect(field().value).toBe(RIGHT);
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect(field().value).toBe(WRONG);
    show({ ...editor, version: 2, data: { ...editor.data, sql: 'SELECT total FROM orders' } });
    expect(field().value).toBe('SELECT total FROM orders');
  });
});

describe('rows of a query', () => {
  const STALE = /changed after this run/;

  test('are stale while the query has another text than the one that was run', () => {
    show(resultsOf(WRONG));
    expect([chip(), STALE.test(text())]).toEqual(['Done', false]);
    show(editor);
    write(RIGHT);
    show(resultsOf(WRONG));
    expect([chip(), STALE.test(text())]).toEqual(['Stale', true]);
    show(resultsOf(RIGHT));
    expect(chip()).toBe('Done');
  });

  test('of a run are stale after a further edit, and fresh when it is taken back', () => {
    show(editor);
    write(RIGHT);
    fireEvent.click(screen.getByRole('button', { name: 'Run' }));
    write(`${RIGHT} WHERE total > 1`);
    show(resultsOf(RIGHT));
    expect(chip()).toBe('Stale');
    show(editor);
    write(RIGHT);
    show(resultsOf(RIGHT));
    expect(chip()).toBe('Done');
  });
});
