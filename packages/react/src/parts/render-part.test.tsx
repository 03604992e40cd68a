import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { renderPart } from './render-part.ts';

afterEach(cleanup);

const draw = (given: object, own: object) =>
  render(<>{renderPart('button', given as never, own as never, { state: {}, ref: createRef() as never })}</>);

test('a handler of the user does not take away that of the part', () => {
  const theirs = vi.fn();
  const ours = vi.fn();
  draw({ onClick: theirs }, { onClick: ours, children: 'Run' });
  fireEvent.click(screen.getByRole('button', { name: 'Run' }));
  expect([theirs.mock.calls.length, ours.mock.calls.length]).toEqual([1, 1]);
});

test('the user keeps the part from acting by preventing the default', () => {
  const ours = vi.fn();
  draw({ onClick: (e: Event) => e.preventDefault() }, { onClick: ours, children: 'Run' });
  fireEvent.click(screen.getByRole('button', { name: 'Run' }));
  expect(ours).not.toHaveBeenCalled();
});
