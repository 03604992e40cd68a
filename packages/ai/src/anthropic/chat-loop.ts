import type { Approval, CallOptions, ChatEvent, ChatRequest, Suggestion, SuggestionTrigger } from '@velostream/core/protocol/assist';
import { momentOf, suggestAt, suggestFrom } from '../chat/suggest.ts';
import { randomId, stableJson } from '../guard/hash.ts';
import { redactForModel, redactText } from '../guard/redact.ts';
import { renderUntrusted, untrusted } from '../guard/untrusted.ts';
import { AiError } from '../tools/ai-error.ts';
import { toAnthropicTools } from '../tools/export-anthropic.ts';
import { modelText } from '../tools/model-text.ts';
import type { CallResult, ToolRegistry } from '../tools/registry.ts';
import { type Anthropic, type ModelClient, textOf } from './model-client.ts';
import { CHAT_RULES, DIALECT, schemaBlock } from './prompts.ts';

const ITERATIONS_MAX = 8;
const CALLS_MAX = 12;
const WALL_MS = 120_000;
const HISTORY_MAX = 20;

export interface LoopSetup {
  readonly client: ModelClient;
  readonly registry: ToolRegistry;
  readonly now: () => number;
  readonly wallMs?: number;
  /** Says suggestions in other words; their numbers and actions stay. */
  readonly reword?: (items: readonly Suggestion[]) => Promise<readonly Suggestion[]>;
  /** Answers when the model cannot, before anything was done. */
  readonly fallback: (request: ChatRequest, options: CallOptions) => AsyncIterable<ChatEvent>;
}

interface State {
  readonly said: string[];
  readonly artifacts: string[];
  calls: number;
  stop: 'end' | 'approval' | 'limit' | 'aborted' | 'error';
  retried: boolean;
  readonly seen: Set<string>;
  /** The last moment of this turn at which something may be worth saying. */
  trigger?: SuggestionTrigger;
  /** What a person is asked to agree to. */
  approval?: Approval;
}

/** One turn with Claude: our own loop over streamed messages, tools behind the gate, limits on everything. */
export async function* modelChat(setup: LoopSetup, request: ChatRequest, options: CallOptions = {}): AsyncGenerator<ChatEvent> {
  if (request.approvals && request.approvals.length > 0) {
    yield* setup.fallback(request, options);
    return;
  }
  const { session, text } = request;
  const state: State = { said: [], artifacts: [], calls: 0, stop: 'end', retried: false, seen: new Set() };
  const messages = historyOf(request);
  const started = setup.now();
  try {
    for (let round = 0; round < ITERATIONS_MAX; round++) {
      if (setup.now() - started > (setup.wallMs ?? WALL_MS)) throw new AiError('timeout', 'the answer took too long');
      const reply = yield* ask(setup, request, messages, state, options);
      if (!reply) continue;
      if (reply.stop_reason === 'refusal') throw new AiError('refused', 'the model declined this request');
      if (reply.stop_reason === 'pause_turn') {
        messages.push({ role: 'assistant', content: reply.content });
        continue;
      }
      if (reply.stop_reason === 'model_context_window_exceeded') {
        if (messages.length <= 1) throw new AiError('too_long', 'the conversation is too long for the model');
        messages.splice(0, messages.length - 1);
        continue;
      }
      const asked = reply.content.filter((b) => b.type === 'tool_use');
      if (reply.stop_reason === 'max_tokens') {
        // A tool call that was cut off may look whole; none of it is run.
        yield {
          type: 'notice',
          code: 'truncated',
          message:
            asked.length > 0 ? 'The answer was cut off in the middle of an action; nothing of it was done.' : 'The answer was cut off.',
        };
        state.stop = 'limit';
        break;
      }
      if (reply.stop_reason !== 'tool_use' || asked.length === 0) break;
      messages.push({ role: 'assistant', content: reply.content });
      const results: Anthropic.ToolResultBlockParam[] = [];
      for (const block of asked) results.push(yield* runTool(setup, request, block, state, options));
      messages.push({ role: 'user', content: results });
      if (state.stop === 'approval') break;
      if (round === ITERATIONS_MAX - 1) state.stop = 'limit';
    }
    if (state.stop === 'limit' && state.said.length === 0)
      yield { type: 'notice', code: 'truncated', message: 'I stopped after the most steps that one answer may take.' };
  } catch (cause) {
    const error =
      cause instanceof AiError ? cause : new AiError('invalid', redactText(cause instanceof Error ? cause.message : String(cause)));
    if (options.signal?.aborted || error.code === 'aborted') {
      state.stop = 'aborted';
      yield { type: 'error', error: new AiError('aborted', 'stopped').toJSON() };
    } else if (state.calls === 0) {
      yield {
        type: 'notice',
        code: error.code === 'budget' ? 'budget' : 'offline_fallback',
        message: `${capital(error.message)}. Answered without the model.`,
      };
      yield* setup.fallback(request, options);
      return;
    } else {
      state.stop = 'error';
      yield { type: 'error', error: error.toJSON() };
    }
  }
  if (state.trigger && state.stop === 'end')
    yield* suggestAt(setup.registry, session, state.trigger, { now: setup.now(), ...(setup.reword ? { reword: setup.reword } : {}) });
  if (text.trim() !== '') await session.notebook.addMessage({ role: 'user', text, artifacts: [] });
  const { said, artifacts, approval } = state;
  if (said.length > 0 || artifacts.length > 0 || approval)
    await session.notebook.addMessage({
      role: 'assistant',
      text: said.join(''),
      artifacts,
      engine: 'anthropic',
      ...(approval && { approval }),
    });
  yield { type: 'done', stop: state.stop };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function historyOf({ history = [], text }: ChatRequest): Anthropic.MessageParam[] {
  const out: Anthropic.MessageParam[] = [];
  for (const m of history.slice(-HISTORY_MAX)) {
    if (m.role === 'system' || m.text.trim() === '') continue;
    const content = String(redactForModel(m.text.slice(0, 4_000)));
    const last = out.at(-1);
    if (last?.role === m.role) last.content = `${String(last.content)}\n${content}`;
    else out.push({ role: m.role, content });
  }
  while (out[0]?.role === 'assistant') out.shift();
  const own = String(redactForModel(text.slice(0, 8_000)));
  const last = out.at(-1);
  if (last?.role === 'user') last.content = `${String(last.content)}\n${own}`;
  else out.push({ role: 'user', content: own });
  return out;
}

/** One request; text is handed on as it comes. A broken stream is tried once more as long as nothing was done in it. */
async function* ask(
  setup: LoopSetup,
  request: ChatRequest,
  messages: readonly Anthropic.MessageParam[],
  state: State,
  options: CallOptions,
): AsyncGenerator<ChatEvent, Anthropic.Message | undefined> {
  const queue: string[] = [];
  let wake: (() => void) | undefined;
  let failure: AiError | undefined;
  let reply: Anthropic.Message | undefined;
  let done = false;
  const nonce = randomId('n');
  const sending = setup.client
    .send(
      'chat',
      {
        max_tokens: 4_096,
        system: [
          { type: 'text', text: `${CHAT_RULES}\n\n${DIALECT}`, cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'text', text: schemaBlock(request.session.context.schemas, nonce), cache_control: { type: 'ephemeral' } },
        ],
        tools: toAnthropicTools(setup.registry) as Anthropic.Tool[],
        messages: [...messages],
      },
      {
        ...(options.signal ? { signal: options.signal } : {}),
        onText: (delta) => {
          queue.push(delta);
          wake?.();
        },
      },
    )
    .then(
      (message) => {
        reply = message;
      },
      (cause: unknown) => {
        failure = cause instanceof AiError ? cause : new AiError('invalid', String(cause));
      },
    )
    .finally(() => {
      done = true;
      wake?.();
    });
  let partial = '';
  while (!done || queue.length > 0) {
    const delta = queue.shift();
    if (delta === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (done || queue.length > 0) resolve();
      });
      continue;
    }
    partial += delta;
    yield { type: 'text', delta };
  }
  await sending;
  if (failure) {
    const error: AiError = failure;
    const mayRetry =
      !state.retried && (error.code === 'network' || error.code === 'overloaded' || error.code === 'bad_output') && partial !== '';
    const isJson = !state.retried && error.code === 'bad_output';
    if (!mayRetry && !isJson) throw error;
    state.retried = true;
    yield { type: 'notice', code: 'discarded', message: 'The answer broke off; what came of it does not count. Trying once more.' };
    if (error.code === 'overloaded') setup.client.budget.open(0);
    return undefined;
  }
  if (reply) {
    state.said.push(textOf(reply));
    yield {
      type: 'usage',
      usage: {
        inputTokens: reply.usage.input_tokens,
        outputTokens: reply.usage.output_tokens,
        cacheReadTokens: reply.usage.cache_read_input_tokens ?? 0,
      },
    };
  }
  return reply;
}

async function* runTool(
  setup: LoopSetup,
  request: ChatRequest,
  block: { readonly id: string; readonly name: string; readonly input: unknown },
  state: State,
  options: CallOptions,
): AsyncGenerator<ChatEvent, Anthropic.ToolResultBlockParam> {
  const tool = setup.registry.find(block.name);
  const refuse = (content: string): Anthropic.ToolResultBlockParam => ({
    type: 'tool_result',
    tool_use_id: block.id,
    content,
    is_error: true,
  });
  yield { type: 'tool_start', callId: block.id, tool: block.name.slice(0, 64), title: tool?.title ?? block.name.slice(0, 64) };
  yield { type: 'tool_input', callId: block.id, partial: block.input };
  const key = `${block.name}:${stableJson(block.input)}`;
  const problem =
    state.stop === 'approval'
      ? 'An earlier action waits for approval.'
      : ++state.calls > CALLS_MAX
        ? `At most ${CALLS_MAX} actions in one answer.`
        : state.seen.has(key)
          ? 'The same action with the same input was done already.'
          : undefined;
  if (problem !== undefined) {
    yield { type: 'tool_result', callId: block.id, ok: false, message: problem };
    return refuse(problem);
  }
  state.seen.add(key);
  try {
    const result: CallResult = await setup.registry.call(block.name, block.input, {
      session: request.session,
      // Names, values and errors of others are in every request of a model, so that only a person's own words say where to connect.
      tainted: true,
      userText: ownWords(request),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(request.trace ? { trace: request.trace } : {}),
    });
    if (result.approval) {
      state.stop = 'approval';
      state.approval = result.approval;
      yield { type: 'tool_result', callId: block.id, ok: true, message: 'waits for your approval' };
      yield { type: 'approval_required', approval: result.approval };
      return { type: 'tool_result', tool_use_id: block.id, content: 'The person is asked to approve; not done yet.' };
    }
    const trigger = momentOf(result);
    if (trigger) state.trigger = trigger;
    if (result.artifact) state.artifacts.push(result.artifact.id);
    yield { type: 'tool_result', callId: block.id, ok: true, ...(result.artifact ? { artifact: result.artifact } : {}) };
    yield* suggestFrom(setup.registry, request.session, result);
    if (result.output['kind'] === 'clarify')
      yield {
        type: 'options',
        question: result.text,
        options: (result.output['options'] ?? []) as readonly { label: string; prompt: string }[],
      };
    return {
      type: 'tool_result',
      tool_use_id: block.id,
      content: tool ? modelText(tool, { ...result, untrusted: true }, randomId('n')) : '{}',
    };
  } catch (cause) {
    if (options.signal?.aborted) throw new AiError('aborted', 'stopped');
    const message = redactText(cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
    yield { type: 'tool_result', callId: block.id, ok: false, message };
    // What went wrong may quote data: names, values, answers of servers.
    return refuse(renderUntrusted(untrusted({ error: message }), { source: `error:${block.name}`, nonce: randomId('n'), maxChars: 1_000 }));
  }
}

const ownWords = ({ history = [], text }: ChatRequest): string =>
  [...history.filter((m) => m.role === 'user').map((m) => m.text), text].join('\n');
