export type {
  AiErrorJson,
  AppRequest,
  AppResult,
  Approval,
  Assistant,
  Assumption,
  CallOptions,
  ChatEvent,
  ChatRequest,
  CompletionRequest,
  CompletionResult,
  NlToSqlRequest,
  NlToSqlResult,
  SuggestRequest,
} from './assistant.ts';
export type { Suggestion, SuggestionAction, SuggestionTrigger } from './suggestion.ts';
