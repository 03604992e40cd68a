import { act, render, renderHook, waitFor } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import { createStudioClient } from '@velostream/core/client';
import { createStudioHandler } from '@velostream/core/http';
import type { Approval, Assistant, ChatEvent } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { notebookStore } from '../studio/notebook-store.ts';
import { StudioProvider } from '../studio/StudioProvider.tsx';
import { ApprovalCard } from '../ui/chat/ApprovalCard.tsx';
import { afterMessages, NO_CHAT, textOf } from './chat-state.ts';
import { type Chat, useChat } from './use-chat.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const APPROVAL: Approval = {
  approvalId: 'a1',
  tool: 'deploy_pipeline',
  title: 'Deploy trades',
  input: { deploy_dashboard: true },
  summary: 'Starts 1 job.',
  hash: 'h1',
  expiresAt: Number.MAX_SAFE_INTEGER,
};

const OFFER = { question: 'Which one?', options: [{ label: 'Count trades', prompt: 'count trades every minute' }] };

/** Keeps what is said in the notebook, as the real one does; an answer to "wait" never comes to its end. */
const keeping: Pick<Assistant, 'id' | 'chat'> = {
  id: 'keeping',
  async *chat({ session, text, approvals }, { signal } = {}): AsyncGenerator<ChatEvent> {
    if (approvals) {
      await session.notebook.addMessage({ role: 'assistant', text: 'Deployed.', artifacts: [], decisions: approvals });
      yield { type: 'text', delta: 'Deployed.' };
      yield { type: 'done', stop: 'end' };
      return;
    }
    await session.notebook.addMessage({ role: 'user', text, artifacts: [] });
    if (text === 'what next') {
      await session.notebook.addMessage({ role: 'assistant', text: 'Some ideas.', artifacts: [] });
      yield { type: 'text', delta: 'Some ideas.' };
      yield { type: 'options', ...OFFER };
      yield { type: 'done', stop: 'end' };
      return;
    }
    if (text === 'deploy') {
      await session.notebook.addMessage({ role: 'assistant', text: 'Shall I?', artifacts: [], approval: APPROVAL });
      yield { type: 'approval_required', approval: APPROVAL };
      yield { type: 'text', delta: 'Shall I?' };
      yield { type: 'done', stop: 'approval' };
      return;
    }
    yield { type: 'text', delta: `You said ${text}.` };
    if (text === 'wait') await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    await session.notebook.addMessage({ role: 'assistant', text: `You said ${text}.`, artifacts: [] });
    yield { type: 'done', stop: 'end' };
  },
};

const studios: Studio[] = [];
afterEach(() => Promise.all(studios.splice(0).map((studio) => studio.close())));

/** One studio behind HTTP; each tab is a client of its own with the conversation of the same notebook. */
async function served() {
  const studio = createStudio({ assistant: keeping as Assistant });
  studios.push(studio);
  const handler = createStudioHandler(studio, { authorize: () => ({ id: 'ann', role: 'admin' }), scope: 'shared' });
  const { id } = await studio.sessions.create({ name: 'Trades' });
  const tab = async () => {
    const client = createStudioClient({
      baseUrl: 'http://studio.test/api',
      fetch: async (input, init) => handler.fetch(new Request(input, init)),
    });
    const session: Session = await client.sessions.open(id);
    const wrapper = ({ children }: { readonly children: ReactNode }) => (
      <StudioProvider studio={client} session={session}>
        {children}
      </StudioProvider>
    );
    const { result } = renderHook(() => useChat(session), { wrapper });
    const readAgain = () =>
      act(async () => {
        await client.sessions.open(id);
        notebookStore(session).refresh();
      });
    return { session, chat: () => result.current, said: () => result.current.turns.map(textOf), readAgain };
  };
  return { tab, kept: async () => (await studio.sessions.open(id)).notebook.messages.map(({ role, text }) => `${role}: ${text}`) };
}

describe('two tabs on one notebook', () => {
  test('one has what was said in the other as soon as it reads the notebook again', async () => {
    const { tab } = await served();
    const [one, other] = [await tab(), await tab()];
    act(() => one.chat().send?.('hello'));
    await waitFor(() => expect(one.chat().status).toBe('idle'));
    await other.readAgain();
    expect(other.said()).toEqual(['hello', 'You said hello.']);
    act(() => other.chat().send?.('and again'));
    await waitFor(() => expect(other.chat().status).toBe('idle'));
    await one.readAgain();
    await one.readAgain();
    await other.readAgain();
    const all = ['hello', 'You said hello.', 'and again', 'You said and again.'];
    expect(one.said()).toEqual(all);
    expect(other.said()).toEqual(all);
  });
});

describe('what an answer offers to be said next', () => {
  const offered = (chat: Chat) => chat.turns.flatMap(({ parts }) => parts.filter((part) => part.kind === 'options'));

  test('is there after a reload and in another tab', async () => {
    const { tab } = await served();
    const [one, other] = [await tab(), await tab()];
    act(() => one.chat().send?.('what next'));
    await waitFor(() => expect(one.chat().status).toBe('idle'));
    await other.readAgain();
    const reloaded = await tab();
    for (const { chat, said } of [one, other, reloaded]) {
      expect(offered(chat())).toEqual([{ kind: 'options', ...OFFER }]);
      expect(said()).toEqual(['what next', 'Some ideas.']);
    }
  });

  test('has its question once, though it is kept as said', () => {
    const message = { id: 'm', role: 'assistant', text: 'Done. Which one?', artifacts: [], at: 1, choices: OFFER } as const;
    expect(afterMessages(NO_CHAT, [message], []).turns[0]?.parts).toEqual([
      { kind: 'text', text: 'Done.' },
      { kind: 'options', ...OFFER },
    ]);
    expect(afterMessages(NO_CHAT, [{ ...message, text: 'Which one?' }], []).turns[0]?.parts).toEqual([{ kind: 'options', ...OFFER }]);
  });

  test('is kept where the studio runs in the page', async () => {
    const studio = createStudio({ assistant: keeping as Assistant });
    studios.push(studio);
    const session = await studio.sessions.create({ name: 'here' });
    const wrapper = ({ children }: { readonly children: ReactNode }) => (
      <StudioProvider studio={studio} session={session}>
        {children}
      </StudioProvider>
    );
    const { result } = renderHook(() => useChat(session), { wrapper });
    act(() => result.current.send?.('what next'));
    await waitFor(() => expect(session.notebook.messages.at(-1)).toMatchObject({ text: 'Some ideas.', choices: OFFER }));
    expect(session.notebook.messages).toHaveLength(2);
  });
});

describe('an approval that one tab is asked for', () => {
  const asked = (chat: Chat) => chat.turns.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'approval' ? [part] : [])));

  test('can be given in another tab, and after a reload; both know of it', async () => {
    const { tab } = await served();
    const [one, other] = [await tab(), await tab()];
    act(() => one.chat().send?.('deploy'));
    await waitFor(() => expect(one.chat().status).toBe('approval'));
    await other.readAgain();
    const reloaded = await tab();
    for (const { chat } of [other, reloaded]) {
      expect(asked(chat())).toEqual([{ kind: 'approval', approval: APPROVAL, answer: null }]);
      expect(chat().status).toBe('approval');
    }
    act(() => other.chat().approve?.('a1', true));
    await waitFor(() => expect(other.chat().status).toBe('idle'));
    await one.readAgain();
    await reloaded.readAgain();
    for (const { chat, said } of [one, other, reloaded]) {
      expect(asked(chat()).map(({ answer }) => answer)).toEqual(['approved']);
      expect([chat().status, chat().approve, said().join(' ')]).toEqual(['idle', null, expect.stringContaining('Deployed.')]);
    }
    const later = await tab();
    const by = [one, other, reloaded, later].map(({ chat }) => asked(chat())[0]?.answered);
    expect(by).toEqual(['elsewhere', 'here', 'elsewhere', undefined]);
    const cards = [one, other, later].map(({ chat }) => {
      const [part] = asked(chat());
      const view = part && render(<ApprovalCard {...part} onAnswer={null} />);
      return view?.container.querySelector('.velo-muted')?.textContent;
    });
    expect(cards).toEqual(['Approved elsewhere', 'You approved this', 'Approved']);
  });

  test('is no longer asked once something else was said', async () => {
    const { tab } = await served();
    const [one, other] = [await tab(), await tab()];
    act(() => one.chat().send?.('deploy'));
    await waitFor(() => expect(one.chat().status).toBe('approval'));
    await other.readAgain();
    act(() => one.chat().send?.('never mind'));
    await waitFor(() => expect(one.chat().status).toBe('idle'));
    await other.readAgain();
    expect([other.chat().status, other.chat().approve]).toEqual(['idle', null]);
  });
});

describe('an answer that is stopped', () => {
  test('leaves its question once in the notebook', async () => {
    const { tab, kept } = await served();
    const { chat, said } = await tab();
    act(() => chat().send?.('wait'));
    await waitFor(() => expect(said()).toEqual(['wait', 'You said wait.']));
    act(() => chat().stop?.());
    await waitFor(async () => expect(await kept()).toHaveLength(2));
    expect(await kept()).toEqual(['user: wait', 'assistant: You said wait.']);
    expect(said()).toEqual(['wait', 'You said wait.']);
  });

  test('leaves a question with a login once, and without it', async () => {
    const { tab, kept } = await served();
    const { chat, session } = await tab();
    act(() => chat().send?.('connect to kafka://bob:pw@broker:9092/trades'));
    await waitFor(() => expect(session.notebook.messages).toHaveLength(2));
    await waitFor(() => expect(chat().status).toBe('idle'));
    expect((await kept())[0]).toBe('user: connect to kafka://broker:9092/trades');
    expect(await kept()).toHaveLength(2);
  });
});
