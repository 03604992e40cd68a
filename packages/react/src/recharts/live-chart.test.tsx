import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { scriptedQuery } from '../query/live-query.fixture.ts';
import { LiveChart } from './LiveChart.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(cleanup);

const COLUMNS = [
  { name: 'region', type: 'STRING' },
  { name: 'revenue', type: 'INTEGER' },
];
const drawAtOnce = (flush: () => void): (() => void) => {
  const id = setTimeout(flush, 0);
  return () => clearTimeout(id);
};
const shown = (query: ReturnType<typeof scriptedQuery>) =>
  render(
    <LiveChart
      query={query}
      options={{ frame: drawAtOnce }}
      chart={{ kind: 'bar', x: 'region', y: ['revenue'] }}
      label="Revenue by region"
    />,
  );

test('waits for the first row and then draws, with what is drawn as text', async () => {
  const query = scriptedQuery(COLUMNS);
  shown(query);
  expect(screen.getByRole('status').textContent).toBe('Waiting for rows');
  query.push({ region: 'EU', revenue: 5 });
  expect((await screen.findByRole('figure', { name: 'Revenue by region: bar chart' })).textContent).toContain('EU');
});

test('says what went wrong when the query failed, with what to do', async () => {
  const query = scriptedQuery(COLUMNS);
  shown(query);
  query.fail(Object.assign(new Error('column "rgion" does not exist'), { hint: 'Did you mean "region"?' }));
  expect((await screen.findByRole('alert')).textContent).toBe('column "rgion" does not existDid you mean "region"?');
});
