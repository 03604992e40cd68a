import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Artifact } from '../artifact/Artifact.tsx';
import { settle as soon } from '../query/live-query.fixture.ts';
import { testResults } from '../testing/samples/sample-tests.ts';
import { VeloTheme } from './VeloTheme.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(cleanup);

/** Radix gives the focus back after the menu is gone. */
const settle = (): Promise<void> =>
  act(async () => {
    for (let turn = 0; turn < 30; turn++) await soon();
  });

async function openMenu(): Promise<HTMLElement> {
  const more = screen.getByRole('button', { name: 'More actions' });
  more.focus();
  fireEvent.keyDown(more, { key: 'Enter' });
  await settle();
  return screen.getByRole('menu');
}

const focused = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');

test('the menu of an artifact gives the focus back, left or used', async () => {
  const onAction = vi.fn();
  render(
    <VeloTheme onAction={onAction}>
      <Artifact artifact={testResults} />
    </VeloTheme>,
  );
  fireEvent.keyDown(await openMenu(), { key: 'Escape' });
  await settle();
  expect(screen.queryByRole('menu')).toBeNull();
  expect(focused()).toBe('More actions');

  await openMenu();
  const item = screen.getByRole('menuitem', { name: 'Ignore' });
  act(() => item.focus());
  fireEvent.keyDown(item, { key: 'Enter' });
  await settle();
  expect(onAction).toHaveBeenCalledWith(expect.objectContaining({ name: 'ignore' }));
  expect(focused()).toBe('More actions');
});
