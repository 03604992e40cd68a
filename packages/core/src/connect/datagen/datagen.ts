import { connectorError } from '../../diagnostics/codes/connector.ts';
import { type ConnectorDefinition, defineConnector } from '../connector.ts';
import { uriParts } from '../options/uri-parts.ts';
import { DATAGEN_OPTIONS, type DatagenOptions } from './datagen-options.ts';
import { datagenSource } from './datagen-source.ts';

/**
 * Seeded rows for demos, tests and load: the same seed gives the same rows on every machine, in any batch size.
 * In SQL `'x.type' = 'datagen_source'`, as a URI `datagen:trades?rows=1000&seed=7&rows_per_second=50`.
 *
 * @example
 * createEngine({ connectors: [datagen()], sources: { trades: { uri: 'datagen:trades?rows=1000' } } });
 */
export function datagen(): ConnectorDefinition<DatagenOptions> {
  return defineConnector<DatagenOptions>({
    name: 'datagen',
    schemes: ['datagen'],
    options: DATAGEN_OPTIONS,
    guarantees: { resume: true, sink: 'none' },
    fromUri(uri) {
      const parts = uriParts(uri);
      if (parts?.scheme !== 'datagen') throw connectorError('VS4104', { uri, connector: 'datagen' });
      return { ...(parts.path === '' ? {} : { preset: parts.path }), ...parts.query };
    },
    source: datagenSource,
  });
}
