import type { Deployment, Job } from '@velostream/core/protocol/deploy';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { textOfEvents, thread, turn } from '../testing/thread.fixture.ts';
import { createToolRegistry } from '../tools/registry.ts';
import { jobHistory } from './job-history.ts';

const START = 1_700_000_000_000;

/** One job that shows these figures. */
function running(latencyP99Ms: number, processed: number, status: Job['status'] = 'running'): readonly Deployment[] {
  const metrics = { recordsPerSecond: 5, stateEntries: processed, errors: 0, recordsProcessed: processed, latencyP99Ms };
  const job = { id: 'd_q1', name: 'd_q1', title: 'Orders per minute', status, health: 'healthy', healthReasons: [], sql: '', metrics };
  return [{ id: 'd', status, health: 'healthy', metrics: [], alerts: [], activeAlerts: [], jobs: [job] } as unknown as Deployment]; // only what a history looks at
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('figures of jobs over time', () => {
  const clock = { now: () => Date.now() };

  test('are kept by the name that people know, one for each ten seconds', () => {
    const history = jobHistory(clock);
    history.observe(running(4, 10));
    vi.advanceTimersByTime(1_000);
    expect(history.observe(running(9, 12))['Orders per minute']).toHaveLength(1);
    vi.advanceTimersByTime(10_000);
    expect(history.observe(running(5, 20))['Orders per minute']?.map((s) => s.latencyP99Ms)).toEqual([4, 5]);
  });

  test('begin anew with a job that starts anew, and are never more than an hour', () => {
    const history = jobHistory(clock);
    for (let i = 0; i < 500; i++) {
      history.observe(running(4, 1_000 + i));
      vi.advanceTimersByTime(10_000);
    }
    expect(history.observe(running(4, 2_000))['Orders per minute']).toHaveLength(360);
    vi.advanceTimersByTime(10_000);
    expect(history.observe(running(4, 3))['Orders per minute']).toHaveLength(1);
  });

  test('are looked at while something runs, and no longer', async () => {
    let status: Job['status'] = 'running';
    let looked = 0;
    const list = async () => {
      looked++;
      return running(looked, looked, status);
    };
    const history = jobHistory(clock);
    const studio = { deployments: { list } } as never;
    history.follow(studio);
    history.follow(studio);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(looked).toBe(3);
    status = 'stopped';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looked).toBe(4);
    history.follow(studio);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looked).toBe(5);
  });
});

test('the chat tells that latency grows', async () => {
  let now = START;
  let latency = 20;
  const made = await thread((studio) => {
    const grown = {
      ...studio,
      deployments: { ...studio.deployments, list: async () => running(latency, now - START) },
    };
    const registry = createToolRegistry(grown, { now: () => now });
    return createOfflineAssistant({ studio: grown, registry, now: () => now });
  });
  const asked = async (): Promise<string[]> => {
    const events = await turn(made.assistant, made.session, 'how are my jobs doing?');
    now += 10_000;
    return [textOfEvents(events), ...events.flatMap((e) => (e.type === 'suggestions' ? e.items.map((i) => i.message) : []))];
  };
  for (let i = 0; i < 4; i++) await asked();
  latency = 300;
  await asked();
  await asked();
  const told = await asked();
  await made.studio.close();
  expect(told.join('\n')).toMatch(/Orders per minute went from 20 to 300 ms/);
});
