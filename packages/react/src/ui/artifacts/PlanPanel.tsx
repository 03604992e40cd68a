import { type ReactNode, useMemo, useState } from 'react';
import { useSqlEditor } from '../../sql-editor/sql-editor-state.ts';
import { useLoaded } from '../../studio/use-loaded.ts';

/** How the engine would run the text, on demand. */
export function PlanPanel(): ReactNode {
  const { sql, service } = useSqlEditor('PlanPanel');
  const [isOpen, setIsOpen] = useState(false);
  const load = useMemo(() => (isOpen && service ? () => service.explain(sql, { stage: 'optimised' }) : null), [isOpen, service, sql]);
  const plan = useLoaded(load);
  if (!service) return null;
  return (
    <details className="velo-fold" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Plan</summary>
      {plan.status === 'waiting' && <p className="velo-muted">Asking…</p>}
      {plan.status === 'failed' && <p data-tone="negative">{plan.error.message}</p>}
      {plan.status === 'ready' && <pre className="velo-sql">{plan.value}</pre>}
    </details>
  );
}
