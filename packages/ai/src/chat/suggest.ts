import type { ChatEvent, Suggestion, SuggestionTrigger } from '@velostream/core/protocol/assist';
import type { Session } from '@velostream/core/protocol/studio';
import { findingsFor } from '../analyse/gather.ts';
import type { CallResult, ToolRegistry } from '../tools/registry.ts';

const TRIGGERS: Readonly<Record<string, SuggestionTrigger>> = {
  connect_source: 'connect_source',
  list_sources: 'list_topics',
  inspect_source: 'inspect_topic',
  generate_sql: 'generate_sql',
  validate_sql: 'generate_sql',
  analyze_annotations: 'generate_sql',
  test_query: 'test_query',
  deploy_pipeline: 'deploy_pipeline',
  deploy_app: 'deploy_pipeline',
  customize_template: 'customize_template',
  analyze_schema_diff: 'thread_open',
};

/** The moment that a finished call is, if it is one at which something may be worth saying. */
export const momentOf = (result: CallResult): SuggestionTrigger | undefined =>
  result.approval || result.output['declined'] || result.output['kind'] === 'clarify' ? undefined : TRIGGERS[result.tool];

/** Suggestions of a moment, entered in the ledger; nothing when there are none. */
export async function* suggestAt(
  registry: ToolRegistry,
  session: Session,
  trigger: SuggestionTrigger,
  options: { readonly now: number; readonly reword?: (items: readonly Suggestion[]) => Promise<readonly Suggestion[]> },
): AsyncGenerator<ChatEvent> {
  const around = { ...registry, ledger: registry.ledgerOf(session), now: () => options.now };
  const found = await findingsFor(session.studio ?? registry.studio, { session, trigger }, around).catch(() => []);
  yield* show(registry, session, options.reword && found.length > 0 ? await options.reword(found).catch(() => found) : found);
}

/** Suggestions that a tool has found itself. */
export async function* suggestFrom(registry: ToolRegistry, session: Session, result: CallResult): AsyncGenerator<ChatEvent> {
  if (result.tool !== 'analyze' && result.tool !== 'analyze_performance') return;
  yield* show(registry, session, (result.output['suggestions'] ?? []) as readonly Suggestion[]);
}

async function* show(registry: ToolRegistry, session: Session, items: readonly Suggestion[]): AsyncGenerator<ChatEvent> {
  if (items.length === 0) return;
  await registry.ledgerOf(session).shown(items, session.id);
  yield { type: 'suggestions', items };
}
