import type { Approval } from '@velostream/core/protocol/assist';

/** What waits for a person, away from the client: its model never learns the id that would let it agree in the person's place. */
export interface ApprovalDesk {
  readonly waiting: readonly Approval[];
  /** Puts a plan on the desk; `decide` runs or drops it and says what came of it. */
  add(approval: Approval, decide: (approved: boolean) => Promise<string>): void;
  /** Agrees or declines as a person. Each plan serves once; an unknown or used id is an error. */
  decide(approvalId: string, approved: boolean): Promise<string>;
}

const WAITING_MAX = 50;

/** A desk for one server; the oldest plan goes when more than 50 wait. */
export function createApprovalDesk(onAdd: (approval: Approval) => void = () => {}): ApprovalDesk {
  const plans = new Map<string, { readonly approval: Approval; readonly decide: (approved: boolean) => Promise<string> }>();
  return {
    get waiting() {
      return [...plans.values()].map((p) => p.approval);
    },
    add(approval, decide) {
      const [oldest] = plans.keys();
      if (plans.size >= WAITING_MAX && oldest !== undefined) plans.delete(oldest);
      plans.set(approval.approvalId, { approval, decide });
      onAdd(approval);
    },
    async decide(approvalId, approved) {
      const plan = plans.get(approvalId);
      if (!plan) throw new Error('no plan with this id waits for an approval');
      plans.delete(approvalId);
      return plan.decide(approved);
    },
  };
}
