import type { Artifact } from '@velostream/core/protocol';
import type { AiErrorJson, Approval, ChatEvent, Suggestion } from '@velostream/core/protocol/assist';
import type { ChatMessage } from '@velostream/core/protocol/studio';

/** A piece of an answer, in the order in which it came. */
export type ChatPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'tool';
      readonly callId: string;
      readonly tool: string;
      readonly title: string;
      readonly status: 'running' | 'done' | 'failed';
      readonly input?: unknown;
      readonly artifact?: Artifact;
      readonly message?: string;
    }
  | {
      readonly kind: 'approval';
      readonly approval: Approval;
      readonly answer: 'approved' | 'declined' | null;
      /** `here`: answered in this conversation; `elsewhere`: in another one while this was open; absent where it came with its answer. */
      readonly answered?: 'here' | 'elsewhere';
    }
  | {
      readonly kind: 'options';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly prompt: string }[];
    }
  | { readonly kind: 'notice'; readonly code: string; readonly message: string };

export interface ChatTurn {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly parts: readonly ChatPart[];
  readonly error?: AiErrorJson;
}

export interface ChatState {
  readonly turns: readonly ChatTurn[];
  /** `approval`: the answer waits for a yes or no. */
  readonly status: 'idle' | 'running' | 'approval' | 'failed';
  readonly suggestions: readonly Suggestion[];
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

export const NO_CHAT: ChatState = Object.freeze({
  turns: [],
  status: 'idle',
  suggestions: [],
  usage: { inputTokens: 0, outputTokens: 0 },
});

/** The state after an event of an answer. Pure: the same events give the same state. */
export function afterEvent(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'text':
      return withParts(state, (parts) => {
        const last = parts.at(-1);
        return last?.kind === 'text'
          ? [...parts.slice(0, -1), { kind: 'text', text: last.text + event.delta }]
          : [...parts, { kind: 'text', text: event.delta }];
      });
    case 'tool_start':
      return withParts(state, (parts) => [
        ...parts,
        { kind: 'tool', callId: event.callId, tool: event.tool, title: event.title, status: 'running' },
      ]);
    case 'tool_input':
      return withTool(state, event.callId, { input: event.partial });
    case 'tool_result':
      return withTool(state, event.callId, {
        status: event.ok ? 'done' : 'failed',
        ...(event.artifact && { artifact: event.artifact }),
        ...(event.message !== undefined && { message: event.message }),
      });
    case 'approval_required':
      return withParts(state, (parts) => [...parts, { kind: 'approval', approval: event.approval, answer: null }]);
    case 'options':
      return withParts(state, (parts) => [...parts, { kind: 'options', question: event.question, options: event.options }]);
    case 'suggestions':
      return { ...state, suggestions: event.items };
    case 'usage': {
      const { inputTokens, outputTokens } = event.usage;
      return {
        ...state,
        usage: { inputTokens: state.usage.inputTokens + inputTokens, outputTokens: state.usage.outputTokens + outputTokens },
      };
    }
    case 'notice':
      return withParts(state, (parts) => [...parts, { kind: 'notice', code: event.code, message: event.message }]);
    case 'done':
      return { ...state, status: event.stop === 'approval' ? 'approval' : event.stop === 'error' ? 'failed' : 'idle' };
    case 'error':
      return { ...withTurn(state, (turn) => ({ ...turn, error: event.error })), status: 'failed' };
  }
}

/** The state when a question was asked: the question, and an answer that is still empty. */
export function afterQuestion(state: ChatState, ids: { readonly user: string; readonly assistant: string }, text: string): ChatState {
  return {
    ...state,
    status: 'running',
    suggestions: [],
    turns: [
      ...state.turns,
      { id: ids.user, role: 'user', parts: [{ kind: 'text', text }] },
      { id: ids.assistant, role: 'assistant', parts: [] },
    ],
  };
}

export const afterApproval = (state: ChatState, approvalId: string, approved: boolean): ChatState => ({
  ...state,
  status: 'running',
  turns: decided(state.turns, [{ approvalId, approved }], 'here'),
});

type Decisions = NonNullable<ChatMessage['decisions']>;

const decided = (turns: readonly ChatTurn[], decisions: Decisions, answered?: 'here' | 'elsewhere'): readonly ChatTurn[] =>
  turns.map((turn) => ({
    ...turn,
    parts: turn.parts.map((part) => {
      if (part.kind !== 'approval' || part.answer !== null) return part;
      const decision = decisions.find(({ approvalId }) => approvalId === part.approval.approvalId);
      return decision ? { ...part, answer: decision.approved ? 'approved' : 'declined', ...(answered && { answered }) } : part;
    }),
  }));

/** The state with messages that a notebook keeps behind it. What the last of them asks can be answered here as well. */
export function afterMessages(state: ChatState, messages: readonly ChatMessage[], artifacts: readonly Artifact[]): ChatState {
  const decisions = messages.flatMap((message) => message.decisions ?? []);
  const fresh = messages.map((message) => turnOf(message, artifacts));
  // What this conversation was already asking has been answered by another one.
  const turns = [...decided(state.turns, decisions, 'elsewhere'), ...decided(fresh, decisions)];
  const asks = turns.at(-1)?.parts.some((part) => part.kind === 'approval' && part.answer === null);
  return { ...state, turns, status: asks ? 'approval' : state.status === 'approval' ? 'idle' : state.status };
}

const turnOf = ({ id, role, text, artifacts: made, approval, choices }: ChatMessage, artifacts: readonly Artifact[]): ChatTurn => ({
  id,
  role: role === 'user' ? 'user' : 'assistant',
  parts: [
    // An answer says what its tools brought, so it stands below them, as when it came.
    ...made.flatMap((of) => {
      const artifact = artifacts.findLast((other) => other.id === of);
      if (!artifact) return [];
      const { title, provenance } = artifact;
      return [{ kind: 'tool', callId: `${id}:${of}`, tool: provenance.by, title, status: 'done', artifact } as const];
    }),
    ...saidBeside(text, choices?.question),
    ...(approval ? [{ kind: 'approval', approval, answer: null } as const] : []),
    ...(choices ? [{ kind: 'options', ...choices } as const] : []),
  ],
});

/** A question that stands above its choices is not said twice. */
function saidBeside(text: string, question: string | undefined): readonly ChatPart[] {
  const said = question !== undefined && text.endsWith(question) ? text.slice(0, -question.length).trim() : text;
  return said === '' ? [] : [{ kind: 'text', text: said }];
}

/** Artifacts that the answers brought, the last version of each. */
export const artifactsOf = ({ turns }: ChatState): readonly Artifact[] =>
  turns.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'tool' && part.artifact ? [part.artifact] : [])));

export const textOf = ({ parts }: ChatTurn): string => parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');

function withTurn(state: ChatState, change: (turn: ChatTurn) => ChatTurn): ChatState {
  const last = state.turns.at(-1);
  return last?.role === 'assistant' ? { ...state, turns: [...state.turns.slice(0, -1), change(last)] } : state;
}

const withParts = (state: ChatState, change: (parts: readonly ChatPart[]) => readonly ChatPart[]): ChatState =>
  withTurn(state, (turn) => ({ ...turn, parts: change(turn.parts) }));

const withTool = (state: ChatState, callId: string, change: Partial<Extract<ChatPart, { kind: 'tool' }>>): ChatState =>
  withParts(state, (parts) => parts.map((part) => (part.kind === 'tool' && part.callId === callId ? { ...part, ...change } : part)));
