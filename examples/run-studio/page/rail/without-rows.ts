import type { Session, Studio } from '@velostream/core/protocol/studio';

/** Whether the file of a connection has nothing to read, or nothing but the names of its columns. */
export async function isWithoutRows(studio: Studio, { id: sessionId }: Session, connectionId: string): Promise<boolean> {
  const file = (await studio.sources.list({ sessionId })).find((source) => source.connectionId === connectionId);
  if (file === undefined) return false;
  if (file.sizeBytes === 0) return true;
  // What cannot be read says why when it is looked at.
  return studio.sources.peek(file.id, { sessionId, limit: 1 }).then(
    ({ rows }) => rows.length === 0,
    () => false,
  );
}
