import { act, cleanup, render, screen, within } from '@testing-library/react';
import { createRef, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scriptedQuery, settle } from '../query/live-query.fixture.ts';
import { type QuerySnapshot, WAITING } from '../query/query-snapshot.ts';
import { QueryResults } from './query-results.ts';

// Tells React that updates are awaited here, as its testing documentation asks.
(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const drawAtOnce = (flush: () => void): (() => void) => {
  const id = setTimeout(flush, 0);
  return () => clearTimeout(id);
};

const columns = [
  { name: 'symbol', type: 'STRING' },
  { name: 'at', type: 'TIMESTAMP' },
];

const snapshotOf = (given: Partial<QuerySnapshot>): QuerySnapshot => ({ ...WAITING, columns, ...given });

const everyPart = (
  <>
    <QueryResults.Status />
    <QueryResults.Error />
    <QueryResults.Empty data-testid="empty" />
    <QueryResults.Table />
  </>
);

beforeEach(() => void vi.spyOn(console, 'error'));
afterEach(() => {
  cleanup();
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

describe('QueryResults', () => {
  test('shows rows as they come, once, also in StrictMode', async () => {
    const query = scriptedQuery(columns);
    render(
      <StrictMode>
        <QueryResults.Root query={query} frame={drawAtOnce} aria-label="Trades">
          {everyPart}
        </QueryResults.Root>
      </StrictMode>,
    );
    const root = screen.getByLabelText('Trades');
    expect(root.getAttribute('data-status')).toBe('waiting');
    expect(root.getAttribute('aria-busy')).toBe('true');
    expect(screen.getByTestId('empty').textContent).toBe('No rows yet');

    await act(async () => {
      query.push({ symbol: 'AAPL', at: 0 }, { symbol: null, at: 1_500 });
      for (let turn = 0; turn < 5; turn++) await settle();
    });
    const cells = within(screen.getByRole('table')).getAllByRole('cell');
    expect(cells.map((cell) => cell.textContent)).toEqual(['AAPL', '1970-01-01T00:00:00.000Z', '∅', '1970-01-01T00:00:01.500Z']);
    expect(screen.getByRole('status').textContent).toBe('Live');
    expect(screen.queryByTestId('empty')).toBeNull();

    await act(async () => {
      query.end();
      await settle();
    });
    expect(screen.getByRole('status').textContent).toBe('Finished');
    expect(query.readers()).toBe(1);
  });

  test('a failure says what happened and what to do', () => {
    const error = Object.assign(new Error('column "pirce" does not exist'), { code: 'VS2004', hint: 'Did you mean "price"?' });
    render(<QueryResults.Root snapshot={snapshotOf({ status: 'failed', error })}>{everyPart}</QueryResults.Root>);
    const alert = screen.getByRole('alert');
    expect(alert.getAttribute('data-code')).toBe('VS2004');
    expect(alert.textContent).toBe('column "pirce" does not existDid you mean "price"?');
    expect(screen.queryByTestId('empty')).toBeNull();
  });

  test('an ended query without rows says so', () => {
    render(<QueryResults.Root snapshot={snapshotOf({ status: 'done' })}>{everyPart}</QueryResults.Root>);
    expect(screen.getByTestId('empty').textContent).toBe('The query returned no rows');
  });

  test('every part takes a class, a style, a ref and another element', () => {
    const root = createRef<HTMLElement>();
    const table = createRef<HTMLTableElement>();
    const replaced = createRef<HTMLParagraphElement>();
    render(
      <QueryResults.Root
        ref={root}
        className="panel"
        style={{ margin: 4 }}
        snapshot={snapshotOf({ status: 'live', rows: [{ symbol: 'A', at: 0 }] })}
      >
        <QueryResults.Table ref={table} className="grid">
          <caption>Trades</caption>
        </QueryResults.Table>
        <QueryResults.Status
          ref={replaced}
          render={({ children, ...props }, { rowsSeen }) => <em {...props}>{`${children} ${rowsSeen}`}</em>}
        />
      </QueryResults.Root>,
    );
    expect(root.current?.className).toBe('panel');
    expect(root.current?.style.margin).toBe('4px');
    expect(table.current?.className).toBe('grid');
    expect(table.current?.caption?.textContent).toBe('Trades');
    expect(replaced.current?.tagName).toBe('EM');
    expect(replaced.current?.textContent).toBe('Live 0');
  });

  test('values are text: markup in data stays data', () => {
    const rows = [{ symbol: '<img src=x onerror=alert(1)>', at: 12n }];
    const { container } = render(<QueryResults.Root snapshot={snapshotOf({ status: 'live', rows })}>{everyPart}</QueryResults.Root>);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['<img src=x onerror=alert(1)>', '12']);
  });

  test('a server draws the waiting state and reads nothing', () => {
    const query = scriptedQuery(columns);
    const html = renderToString(<QueryResults.Root query={query}>{everyPart}</QueryResults.Root>);
    expect(html).toContain('data-status="waiting"');
    expect(query.readers()).toBe(0);
  });

  test('a part outside of Root says where it belongs', () => {
    vi.mocked(console.error).mockImplementation(() => {});
    expect(() => render(<QueryResults.Table />)).toThrow(
      'QueryResults.Table has no data: render it inside <QueryResults.Root query={...}>.',
    );
    vi.mocked(console.error).mockClear();
  });
});
