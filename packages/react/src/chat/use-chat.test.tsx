import { act, renderHook } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import type { Assistant, ChatEvent } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { settle } from '../query/live-query.fixture.ts';
import { StudioProvider } from '../studio/StudioProvider.tsx';
import { typicalArtifacts } from '../testing/samples/sample-artifacts.ts';
import { textOf } from './chat-state.ts';
import { useChat } from './use-chat.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** An assistant that says what a test tells it to. */
function scripted(answers: readonly (readonly ChatEvent[])[]): Pick<Assistant, 'id' | 'chat'> & { readonly asked: string[] } {
  const asked: string[] = [];
  let turn = 0;
  return {
    id: 'replay',
    asked,
    async *chat({ text, approvals }, { signal } = {}) {
      asked.push(approvals ? `approved ${approvals[0]?.approved}` : text);
      for (const event of answers[turn++] ?? []) {
        await settle();
        signal?.throwIfAborted();
        yield event;
      }
    },
  };
}

const studios: Studio[] = [];
afterEach(() => Promise.all(studios.splice(0).map((studio) => studio.close())));

async function chatWith(answers: readonly (readonly ChatEvent[])[]) {
  const assistant = scripted(answers);
  const studio = createStudio({ assistant: assistant as unknown as Assistant });
  studios.push(studio);
  const session: Session = await studio.sessions.create({ name: 'Trades' });
  const onArtifact = vi.fn();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StudioProvider studio={studio} session={session}>
      {children}
    </StudioProvider>
  );
  const { result } = renderHook(() => useChat(session, { onArtifact }), { wrapper });
  return { assistant, session, onArtifact, chat: () => result.current };
}
const rest = (): Promise<void> =>
  act(async () => {
    for (let turn = 0; turn < 30; turn++) await settle();
  });

const artifact = typicalArtifacts['topic-list'];
const ANSWER: readonly ChatEvent[] = [
  { type: 'text', delta: 'Here they are.' },
  { type: 'tool_start', callId: 'c', tool: 'list_topics', title: 'List topics' },
  { type: 'tool_result', callId: 'c', ok: true, artifact },
  { type: 'done', stop: 'end' },
];

describe('useChat', () => {
  test('an answer comes piece by piece; the notebook keeps both sides and the artifact', async () => {
    const { chat, session, onArtifact } = await chatWith([ANSWER]);
    act(() => chat().send?.('which topics are there'));
    expect(chat().status).toBe('running');
    expect(chat().send).toBeNull();
    await rest();
    expect(chat().status).toBe('idle');
    expect(chat().turns.map(textOf)).toEqual(['which topics are there', 'Here they are.']);
    expect(onArtifact).toHaveBeenCalledWith(artifact);
    expect(session.notebook.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'user: which topics are there',
      'assistant: Here they are.',
    ]);
    expect(session.notebook.artifacts.map(({ id }) => id)).toEqual([artifact.id]);
  });

  test('what the assistant keeps in the notebook is not kept twice', async () => {
    const { chat, session, assistant } = await chatWith([ANSWER, ANSWER]);
    const answer = assistant.chat;
    assistant.chat = async function* (request, options) {
      await session.notebook.addMessage({ role: 'user', text: request.text, artifacts: [] });
      yield* answer(request, options);
      await session.notebook.addMessage({ role: 'assistant', text: 'Here they are.', artifacts: [] });
    };
    for (let turn = 0; turn < 2; turn++) {
      act(() => chat().send?.('topics'));
      await rest();
    }
    expect(session.notebook.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
  });

  test('a server that is gone is told once, with what can be done', async () => {
    const { chat, session, assistant } = await chatWith([]);
    const gone = Object.assign(new Error('the studio did not answer'), { hint: 'Is it running?' });
    assistant.chat = () => {
      throw gone;
    };
    vi.spyOn(session.notebook, 'addMessage').mockRejectedValue(gone);
    act(() => chat().send?.('topics'));
    await rest();
    expect(chat().status).toBe('failed');
    expect(chat().turns.at(-1)?.error?.message).toBe('the studio did not answer. Is it running?');
  });

  test('a notebook that cannot be written is told after the answer', async () => {
    const { chat, session } = await chatWith([ANSWER]);
    vi.spyOn(session.notebook, 'addMessage').mockRejectedValue(new Error('the disk is full'));
    act(() => chat().send?.('topics'));
    await rest();
    expect(chat().turns.at(-1)?.error?.message).toBe('the disk is full');
  });

  test('a failure can be asked again', async () => {
    const { chat, assistant } = await chatWith([[{ type: 'error', error: { code: 'timeout', message: 'too slow' } }], ANSWER]);
    act(() => chat().send?.('topics'));
    await rest();
    expect(chat().status).toBe('failed');
    act(() => chat().retry?.());
    await rest();
    expect(assistant.asked).toEqual(['topics', 'topics']);
    expect(chat().status).toBe('idle');
  });

  test('an approval is answered once, and the answer goes on', async () => {
    const approval = { approvalId: 'p', tool: 'deploy', title: 'Deploy', input: {}, summary: '', hash: 'h', expiresAt: 1 };
    const { chat, assistant } = await chatWith([
      [
        { type: 'approval_required', approval },
        { type: 'done', stop: 'approval' },
      ],
      ANSWER,
    ]);
    act(() => chat().send?.('deploy it'));
    await rest();
    expect(chat().status).toBe('approval');
    act(() => chat().approve?.('p', true));
    await rest();
    expect(assistant.asked).toEqual(['deploy it', 'approved true']);
    expect(chat().approve).toBeNull();
  });

  test('Stop ends an answer without an error', async () => {
    const { chat } = await chatWith([Array.from({ length: 200 }, () => ({ type: 'text', delta: '.' }) as const)]);
    act(() => chat().send?.('count'));
    await act(async () => void (await settle()));
    act(() => chat().stop?.());
    await rest();
    expect(chat().status).toBe('idle');
    expect(textOf(chat().turns[1] as never).length).toBeLessThan(200);
  });
});
