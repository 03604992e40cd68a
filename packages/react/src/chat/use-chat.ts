import type { Artifact } from '@velostream/core/protocol';
import type { ChatEvent, ChatRequest } from '@velostream/core/protocol/assist';
import type { ChatMessage, Session } from '@velostream/core/protocol/studio';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { notebookStore } from '../studio/notebook-store.ts';
import { useOptionalStudio } from '../studio/studio-context.ts';
import { toError } from '../studio/use-loaded.ts';
import { afterApproval, afterEvent, afterMessages, afterQuestion, artifactsOf, type ChatState, NO_CHAT, textOf } from './chat-state.ts';
import { ownMessages } from './kept-messages.ts';

export interface UseChatOptions {
  /** Keeps messages and artifacts in the session's notebook; default true. */
  readonly persist?: boolean | undefined;
  /** Hears every artifact as it comes, for instance to show it. */
  readonly onArtifact?: ((artifact: Artifact) => void) | undefined;
  readonly onEvent?: ((event: ChatEvent) => void) | undefined;
}

export interface Chat extends ChatState {
  /** Asks; `null` while an answer is on its way, or without an assistant or a session. */
  readonly send: ((text: string) => void) | null;
  readonly stop: (() => void) | null;
  /** Answers an approval that the last answer waits for. */
  readonly approve: ((approvalId: string, approved: boolean) => void) | null;
  /** Asks the last question again after a failure. */
  readonly retry: (() => void) | null;
}

const openingOf = (session: Session | null): ChatState =>
  session ? afterMessages(NO_CHAT, session.notebook.messages, session.notebook.artifacts) : NO_CHAT;

/** Ids of messages that stand in the conversation of a session. */
interface Shown {
  readonly of: Session | null;
  readonly ids: Set<string>;
}
const shownOf = (session: Session | null): Shown => ({ of: session, ids: new Set(session?.notebook.messages.map(({ id }) => id)) });

/**
 * A conversation with the studio's assistant. Each event of an answer is one step of `ChatState`; messages that came into the notebook by another
 * way follow when it is read again.
 */
export function useChat(session: Session | null, options: UseChatOptions = {}): Chat {
  const studio = useOptionalStudio()?.studio;
  const assistant = studio?.assistant ?? null;
  const [held, setHeld] = useState<{ readonly of: Session | null; readonly state: ChatState }>(() => ({
    of: session,
    state: openingOf(session),
  }));
  const state = held.of === session ? held.state : openingOf(session);
  const latest = useRef({ state, options });
  latest.current = { state, options };
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const shown = useRef<Shown>(null as never);
  if (shown.current?.of !== session) shown.current = shownOf(session);

  const update = useCallback(
    (change: (before: ChatState) => ChatState) =>
      setHeld((before) => ({ of: session, state: change(before.of === session ? before.state : openingOf(session)) })),
    [session],
  );

  /** Takes in what came from elsewhere; what is being answered here comes by its events. */
  const follow = useCallback(() => {
    if (!session || running.current) return;
    const { ids } = shown.current;
    const fresh = session.notebook.messages.filter(({ id }) => !ids.has(id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) ids.add(id);
    setHeld(({ of, state: before }) => ({
      of: session,
      state: of === session ? afterMessages(before, fresh, session.notebook.artifacts) : openingOf(session),
    }));
  }, [session]);
  useEffect(() => (session ? notebookStore(session).subscribe(follow) : undefined), [session, follow]);

  const ask = useCallback(
    async (request: Omit<ChatRequest, 'session' | 'history'>) => {
      if (!assistant || !session) return;
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const history = [...session.notebook.messages];
      let answer: ChatState = { ...NO_CHAT, turns: [{ id: 'answer', role: 'assistant', parts: [] }] };
      const take = (event: ChatEvent): void => {
        answer = afterEvent(answer, event);
        update((before) => afterEvent(before, event));
        latest.current.options.onEvent?.(event);
        if (event.type === 'tool_result' && event.artifact) latest.current.options.onArtifact?.(event.artifact);
      };
      try {
        for await (const event of assistant.chat({ ...request, session, history }, { signal: controller.signal })) take(event);
      } catch (reason) {
        if (controller.signal.aborted) take({ type: 'done', stop: 'aborted' });
        else take(failure(reason));
      }
      // An answer that was cut off did not bring what the other side has kept of it.
      if (controller.signal.aborted || answer.status === 'failed') await studio?.sessions.open(session.id).catch(() => {});
      if (latest.current.options.persist !== false) {
        await keep(session, history, request.text, answer).catch((reason: unknown) => {
          // Where the answer has failed already, this is the same failure once more.
          if (answer.status !== 'failed') take(failure(reason));
        });
      }
      const own = ownMessages(since(session, history), request.text);
      for (const message of [own.question, own.answer]) if (message) shown.current.ids.add(message.id);
      if (running.current === controller) running.current = null;
      notebookStore(session).refresh();
    },
    [studio, assistant, session, update],
  );

  return useMemo(() => {
    const isBusy = state.status === 'running';
    const canAsk = assistant !== null && session !== null;
    const send = (text: string): void => {
      const question = text.trim();
      if (question === '') return;
      update((before) => afterQuestion(before, nextIds(), question));
      void ask({ text: question });
    };
    const lastQuestion = state.turns.findLast(({ role }) => role === 'user');
    return {
      ...state,
      send: canAsk && !isBusy ? send : null,
      stop: isBusy ? () => running.current?.abort() : null,
      approve:
        canAsk && state.status === 'approval'
          ? (approvalId, approved) => {
              update((before) => afterApproval(before, approvalId, approved));
              void ask({ text: '', approvals: [{ approvalId, approved }] });
            }
          : null,
      retry: canAsk && state.status === 'failed' && lastQuestion ? () => send(textOf(lastQuestion)) : null,
    };
  }, [state, assistant, session, ask, update]);
}

/** What failed and what can be done, as an error of the conversation. */
function failure(reason: unknown): ChatEvent {
  const { message, hint } = toError(reason) as Error & { readonly hint?: string };
  return { type: 'error', error: { code: 'network', message: hint === undefined ? message : `${message}. ${hint}` } };
}

let counter = 0;
function nextIds(): { readonly user: string; readonly assistant: string } {
  counter++;
  return { user: `question-${counter}`, assistant: `answer-${counter}` };
}

/**
 * Writes a question and its answer into the notebook. What is there already is left as it is: a tool puts its artifacts, and an assistant may keep its
 * conversation itself. The messages `before` were there when the question was asked.
 */
async function keep(session: Session, before: readonly ChatMessage[], question: string, answer: ChatState): Promise<void> {
  const { notebook } = session;
  const turn = answer.turns[0];
  const artifacts = artifactsOf(answer);
  const kept = ownMessages(since(session, before), question);
  if (question !== '' && !kept.question) await notebook.addMessage({ role: 'user', text: question, artifacts: [] });
  for (const artifact of artifacts)
    if (!notebook.artifacts.some(({ id, version }) => id === artifact.id && version === artifact.version))
      await notebook.putArtifact(artifact);
  if (turn && turn.parts.length > 0 && !kept.answer)
    await notebook.addMessage({ role: 'assistant', text: textOf(turn), artifacts: artifacts.map(({ id }) => id) });
  const choices = turn?.parts.findLast((part) => part.kind === 'options');
  if (choices) await notebook.offer?.({ question: choices.question, options: choices.options });
}

function since({ notebook }: Session, before: readonly ChatMessage[]): readonly ChatMessage[] {
  const known = new Set(before.map(({ id }) => id));
  return notebook.messages.filter(({ id }) => !known.has(id));
}
