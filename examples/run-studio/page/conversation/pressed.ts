import type { SuggestionAction } from '@velostream/core/protocol/assist';

type Deed = Exclude<SuggestionAction, { kind: 'open' }>;

const TIERS = ['add metrics', 'add metrics and alerts', 'add metrics, alerts and a dashboard'];

function deedOf(action: Deed, query: string): string {
  const label = action.label.replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase());
  if (action.kind === 'edit_sql') return `${label}, in ${query}`;
  const tier = action.kind === 'apply_annotations' ? (action.tier ?? 1) : action.kind === 'run_tool' && action.input['tier'];
  return typeof tier === 'number' ? `${TIERS[tier - 1] ?? label} to ${query}` : label;
}

/**
 * What a button of a suggestion says for a person: a sentence for who reads the conversation, and below it what the assistant works with, the edited
 * query or the call. The sentence alone is shown.
 */
export function pressedText(action: Deed, title: string | undefined): string {
  if (action.kind === 'prompt') return action.text;
  // What a title holds must not end the line.
  const query = title === undefined ? 'the query' : `“${title.replace(/\s+/g, ' ').trim()}”`;
  const sentence = `Apply: ${deedOf(action, query).replace(/\s+/g, ' ')}`;
  return action.kind === 'run_tool'
    ? `${sentence}\n/${action.tool} ${JSON.stringify(action.input)}`
    : `${sentence}\n\`\`\`sql\n${action.sql}\n\`\`\``;
}

/** The words of such a message; what somebody typed is shown as it is. */
export const shownText = (text: string): string => /^(Apply: [^\n]+)\n(?:\/[a-z]+(?:_[a-z]+)* \{|```sql\n)/.exec(text)?.[1] ?? text;
