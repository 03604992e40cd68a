import { act, cleanup, fireEvent, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToastProvider } from '../toasts/ToastProvider.tsx';
import { type Toasts, useToasts } from '../toasts/toasts.ts';
import { ToastList } from './ToastList.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function shown(): Toasts {
  const { result } = renderHook(() => useToasts(), {
    wrapper: ({ children }) => (
      <ToastProvider>
        {children}
        <ToastList />
      </ToastProvider>
    ),
  });
  return result.current;
}
const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('a message goes by itself, one with something to do later', () => {
  const { show } = shown();
  act(() => {
    show({ tone: 'neutral', text: 'saved' });
    show({ tone: 'neutral', text: 'deleted', action: { label: 'Undo', run: () => {} } });
  });
  wait(6_000);
  expect([screen.queryByText('saved'), screen.queryByText('deleted')?.textContent]).toEqual([null, 'deleted']);
  wait(14_000);
  expect(screen.queryByText('deleted')).toBeNull();
});

test('a message stays while somebody is at it', () => {
  const { show } = shown();
  act(() => show({ tone: 'neutral', text: 'deleted', action: { label: 'Undo', run: () => {} } }));
  const undo = screen.getByRole('button', { name: 'Undo' });
  act(() => undo.focus());
  wait(60_000);
  expect(screen.queryByText('deleted')).not.toBeNull();
  act(() => undo.blur());
  wait(20_000);
  expect(screen.queryByText('deleted')).toBeNull();
});

test('what it offers is done once, and it is gone', () => {
  const { show } = shown();
  const run = vi.fn();
  act(() => show({ tone: 'negative', text: 'failed', action: { label: 'Save', run } }));
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(run).toHaveBeenCalledTimes(1);
  expect(screen.queryByText('failed')).toBeNull();
});
