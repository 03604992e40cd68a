import { type ConnectorDefinition, VeloError } from '@velostream/core/connect';

/** Says of a path outside the folders how this program is told of one more; in a program of one's own that is an option of `files`. */
export function withRootHint<Options extends object>(connector: ConnectorDefinition<Options>): ConnectorDefinition<Options> {
  const { explore } = connector;
  if (!explore) return connector;
  return {
    ...connector,
    explore(options, host) {
      try {
        const explorer = explore(options, host);
        return { ...explorer, list: (request) => explorer.list(request).catch(rethrow) };
      } catch (error) {
        return rethrow(error);
      }
    },
  };
}

function rethrow(error: unknown): never {
  if (!VeloError.is(error) || error.code !== 'VS4201') throw error;
  const { code, reason, message } = error;
  throw new VeloError({
    code,
    reason,
    message,
    hint: 'Stop the studio and start it with `npm start -- --root <folder>`, the folder that the file is in',
    cause: error,
  });
}
