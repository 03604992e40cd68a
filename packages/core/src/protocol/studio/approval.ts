export interface Approval {
  readonly approvalId: string;
  readonly tool: string;
  readonly title: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What it would do, for people. */
  readonly summary: string;
  /** Hash of the exact plan; single use. */
  readonly hash: string;
  readonly expiresAt: number;
}
