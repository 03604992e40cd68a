import { VeloError } from '../diagnostics/velo-error.ts';
import type { Session } from '../protocol/studio/session.ts';
import type { Studio } from '../protocol/studio/studio.ts';

/** The session of a caller that names none: made at the first request, opened with the rights of each. */
export class ScratchSessions {
  private readonly ids = new Map<string, Promise<string>>();

  async of(view: Studio, caller: string): Promise<Session> {
    const known = this.ids.get(caller);
    if (known !== undefined) {
      try {
        return await view.sessions.open(await known);
      } catch (error) {
        // The caller has deleted it; the next one is made instead.
        if (!VeloError.is(error) || error.reason !== 'notebook-not-found') throw error;
        if (this.ids.get(caller) !== known) return this.of(view, caller);
      }
    }
    const made = view.sessions.create({ name: 'Scratch' });
    const id = made.then((s) => s.id);
    this.ids.set(caller, id);
    id.catch(() => this.ids.delete(caller));
    return made;
  }
}
