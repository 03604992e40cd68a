import type { Telemetry } from '../../engine/messages.ts';
import type { RunStatus } from './RunState.tsx';

/** No rows yet, and why: an empty result explains itself. */
export function Silence({ status, telemetry }: { readonly status: RunStatus; readonly telemetry: Telemetry | null }) {
  const reasons = telemetry?.silence.silent ? telemetry.silence.reasons : [];
  const title = status === 'done' || status === 'stopped' ? 'The query gave no rows' : 'No rows yet';
  return (
    <div className="empty">
      <p>{title}</p>
      {reasons.map(({ reason, text }) => (
        <p key={reason} className="empty-reason">
          {text}
        </p>
      ))}
    </div>
  );
}
