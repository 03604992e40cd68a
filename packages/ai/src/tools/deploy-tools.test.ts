import type { DeployPlan } from '@velostream/core/protocol/deploy';
import { describe, expect, test } from 'vitest';
import { planText } from './deploy-tools.ts';

const job = (name: string, action: DeployPlan['jobs'][number]['action']): DeployPlan['jobs'][number] => ({
  name,
  queryId: name,
  action,
  state: 'none',
  guarantee: 'at-least-once',
});
const plan = (...jobs: DeployPlan['jobs'][number][]): DeployPlan => ({
  name: 'Trading',
  target: 'embedded',
  hash: 'h',
  jobs,
  metrics: [],
  alerts: [],
  warnings: [],
  blockers: [],
});

describe('the words of a plan', () => {
  test('count jobs that are new', () => {
    expect(planText(plan(job('q1', 'create'), job('q2', 'create')))).toBe('Starts 2 jobs on embedded.');
  });

  test('name jobs that run already, and what becomes of them', () => {
    expect(planText(plan(job('q1', 'replace'), job('q2', 'keep'), job('q3', 'create'), job('q4', 'remove')))).toBe(
      'Starts 2 jobs on embedded. Replaces q1. Keeps q2. Removes q4.',
    );
    expect(planText(plan(job('q1', 'keep')))).toBe('Starts nothing new on embedded. Keeps q1.');
  });
});
