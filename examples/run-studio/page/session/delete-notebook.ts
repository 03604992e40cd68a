import type { Connection, NotebookDocument, Session, Studio } from '@velostream/core/protocol/studio';

export interface DeletedNotebook {
  readonly document: NotebookDocument;
  /** Cells, conversation and artifacts under the same id, and what it had connected; gives the addresses that it could not connect to again. */
  readonly restore: () => Promise<readonly string[]>;
}

/** Deletes a notebook in such a way that it can be brought back. */
export async function deleteNotebook(studio: Studio, id: string): Promise<DeletedNotebook> {
  const { notebook, context } = await studio.sessions.open(id);
  const document = await notebook.export();
  const connections = Object.values(context.connections);
  await studio.sessions.delete(id);
  return {
    document,
    async restore() {
      const session = await studio.sessions.import(document);
      const answers = await Promise.allSettled(connections.map((connection) => connectAgain(session, connection)));
      return connections.filter((_, i) => answers[i]?.status === 'rejected').map(({ uri }) => uri);
    },
  };
}

/** A page never knew the passwords: what asks for one has to be connected by hand. */
const connectAgain = (session: Session, { uri, alias, type, format, options }: Connection): Promise<Connection> =>
  session.connect(uri, {
    type,
    options,
    ...(alias === undefined ? {} : { as: alias }),
    ...(format === undefined ? {} : { format }),
  });

/** Nothing was said or written in it. */
const isBlank = ({ notebook: { messages, cells } }: Session): boolean => messages.length === 0 && cells.length === 0;

/** Takes away a notebook that was made to take the place of another one, where nobody has used it. */
export async function dropBlank(studio: Studio, id: string): Promise<void> {
  if (isBlank(await studio.sessions.open(id))) await studio.sessions.delete(id);
}
