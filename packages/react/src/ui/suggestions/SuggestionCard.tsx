import type { Suggestion, SuggestionAction } from '@velostream/core/protocol/assist';
import { type ReactNode, useState } from 'react';
import { diffLines } from '../../text/diff-lines.ts';
import { countText } from '../../text/quantity-text.ts';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Menu } from '../controls/Menu.tsx';
import { DiffView } from '../DiffView.tsx';

export interface SuggestionCardProps {
  readonly suggestion: Suggestion;
  readonly onApply: (action: SuggestionAction) => void;
  readonly onDismiss: () => void;
  /** Never shows suggestions of this rule again. */
  readonly onHideRule?: (() => void) | undefined;
  readonly isOpen?: boolean | undefined;
}

const changeOf = (suggestion: Suggestion) =>
  suggestion.actions.find((action) => (action.kind === 'edit_sql' || action.kind === 'apply_annotations') && action.before !== undefined);

/** Numbers and names behind a suggestion that its sentences do not tell already, as words. */
const factsOf = (evidence: Suggestion['evidence'], told: string): readonly (readonly [string, string])[] =>
  Object.entries(evidence).flatMap(([name, value]) => {
    const all = (Array.isArray(value) ? value : [value]).map(String);
    if (all.every((each) => told.includes(each))) return [];
    return [[name.replaceAll('_', ' '), typeof value === 'number' ? countText(value) : all.join(', ')] as const];
  });

/** One suggestion: what was found, on which numbers it rests, and buttons that act. */
export function SuggestionCard({ suggestion, onApply, onDismiss, onHideRule, isOpen = false }: SuggestionCardProps): ReactNode {
  const [isDiffShown, setIsDiffShown] = useState(false);
  const { title, message, severity, impact, evidence, actions, verified } = suggestion;
  const change = changeOf(suggestion);
  const facts = factsOf(evidence, `${message} ${impact ?? ''}`);
  return (
    <details className="velo-suggestion" data-severity={severity} open={isOpen}>
      <summary>
        <Icon name={severity === 'high' || severity === 'medium' ? 'alert' : 'bulb'} />
        <strong>{title}</strong>
        <span className="velo-muted">{severity}</span>
      </summary>
      <p>{message}</p>
      {impact !== undefined && <p className="velo-muted">{impact}</p>}
      {facts.length > 0 && (
        <dl className="velo-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {verified && <p className="velo-muted">The change was tried and its test passed</p>}
      {isDiffShown && change && 'before' in change && change.before !== undefined && (
        <DiffView lines={diffLines(change.before, change.sql)} label={`Change of ${title}`} />
      )}
      <div className="velo-toolbar">
        {actions.map((action, i) => (
          <Button key={`${action.kind}:${action.label}`} look={i === 0 ? 'primary' : 'plain'} onClick={() => onApply(action)}>
            {action.label}
          </Button>
        ))}
        {change && (
          <Button look="quiet" aria-expanded={isDiffShown} onClick={() => setIsDiffShown(!isDiffShown)}>
            View diff
          </Button>
        )}
        <span className="velo-spacer" />
        <Menu
          label="More about this suggestion"
          items={[
            { key: 'dismiss', label: 'Ignore', icon: 'cross', onSelect: onDismiss },
            ...(onHideRule ? [{ key: 'hide', label: 'Don’t show this kind again', onSelect: onHideRule }] : []),
          ]}
        />
      </div>
    </details>
  );
}
