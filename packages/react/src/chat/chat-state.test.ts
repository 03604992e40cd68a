import type { ChatEvent } from '@velostream/core/protocol/assist';
import { describe, expect, test } from 'vitest';
import { artifactOfPart, artifactPart, artifactsOfMessage } from '../ai-sdk/message-parts.ts';
import { threadMessage } from '../assistant-ui/thread-message.ts';
import { typicalArtifacts } from '../testing/samples/sample-artifacts.ts';
import { afterApproval, afterEvent, afterMessages, afterQuestion, artifactsOf, NO_CHAT, textOf } from './chat-state.ts';

const artifact = typicalArtifacts['topic-list'];
const EVENTS: readonly ChatEvent[] = [
  { type: 'text', delta: 'Here are ' },
  { type: 'text', delta: 'the topics.' },
  { type: 'tool_start', callId: 'c1', tool: 'list_topics', title: 'List topics' },
  { type: 'tool_input', callId: 'c1', partial: { filter: 'tr' } },
  { type: 'tool_result', callId: 'c1', ok: true, artifact },
  { type: 'options', question: 'Which?', options: [{ label: 'trades', prompt: 'trades' }] },
  { type: 'usage', usage: { inputTokens: 10, outputTokens: 4, cacheReadTokens: 0 } },
  { type: 'done', stop: 'end' },
];
const asked = afterQuestion(NO_CHAT, { user: 'u', assistant: 'a' }, 'which topics are there');
const answered = EVENTS.reduce(afterEvent, asked);

describe('chat state', () => {
  test('the same events give the same state', () => {
    expect(EVENTS.reduce(afterEvent, asked)).toEqual(answered);
  });

  test('text comes together, a tool fills as it runs', () => {
    expect(answered.status).toBe('idle');
    const [question, answer] = answered.turns;
    expect(question?.parts).toEqual([{ kind: 'text', text: 'which topics are there' }]);
    expect(answer && textOf(answer)).toBe('Here are the topics.');
    expect(answer?.parts[1]).toMatchObject({ kind: 'tool', status: 'done', input: { filter: 'tr' }, artifact });
    expect(artifactsOf(answered)).toEqual([artifact]);
    expect(answered.usage).toEqual({ inputTokens: 10, outputTokens: 4 });
  });

  test('a kept answer stands below what its tools brought, as when it came', () => {
    const kept = { id: 'm', role: 'assistant' as const, text: 'Here they are.', artifacts: [artifact.id], at: 0 };
    expect(afterMessages(NO_CHAT, [kept], [artifact]).turns[0]?.parts.map(({ kind }) => kind)).toEqual(['tool', 'text']);
  });

  test('a failure keeps what came before it', () => {
    const failed = afterEvent(afterEvent(asked, EVENTS[0] as ChatEvent), {
      type: 'error',
      error: { code: 'timeout', message: 'too slow' },
    });
    expect(failed.status).toBe('failed');
    expect(failed.turns[1]).toMatchObject({ error: { code: 'timeout' }, parts: [{ kind: 'text', text: 'Here are ' }] });
  });

  test('an approval waits, and is answered once', () => {
    const approval = { approvalId: 'p', tool: 't', title: 'Deploy', input: {}, summary: '', hash: 'h', expiresAt: 1 };
    const waiting = [{ type: 'approval_required', approval } as const, { type: 'done', stop: 'approval' } as const].reduce<typeof asked>(
      afterEvent,
      asked,
    );
    expect(waiting.status).toBe('approval');
    expect(afterApproval(waiting, 'p', false).turns[1]?.parts[0]).toMatchObject({ answer: 'declined' });
  });
});

describe('adapters', () => {
  test('a turn becomes a message of assistant-ui with tool calls', () => {
    const message = threadMessage(answered.turns[1] as (typeof answered.turns)[number]);
    expect(message.content.map((part) => (part.type === 'text' ? part.text : part.toolName))).toEqual([
      'Here are the topics.',
      'list_topics',
      'velo_options',
    ]);
    expect(message.content[1]).toMatchObject({ toolCallId: 'c1', args: { filter: 'tr' }, result: { artifact } });
  });

  test('parts of an AI SDK message bring their artifacts, the last version of each', () => {
    const later = { ...artifact, version: 2 };
    const parts = [
      { type: 'text' },
      artifactPart(artifact),
      { type: 'tool-list_topics', state: 'input-streaming' },
      { type: 'tool-list_topics', state: 'output-available', output: { artifact: later } },
    ];
    expect(artifactsOfMessage({ parts })).toEqual([later]);
    expect(artifactOfPart({ type: 'dynamic-tool', state: 'output-available', output: JSON.stringify(artifact) })).toEqual(artifact);
    expect(artifactOfPart({ type: 'tool-x', state: 'output-available', output: { kind: 'topic-list' } })).toBeNull();
  });
});
