import { cleanup, render, screen, within } from '@testing-library/react';
import type { ArtifactOf } from '@velostream/core/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { deploySummary } from '../testing/samples/sample-apps.ts';
import { DeploySummary } from './deploy-summary.ts';

afterEach(cleanup);

type Step = ArtifactOf<'deploy-summary'>['data']['deployment']['steps'][number];
const base = deploySummary as ArtifactOf<'deploy-summary'>;
const steps = (count: number, more: readonly Step[] = []): readonly Step[] => [
  ...Array.from({ length: count }, (_, i): Step => ({ kind: 'job', name: `job ${i}`, status: 'done' })),
  ...more,
];
const show = (shown: readonly Step[]) => {
  const deployment = { ...base.data.deployment, steps: shown };
  render(
    <DeploySummary.Root artifact={{ ...base, data: { ...base.data, deployment } }}>
      <DeploySummary.Steps />
    </DeploySummary.Root>,
  );
  return screen.getByRole('list', { name: 'Steps' });
};
const FAILED: Step = { kind: 'dashboard', name: 'dashboard', status: 'failed', message: 'Grafana does not answer' };

describe('steps of a deployment', () => {
  test('many finished ones are one line, opened by a press', () => {
    const list = show(steps(20));
    expect(list.children).toHaveLength(1);
    expect(within(list).getByText('✓ 20 steps done').closest('details')?.open).toBe(false);
    expect(list.querySelectorAll('[data-kind="job"]')).toHaveLength(20);
  });

  test('what failed stays in sight beside the finished ones', () => {
    const list = show(steps(6, [FAILED]));
    expect([...list.children].map((li) => li.getAttribute('data-status') ?? li.textContent?.slice(0, 14))).toEqual([
      'failed',
      '✓ 6 steps done',
    ]);
  });

  test('all stay open while one waits, and where there are few', () => {
    expect(show(steps(8, [{ kind: 'job', name: 'last', status: 'pending' }])).children).toHaveLength(9);
    cleanup();
    expect(show(steps(3)).children).toHaveLength(3);
  });
});

test('of a job that is paused no reason says so again', () => {
  const job = base.data.deployment.jobs.find(({ error }) => error === undefined);
  if (!job) throw new Error('a deployment with a job is expected');
  const paused = { ...job, status: 'paused', healthReasons: ['it is paused', 'it is 4 records behind'] } as const;
  const deployment = { ...base.data.deployment, jobs: [paused] };
  render(
    <DeploySummary.Root artifact={{ ...base, data: { ...base.data, deployment } }}>
      <DeploySummary.Jobs />
    </DeploySummary.Root>,
  );
  expect(screen.queryByText('it is paused')).toBeNull();
  expect(screen.getByText('it is 4 records behind')).toBeTruthy();
});

describe('a job', () => {
  const jobs = (shown: (typeof base.data.deployment.jobs)[number][]) => {
    const deployment = { ...base.data.deployment, jobs: shown };
    render(
      <DeploySummary.Root artifact={{ ...base, data: { ...base.data, deployment } }}>
        <DeploySummary.Jobs />
      </DeploySummary.Root>,
    );
    return screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
  };
  const [first] = base.data.deployment.jobs;
  if (!first) throw new Error('a deployment with a job is expected');

  test('is called by its query, and its own name stands beneath', () => {
    expect(jobs([{ ...first, name: 'trading-analytics_q1', title: 'VWAP Calculator' }])).toEqual(['VWAP Calculator trading-analytics_q1']);
  });

  test('without a title has its name alone', () => {
    const { title: _title, ...untitled } = first;
    expect(jobs([{ ...untitled, name: 'trading-analytics_q1' }])).toEqual(['trading-analytics_q1']);
  });
});

test('the step of a dashboard is said in words', () => {
  const title = 'Dashboard of trading-analytics';
  const list = show([{ kind: 'dashboard', name: 'Velostream: trading-analytics', title, status: 'done' }]);
  expect(within(list).getByText(title).title).toBe('Velostream: trading-analytics');
});
