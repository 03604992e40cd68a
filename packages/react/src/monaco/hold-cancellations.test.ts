import { expect, test } from 'vitest';
import { holdCancellations } from './hold-cancellations.ts';

/** Whether the page still reports a promise that was rejected for this reason. */
function isReported(reason: unknown): boolean {
  const page = new EventTarget();
  holdCancellations(page);
  return page.dispatchEvent(Object.assign(new Event('unhandledrejection', { cancelable: true }), { reason }));
}

test("Monaco's own cancellation is not reported", () => {
  expect(isReported(Object.assign(new Error('Canceled'), { name: 'Canceled' }))).toBe(false);
});

test('what is no cancellation of Monaco is', () => {
  for (const reason of [new Error('Canceled'), new DOMException('stopped', 'AbortError'), 'Canceled', undefined])
    expect(isReported(reason), String(reason)).toBe(true);
});
