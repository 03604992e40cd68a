import type { Artifact } from '@velostream/core/protocol';
import type { Deployment } from '@velostream/core/protocol/deploy';
import { describe, expect, test } from 'vitest';
import { distinct } from '../page/stage/distinct-tabs.ts';
import type { StageTab } from '../page/stage/use-stage.ts';
import { healthWords } from '../page/top-bar/health-words.ts';

const tab = (id: string, kind: Artifact['kind'] | null, title: string): StageTab => ({
  id,
  title,
  icon: 'chart',
  // Of an artifact only its kind is read here.
  artifact: kind === null ? null : ({ id, kind, title } as unknown as Artifact),
});
const titles = (...tabs: StageTab[]): string[] => distinct(tabs).map(({ title }) => title);

describe('tabs of the stage', () => {
  test('bear their names alone where these are different', () => {
    expect(titles(tab('a', 'sql-editor', 'Volume'), tab('b', 'query-results', 'Price'), tab('h', null, 'Health'))).toEqual([
      'Volume',
      'Price',
      'Health',
    ]);
  });

  test('say what they are where two have one name, and count where that is one too', () => {
    expect(
      titles(
        tab('a', 'sql-editor', 'Volume'),
        tab('b', 'query-results', 'Volume'),
        tab('c', 'query-results', 'Volume'),
        tab('d', 'deploy-summary', 'Volume'),
      ),
    ).toEqual(['SQL: Volume', 'Results: Volume', 'Results: Volume (2)', 'Deployment: Volume']);
  });
});

const deployment = (target: string, status: Deployment['status'], more: Partial<Deployment> = {}): Deployment =>
  // What the words are made of; the rest of a deployment is not read here.
  ({ target, status, health: 'healthy', activeAlerts: [], ...more }) as unknown as Deployment;

describe('the health in the top bar', () => {
  test('counts deployments on every target, by what each does', () => {
    expect(healthWords([deployment('embedded', 'running'), deployment('flink', 'running'), deployment('flink', 'starting')])).toEqual({
      text: '2 running · 1 starting',
      isWell: true,
    });
  });

  test('does not speak of none running beside one that is paused', () => {
    expect(healthWords([deployment('flink', 'paused')]).text).toBe('1 paused');
  });

  test('tells what is not well', () => {
    expect(healthWords([deployment('embedded', 'failed'), deployment('flink', 'partial')])).toEqual({
      text: '1 running · 1 failing',
      isWell: false,
    });
  });
});
