import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Artifact } from '../../artifact/Artifact.tsx';
import type { ArtifactActionHandler } from '../../artifact/artifact-view.ts';
import { StudioProvider } from '../../studio/StudioProvider.tsx';
import { useStudioActions } from '../../studio/use-studio-actions.ts';
import { queryResults } from '../../testing/samples/sample-results.ts';
import { VeloTheme } from '../VeloTheme.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
const saved: Blob[] = [];
beforeEach(() => {
  saved.length = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob);
    return 'blob:saved';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const press = (onAction?: ArtifactActionHandler): void => {
  render(
    <VeloTheme {...(onAction && { onAction })}>
      <Artifact artifact={queryResults} />
    </VeloTheme>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Export as CSV' }));
};

const ignore = (): void => {};
function Page({ onOther }: { readonly onOther: ArtifactActionHandler }) {
  return (
    <VeloTheme onAction={useStudioActions({ onArtifact: ignore, onOther })}>
      <Artifact artifact={queryResults} />
    </VeloTheme>
  );
}

test('an export nobody hears of is saved as CSV', async () => {
  press();
  expect(await saved[0]?.text()).toMatch(/^symbol,volume,avg_price,window_end\r?\n/);
});

test('the host hears of an export that the page saves', () => {
  const onAction = vi.fn<ArtifactActionHandler>();
  press(onAction);
  expect(onAction).toHaveBeenCalledWith(expect.objectContaining({ name: 'export', artifact: queryResults }));
  expect(saved).toHaveLength(1);
});

test('the host takes an export over with the rows shown', () => {
  let rows = 0;
  press(({ subject: { exported } }) => {
    exported?.preventDefault();
    rows = exported?.rows.length ?? 0;
  });
  expect(rows).toBe(queryResults.data.rows.length);
  expect(saved).toHaveLength(0);
});

test('an export reaches the host through the actions of a studio', async () => {
  const studio = createStudio();
  const session = await studio.sessions.create({ name: 'Export' });
  const onOther: ArtifactActionHandler = ({ name, subject }) => {
    if (name === 'export') subject.exported?.preventDefault();
  };
  render(
    <StudioProvider studio={studio} session={session}>
      <Page onOther={onOther} />
    </StudioProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Export as CSV' }));
  expect(saved).toHaveLength(0);
  await studio.close();
});
