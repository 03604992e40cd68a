import type { Approval } from '@velostream/core/protocol/assist';
import type { ReactNode } from 'react';
import { jsonText } from '../../text/json-text.ts';
import { useNow } from '../../text/use-now.ts';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';

export interface ApprovalCardProps {
  readonly approval: Approval;
  readonly answer: 'approved' | 'declined' | null;
  /** Who gave the answer; absent where that is not known, as after a reload. */
  readonly answered?: 'here' | 'elsewhere' | undefined;
  /** `null` while it cannot be answered. */
  readonly onAnswer: ((approved: boolean) => void) | null;
}

const saidOf = (answer: 'approved' | 'declined', answered: ApprovalCardProps['answered']): string => {
  if (answered === 'here') return `You ${answer} this`;
  const said = answer === 'approved' ? 'Approved' : 'Declined';
  return answered === 'elsewhere' ? `${said} elsewhere` : said;
};

/** Says what would be done, and asks. */
export function ApprovalCard({ approval, answer, answered, onAnswer }: ApprovalCardProps): ReactNode {
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
      {answer !== null && <p className="velo-muted">{saidOf(answer, answered)}</p>}
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
