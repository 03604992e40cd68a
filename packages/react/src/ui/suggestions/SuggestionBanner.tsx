import type { Suggestion, SuggestionAction } from '@velostream/core/protocol/assist';
import { type ReactNode, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';
import { SuggestionCard } from './SuggestionCard.tsx';

export interface SuggestionBannerProps {
  /** Most severe first. */
  readonly suggestions: readonly Suggestion[];
  readonly onApply: (suggestion: Suggestion, action: SuggestionAction) => void;
  /** Takes several at once; by default each is applied by itself. */
  readonly onApplyAll?: ((which: 'all' | 'performance', suggestions: readonly Suggestion[]) => void) | undefined;
  readonly onDismiss: (suggestion: Suggestion) => void;
  readonly onHideRule?: ((suggestion: Suggestion) => void) | undefined;
}

const isPerformance = ({ ruleId }: Suggestion): boolean => /performance|having|group|scale|lag|latency|mmap|window/i.test(ruleId);
/** The first action of each: what "all" means. */
const firstOf = (suggestion: Suggestion): readonly [Suggestion, SuggestionAction][] =>
  suggestion.actions[0] ? [[suggestion, suggestion.actions[0]]] : [];

/** One calm line above the composer: the first suggestion, how many more there are, and the way to apply them. */
export function SuggestionBanner({ suggestions, onApply, onApplyAll, onDismiss, onHideRule }: SuggestionBannerProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const first = suggestions[0];
  if (!first) return null;
  const performance = suggestions.filter(isPerformance);
  const applyAll = (some: readonly Suggestion[]): void => {
    if (onApplyAll && some.length > 1) onApplyAll(some === performance ? 'performance' : 'all', some);
    else for (const [suggestion, action] of some.flatMap(firstOf)) onApply(suggestion, action);
  };
  return (
    <section className="velo-banner" data-severity={first.severity} aria-label="Suggestions">
      <div className="velo-banner-head">
        <Icon name="bulb" />
        <span className="velo-banner-title">{first.title}</span>
        {suggestions.length > 1 && <span className="velo-muted">{`and ${suggestions.length - 1} more`}</span>}
        <span className="velo-spacer" />
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? 'Less' : 'Details'}
        </Button>
      </div>
      <div className="velo-toolbar">
        {suggestions.length > 1 && (
          <Button look="primary" onClick={() => applyAll(suggestions)}>
            Apply all
          </Button>
        )}
        {suggestions.length === 1 && first.actions[0] && (
          <Button look="primary" onClick={() => applyAll(suggestions)}>
            {first.actions[0].label}
          </Button>
        )}
        {performance.length > 0 && performance.length < suggestions.length && (
          <Button onClick={() => applyAll(performance)}>Performance only</Button>
        )}
        <Button
          look="quiet"
          aria-label="Ignore these suggestions"
          onClick={() => {
            for (const suggestion of suggestions) onDismiss(suggestion);
          }}
        >
          Ignore
        </Button>
      </div>
      {isOpen && (
        <div className="velo-stack">
          {suggestions.map((suggestion) => (
            <SuggestionCard
              key={suggestion.id}
              suggestion={suggestion}
              isOpen={suggestions.length === 1}
              onApply={(action) => onApply(suggestion, action)}
              onDismiss={() => onDismiss(suggestion)}
              onHideRule={onHideRule ? () => onHideRule(suggestion) : undefined}
            />
          ))}
        </div>
      )}
    </section>
  );
}
