import type { Approval } from '@velostream/core/protocol/assist';
import type { ReactNode } from 'react';
import { jsonText } from '../../text/json-text.ts';
import { useNow } from '../../text/use-now.ts';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';

export interface ApprovalCardProps {
  readonly approval: Approval;
  readonly answer: 'approved' | 'declined' | null;
  /** `null` while it cannot be answered. */
  readonly onAnswer: ((approved: boolean) => void) | null;
}

/** Says what would be done, and asks. */
export function ApprovalCard({ approval, answer, onAnswer }: ApprovalCardProps): ReactNode {
  const now = useNow();
  const isExpired = answer === null && now !== null && now > approval.expiresAt;
  return (
    <section className="velo-approval" data-answer={answer ?? (isExpired ? 'expired' : undefined)} aria-label={approval.title}>
      <p>
        <Icon name="lock" />
        <strong>{approval.title}</strong>
      </p>
      <p>{approval.summary}</p>
      <details className="velo-fold">
        <summary>Exactly this</summary>
        <pre className="velo-sql">{jsonText(approval.input, 2)}</pre>
      </details>
      {answer !== null && <p className="velo-muted">{answer === 'approved' ? 'You approved this' : 'You declined this'}</p>}
      {isExpired && <p className="velo-muted">This has expired; ask again</p>}
      {answer === null && !isExpired && (
        <div className="velo-toolbar">
          <Button look="primary" disabled={!onAnswer} onClick={() => onAnswer?.(true)}>
            Approve
          </Button>
          <Button disabled={!onAnswer} onClick={() => onAnswer?.(false)}>
            Decline
          </Button>
        </div>
      )}
    </section>
  );
}
