import type { ReactNode } from 'react';

const QUESTIONS = [
  { label: 'Volume by symbol every minute', hint: 'a windowed query, live' },
  { label: 'Alert me when volume per symbol goes above 20000 in a minute', hint: 'a metric and an alert' },
  { label: 'Build a trading analytics app on trades', hint: 'four queries, a dashboard, one press to deploy' },
] as const;
const FIRST_STEPS = [
  { label: 'Show me the templates', hint: 'nine applications to put on your data' },
  { label: 'Start the tutorial', hint: 'eight short lessons on made-up rows' },
] as const;
const NAMED_MAX = 4;

export interface OpeningProps {
  readonly onAsk: ((text: string) => void) | null;
  /** `null` until they are known. */
  readonly sourceNames: readonly string[] | null;
}

/** What stands in a conversation before its first word. */
export function Opening({ onAsk, sourceNames }: OpeningProps): ReactNode {
  const questions = !sourceNames || sourceNames.includes('trades') ? QUESTIONS : FIRST_STEPS;
  return (
    <div className="studio-opening">
      <h1>What do you want to see?</h1>
      <p className="velo-muted">
        {sourceNames?.length === 0 ? 'Nothing is connected yet.' : <Known names={sourceNames ?? []} />} Ask in your words, or paste SQL.
      </p>
      <ul>
        {questions.map(({ label, hint }) => (
          <li key={label}>
            <button type="button" className="studio-question" disabled={!onAsk} onClick={() => onAsk?.(label)}>
              <span>{label}</span>
              <span className="velo-muted">{hint}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="velo-muted">
        Your own data: “connect to kafka at localhost:9092”, or the plus in <em>Sources</em>.
      </p>
    </div>
  );
}

function Known({ names }: { readonly names: readonly string[] }): ReactNode {
  if (names.length === 0) return null;
  return (
    <>
      You can ask about{' '}
      {names.slice(0, NAMED_MAX).map((name, i) => (
        <span key={name}>
          {i > 0 && ', '}
          <code>{name}</code>
        </span>
      ))}
      {names.length > NAMED_MAX && ` and ${names.length - NAMED_MAX} more`}.
    </>
  );
}
