import { act, renderHook, waitFor } from '@testing-library/react';
import { createStudio } from '@velostream/core';
import { createStudioClient } from '@velostream/core/client';
import { createStudioHandler } from '@velostream/core/http';
import type { Assistant, ChatEvent } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { notebookStore } from '../studio/notebook-store.ts';
import { StudioProvider } from '../studio/StudioProvider.tsx';
import { textOf } from './chat-state.ts';
import { useChat } from './use-chat.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** Keeps what is said in the notebook, as the real one does; an answer to "wait" never comes to its end. */
const keeping: Pick<Assistant, 'id' | 'chat'> = {
  id: 'keeping',
  async *chat({ session, text }, { signal } = {}): AsyncGenerator<ChatEvent> {
    await session.notebook.addMessage({ role: 'user', text, artifacts: [] });
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
