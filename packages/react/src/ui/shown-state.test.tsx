import { cleanup, render, screen } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import type { ArtifactOf } from '@velostream/core/protocol';
import { afterEach, expect, test } from 'vitest';
import { Artifact } from '../artifact/Artifact.tsx';
import { StudioProvider } from '../studio/StudioProvider.tsx';
import { queryResults } from '../testing/samples/sample-results.ts';
import { VeloTheme } from './VeloTheme.tsx';

afterEach(cleanup);

const chip = (): string | null => document.querySelector('.velo-card-header .velo-chip')?.textContent ?? null;

test('rows whose execution has ended are done, though they were live when the artifact was made', async () => {
  const studio = createStudio({ sources: { orders: { input: { rows: [{ region: 'west' }, { region: 'east' }] } } } });
  const session = await studio.sessions.create({ name: 'ended' });
  const execution = session.execute('SELECT region FROM orders');
  await execution.ready;
  const { chart: _chart, ...data } = queryResults.data;
  const artifact: ArtifactOf<'query-results'> = { ...queryResults, state: 'live', data: { ...data, executionId: execution.id, rows: [] } };
  render(
    <StudioProvider studio={studio} session={session}>
      <VeloTheme>
        <Artifact artifact={artifact} />
      </VeloTheme>
    </StudioProvider>,
  );
  await screen.findByText('Done');
  expect(chip()).toBe('Done');
  cleanup();
  await studio.close();
});

test('rows that an artifact carries keep its state', () => {
  render(
    <VeloTheme>
      <Artifact artifact={{ ...queryResults, state: 'live' }} />
    </VeloTheme>,
  );
  expect(chip()).toBe('Live');
});
