import type { AppResult, Assistant, ChatEvent, CompletionResult, NlToSqlResult } from '../protocol/studio/assistant.ts';
import type { Suggestion } from '../protocol/studio/suggestion.ts';
import type { FailureAnalysis } from '../protocol/studio/testing.ts';
import { fromWire } from '../protocol/wire.ts';
import { RemoteSession, type SessionState } from './remote-session.ts';
import { readEvents } from './row-stream.ts';
import { errorFrom, type Transport } from './transport.ts';

/** The assistant of a studio elsewhere. Keys and models stay there. */
export function remoteAssistant(transport: Transport): Assistant {
  return {
    id: 'remote',
    async nlToSql({ prompt, schemas, previousSql, glossary }, { signal } = {}) {
      const context = { schemas, ...(previousSql === undefined ? {} : { previousSql }), ...(glossary ? { glossary } : {}) };
      return (await transport.call<{ result: NlToSqlResult }>('POST', '/nl-to-sql', { body: { prompt, context }, signal })).result;
    },
    async complete({ prefix, suffix, schemas }, { signal } = {}) {
      const { completions } = await transport.call<{ completions: CompletionResult['items'] }>('POST', '/completions', {
        body: { prefix, suffix, context: { schemas } },
        signal,
      });
      return completions.length === 0 ? null : { items: completions };
    },
    async *chat({ session, text, approvals }, { signal } = {}): AsyncGenerator<ChatEvent> {
      const body = { sessionId: session.id, text, ...(approvals ? { approvals } : {}) };
      const response = await transport.fetch('POST', '/chat', { body, signal });
      for await (const { event, data } of readEvents(response)) {
        const value = fromWire(JSON.parse(data));
        if (event === 'state') {
          if (session instanceof RemoteSession) session.take((value as { state: SessionState }).state);
          continue;
        }
        if (event === 'error' && !isChatEvent(value)) throw errorFrom((value as { error: object }).error);
        yield value as ChatEvent;
      }
    },
    async generateApp({ prompt, options }, { signal } = {}) {
      const answer = await transport.call<AppResult>('POST', '/generate-app', {
        body: { prompt, ...(options ? { options } : {}) },
        signal,
      });
      return answer;
    },
    async analyzeFailure({ report }) {
      // Reports of a studio carry the analysis that was made with them.
      const none: FailureAnalysis = { summary: 'no analysis came with this report', suggestions: [], fixes: [], confidence: 0 };
      return report.analysis ?? none;
    },
    async suggest({ session, trigger, subject }, { signal } = {}) {
      const body = { sessionId: session.id, trigger, ...(subject ? { subject } : {}) };
      return (await transport.call<{ suggestions: readonly Suggestion[] }>('POST', '/analyze', { body, signal })).suggestions;
    },
    async dismiss({ session, suggestions, forever = false }, { signal } = {}) {
      const body = {
        sessionId: session.id,
        suggestions: suggestions.map(({ id, ruleId, fingerprint }) => ({ id, ruleId, fingerprint })),
        forever,
      };
      await transport.call('POST', '/suggestions/dismiss', { body, signal });
    },
  };
}

const isChatEvent = (value: unknown): boolean => typeof value === 'object' && value !== null && 'type' in value;
