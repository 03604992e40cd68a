import { useEffect, useRef, useState } from 'react';
import type { ExplainStage } from '../../engine/messages.ts';

const STAGES: readonly { readonly stage: ExplainStage; readonly about: string }[] = [
  { stage: 'physical', about: 'what runs' },
  { stage: 'optimised', about: 'after the rules' },
  { stage: 'logical', about: 'before the rules' },
  { stage: 'bound', about: 'names and types' },
  { stage: 'ast', about: 'as written' },
];

interface PlanDialogProps {
  readonly sql: string;
  readonly explain: (sql: string, stage: ExplainStage) => Promise<string>;
  readonly onClose: () => void;
}

/** The plan of the query, stage by stage. */
export function PlanDialog({ sql, explain, onClose }: PlanDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [stage, setStage] = useState<ExplainStage>('physical');
  const [plan, setPlan] = useState('');

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let isCurrent = true;
    const show = (text: string): void => {
      if (isCurrent) setPlan(text);
    };
    explain(sql, stage).then(show, (error: unknown) => show(error instanceof Error ? error.message : String(error)));
    return () => {
      isCurrent = false;
    };
  }, [sql, stage, explain]);

  return (
    <dialog ref={dialog} className="plan" aria-labelledby="plan-title" onClose={onClose}>
      <header>
        <h2 id="plan-title">Plan</h2>
        <label>
          <span>Stage</span>
          <select value={stage} onChange={(event) => setStage(event.target.value as ExplainStage)}>
            {STAGES.map((item) => (
              <option key={item.stage} value={item.stage}>
                {item.stage}: {item.about}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <pre>{plan}</pre>
    </dialog>
  );
}
