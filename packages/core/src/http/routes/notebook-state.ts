import type { Session } from '../../protocol/studio/session.ts';
import { toWire } from '../../protocol/wire.ts';

/** What a remote session keeps a copy of; every answer that changes it carries it. Artifacts travel by themselves. */
export const notebookState = (s: Session) => ({
  state: {
    id: s.id,
    name: s.name,
    cells: s.notebook.cells.map((cell) => toWire(cell)),
    messages: toWire(s.notebook.messages),
    test_config: toWire(s.notebook.testConfig) ?? null,
    context: toWire(s.context),
  },
});
