import type { Principal } from './principal.ts';

const TTL_MS = 30_000;
const TICKETS_MAX = 10_000;

/** Short-lived, single-use passes to a stream, for browsers: a WebSocket cannot carry an Authorization header. */
export class Tickets {
  private readonly byText = new Map<string, { readonly execution: string; readonly principal: Principal; readonly expiresAt: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  issue(execution: string, principal: Principal): { readonly ticket: string; readonly expiresAt: number } {
    const bytes = crypto.getRandomValues(new Uint8Array(24));
    const ticket = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    const expiresAt = this.now() + TTL_MS;
    this.byText.set(ticket, { execution, principal, expiresAt });
    if (this.byText.size > TICKETS_MAX) this.byText.delete(this.byText.keys().next().value as string);
    return { ticket, expiresAt };
  }

  /** Who the ticket was for; it is used up by asking. */
  redeem(ticket: string, execution: string): Principal | undefined {
    const found = this.byText.get(ticket);
    this.byText.delete(ticket);
    return found && found.execution === execution && found.expiresAt >= this.now() ? found.principal : undefined;
  }
}
