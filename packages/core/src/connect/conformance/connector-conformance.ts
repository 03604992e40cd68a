import type { ConnectorDefinition } from '../connector.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { check, checkRefused } from './check.ts';
import type { ConformanceCase, ConformanceFixture } from './fixture.ts';
import { sinkCases } from './sink-cases.ts';
import { sourceCases } from './source-cases.ts';

/**
 * The checks that every connector passes, as data: hand each `run` to the test runner of your choice.
 *
 * @example
 * for (const { name, run } of connectorConformance(myConnector(), fixture)) test(name, run);
 */
export function connectorConformance<O>(definition: ConnectorDefinition<O>, fixture: ConformanceFixture): readonly ConformanceCase[] {
  return [...definitionCases(definition), ...sourceCases(definition, fixture), ...sinkCases(definition, fixture)];
}

function definitionCases<O>(definition: ConnectorDefinition<O>): ConformanceCase[] {
  return [
    {
      name: 'definition names what it offers',
      async run() {
        check(/^[a-z][a-z0-9_]*$/.test(definition.name), "a name is lower case, as in 'x.type' = '<name>_source'");
        check(
          definition.schemes.every((s) => /^[a-z][a-z0-9+.-]*$/.test(s)),
          'schemes are those of URIs',
        );
        check((definition.sink !== undefined) === (definition.guarantees.sink !== 'none'), 'the guarantee says whether there is a sink');
        check(Object.isFrozen(definition), 'a definition does not change: make it with defineConnector');
      },
    },
    {
      name: 'definition tells unknown options by name',
      async run() {
        const warnings: string[] = [];
        try {
          resolveOptions(definition, { 'no such option': 1 }, { warn: (message) => warnings.push(message) });
        } catch {
          // Something else may be required; the warning comes first all the same.
        }
        check(
          warnings.some((w) => w.includes('no such option')),
          'an option that nobody knows is named in a warning',
        );
      },
    },
    {
      name: 'definition refuses a URI of another scheme',
      async run() {
        if (definition.fromUri !== undefined) {
          await checkRefused(async () => definition.fromUri?.('other-scheme://x'), 'a URI of another scheme is refused');
        }
      },
    },
  ];
}
