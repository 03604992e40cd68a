import type { Artifact } from '@velostream/core/protocol';
import type { Deployment } from '@velostream/core/protocol/deploy';
import type { ChatTurn } from '@velostream/react';
import { describe, expect, test } from 'vitest';
import { pressedText, shownText } from '../page/conversation/pressed.ts';
import { toThreadMessage } from '../page/conversation/to-thread-message.ts';
import { distinct } from '../page/stage/distinct-tabs.ts';
import type { StageTab } from '../page/stage/use-stage.ts';
import { healthWords } from '../page/top-bar/health-words.ts';

const tab = (id: string, kind: Artifact['kind'] | null, title: string, data: object = {}): StageTab => ({
  id,
  title,
  icon: 'chart',
  // Of an artifact only its kind is read here, and whether it can be changed.
  artifact: kind === null ? null : ({ id, kind, title, data } as unknown as Artifact),
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

  test('tell a template from the application that was made of it', () => {
    expect(titles(tab('a', 'app-preview', 'Trading', { readOnly: true }), tab('b', 'app-preview', 'Trading', { readOnly: false }))).toEqual(
      ['Template: Trading', 'Application: Trading'],
    );
  });

  test('do not say twice what a name says', () => {
    expect(titles(tab('a', 'test-results', 'Test of Volume'), tab('b', 'test-results', 'Test of Volume'))).toEqual([
      'Test of Volume',
      'Test of Volume (2)',
    ]);
  });
});

describe('a turn of the conversation', () => {
  test('calls nothing done that waits for an approval', () => {
    const tool = { kind: 'tool', callId: 'c', tool: 'deploy_app', title: 'Deploy the application', status: 'done' } as const;
    const approval = { approvalId: 'p', tool: 'deploy_app', title: 'Deploy', input: {}, summary: 'Starts a job.', hash: 'h', expiresAt: 1 };
    const kinds = (...parts: ChatTurn['parts']): unknown =>
      (toThreadMessage({ id: 't', role: 'assistant', parts }).content as readonly { readonly type: string }[]).map(({ type }) => type);
    expect(kinds(tool, { kind: 'approval', approval, answer: null })).toEqual(['data']);
    expect(kinds(tool, { kind: 'text', text: 'It runs.' })).toEqual(['tool-call', 'text']);
  });
});

const deployment = (target: string, status: Deployment['status'], more: Partial<Deployment> = {}): Deployment =>
  // What the words are made of; the rest of a deployment is not read here.
  ({ target, status, health: 'healthy', activeAlerts: [], ...more }) as unknown as Deployment;

describe('the health in the top bar', () => {
  test('counts deployments on every target, by what each does', () => {
    expect(healthWords([deployment('embedded', 'running'), deployment('flink', 'running'), deployment('flink', 'starting')])).toEqual({
      text: '2 running · 1 starting',
      short: '2 running',
      isWell: true,
      isRunning: true,
    });
  });

  test('does not speak of none running beside one that is paused', () => {
    expect(healthWords([deployment('flink', 'paused')])).toEqual({ text: '1 paused', short: '1 paused', isWell: true, isRunning: false });
  });

  test('tells what is not well', () => {
    expect(healthWords([deployment('embedded', 'failed'), deployment('flink', 'partial')])).toEqual({
      text: '1 running · 1 failing',
      short: '1 failing',
      isWell: false,
      isRunning: true,
    });
  });
});

describe('what a button of a suggestion says', () => {
  const sql = '-- @metric: trades\nSELECT symbol\nFROM trades';

  test('is a sentence for a person, and the edit for the assistant', () => {
    const text = pressedText({ kind: 'apply_annotations', label: 'Metrics only', sql, tier: 1 }, 'Volume by symbol');
    expect(shownText(text)).toBe('Apply: add metrics to “Volume by symbol”');
    expect(text).toContain(sql);
  });

  test('names the deed of an edit and of a call', () => {
    expect(shownText(pressedText({ kind: 'edit_sql', label: 'Use NULLIF', sql }, 'Ratio'))).toBe('Apply: use NULLIF, in “Ratio”');
    expect(
      shownText(pressedText({ kind: 'run_tool', label: 'Metrics and alerts', tool: 'analyze_annotations', input: { tier: 2 } }, undefined)),
    ).toBe('Apply: add metrics and alerts to the query');
    expect(
      shownText(pressedText({ kind: 'run_tool', label: 'Look at trades', tool: 'peek_source', input: { source: 'trades' } }, 'Ratio')),
    ).toBe('Apply: look at trades');
  });

  test('hides nothing of what somebody typed', () => {
    for (const text of ['Apply: all of them', `Apply: this\n${sql}`, `\`\`\`sql\n${sql}\n\`\`\``]) expect(shownText(text)).toBe(text);
  });
});
