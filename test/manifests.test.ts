// What the published packages promise in their manifests.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, read } from './tidy/repository.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly sideEffects: boolean | readonly string[];
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const NAMES = ['core', 'connectors', 'ai', 'react'];
const CORE_DEPENDENCIES_MAX = 5;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

const manifestOf = (path: string): Manifest => JSON.parse(read(path));
const PACKAGES = NAMES.map((name) => manifestOf(`packages/${name}/package.json`));

describe('manifests', () => {
  test('packages are released together, without side effects, for one range of Node', () => {
    expect(new Set(PACKAGES.map(({ version }) => version)).size).toBe(1);
    // A style sheet is nothing but a side effect; without naming it, bundlers would leave it out.
    expect(PACKAGES.map(({ sideEffects }) => sideEffects)).toEqual(NAMES.map((name) => (name === 'react' ? ['**/*.css'] : false)));
    expect(new Set(PACKAGES.map(({ engines }) => engines.node))).toEqual(new Set(['>=22.15']));
  });

  test('a change concerns all packages alike', () => {
    const { fixed } = JSON.parse(read('.changeset/config.json')) as { fixed: string[][] };
    expect(fixed[0]?.toSorted()).toEqual(PACKAGES.map(({ name }) => name).toSorted());
  });

  test('every note of a change says which packages it concerns, as the release reads it', () => {
    const notes = readdirSync(join(ROOT, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    const head = /^---\n(?:["']@velostream\/(?:core|connectors|ai|react)["']: (?:major|minor|patch)\n)+---\n\s*\S/;
    expect(notes.filter((name) => !head.test(read(`.changeset/${name}`)))).toEqual([]);
  });

  test(`core has at most ${CORE_DEPENDENCIES_MAX} direct dependencies`, () => {
    expect(Object.keys(PACKAGES[0]?.dependencies ?? {}).length).toBeLessThanOrEqual(CORE_DEPENDENCIES_MAX);
  });

  test('nothing that core depends on runs a script when it is installed', () => {
    for (const name of Object.keys(PACKAGES[0]?.dependencies ?? {})) {
      const { scripts = {} } = manifestOf(`packages/core/node_modules/${name}/package.json`);
      expect(INSTALL_SCRIPTS.filter((script) => script in scripts && script !== 'prepare')).toEqual([]);
    }
  });

  test('every subpath has its source, before its types, before its code', () => {
    for (const [at, { exports }] of PACKAGES.entries()) {
      for (const target of Object.values(exports)) {
        if (typeof target !== 'object' || target === null) continue;
        // A browser may get something else, such as a word on why a part cannot run there.
        expect(Object.keys(target).filter((condition) => condition !== 'browser')).toEqual(['@velostream/source', 'types', 'default']);
        const source = String(Object.values(target)[0]);
        expect(existsSync(join(ROOT, 'packages', NAMES[at] ?? '', source)), `${source} of ${NAMES[at]}`).toBe(true);
      }
    }
  });
});
