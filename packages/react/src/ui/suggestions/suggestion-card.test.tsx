import { cleanup, render, screen } from '@testing-library/react';
import type { Suggestion } from '@velostream/core/protocol/assist';
import { afterEach, expect, test } from 'vitest';
import { SuggestionCard } from './SuggestionCard.tsx';

afterEach(cleanup);

const suggestion = (evidence: Suggestion['evidence']): Suggestion =>
  // What the card shows; the rest is not read here.
  ({ title: 'Fewer rows', message: '100% of 200 groups have one row', severity: 'low', evidence, actions: [] }) as unknown as Suggestion;

test('numbers that the sentence tells are not told again', () => {
  render(<SuggestionCard suggestion={suggestion({ percent: 100, groups: 200 })} isOpen onApply={() => {}} onDismiss={() => {}} />);
  expect(screen.queryByText('groups')).toBeNull();
});

test('others stand below it, in groups of digits', () => {
  render(<SuggestionCard suggestion={suggestion({ rows_read: 12_000 })} isOpen onApply={() => {}} onDismiss={() => {}} />);
  expect(screen.getByText('rows read').nextElementSibling?.textContent).toBe('12,000');
});
