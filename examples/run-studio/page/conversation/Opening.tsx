import type { ReactNode } from 'react';

const QUESTIONS = [
  { label: 'Volume by symbol every minute', hint: 'a windowed query, live' },
  { label: 'Alert me when volume per symbol goes above 20000 in a minute', hint: 'a metric and an alert' },
  { label: 'Build a trading analytics app on trades', hint: 'four queries, a dashboard, one press to deploy' },
] as const;

/** What stands in a conversation before its first word. */
export function Opening({ onAsk }: { readonly onAsk: ((text: string) => void) | null }): ReactNode {
  return (
    <div className="studio-opening">
      <h1>What do you want to see?</h1>
      <p className="velo-muted">
        Sample streams are running: <code>trades</code>, <code>orders</code>, <code>sensor_readings</code>. Ask in your words, or paste SQL.
      </p>
      <ul>
        {QUESTIONS.map(({ label, hint }) => (
          <li key={label}>
            <button type="button" className="studio-question" disabled={!onAsk} onClick={() => onAsk?.(label)}>
              <span>{label}</span>
              <span className="velo-muted">{hint}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="velo-muted">
        Or connect your own data: “connect to kafka at localhost:9092”, or the plus beside <em>Sources</em>.
      </p>
    </div>
  );
}
