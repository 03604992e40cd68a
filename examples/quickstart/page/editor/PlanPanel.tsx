import { useEffect, useState } from 'react';
import type { ExplainStage } from '../../engine/messages.ts';

const STAGES: readonly { readonly stage: ExplainStage; readonly about: string }[] = [
  { stage: 'physical', about: 'what runs' },
  { stage: 'optimised', about: 'after the rules' },
  { stage: 'logical', about: 'before the rules' },
  { stage: 'bound', about: 'names and types' },
  { stage: 'ast', about: 'as written' },
];
const WAIT_MS = 250;

interface PlanPanelProps {
  readonly sql: string;
  readonly hasErrors: boolean;
  readonly explain: (sql: string, stage: ExplainStage) => Promise<string>;
}

/** What the engine makes of the query, stage by stage. While the text has errors the last plan stays, greyed. */
export function PlanPanel({ sql, hasErrors, explain }: PlanPanelProps) {
  const [stage, setStage] = useState<ExplainStage>('physical');
  const [plan, setPlan] = useState('');
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      explain(sql, stage).then(
        (text) => isCurrent && setPlan(text),
        () => {},
      );
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [sql, stage, explain]);

  return (
    <section className="plan" id="plan" aria-labelledby="plan-title" data-stale={hasErrors ? '' : undefined}>
      <header>
        <h2 id="plan-title">Plan</h2>
        <select aria-label="Stage of the plan" value={stage} onChange={(event) => setStage(event.target.value as ExplainStage)}>
          {STAGES.map((item) => (
            <option key={item.stage} value={item.stage}>
              {item.stage}: {item.about}
            </option>
          ))}
        </select>
      </header>
      {/* A region that scrolls has to be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <pre tabIndex={0}>{plan}</pre>
    </section>
  );
}
