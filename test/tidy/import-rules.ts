import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { FORBIDDEN, folderOf, isInside, LAYERS, PACKAGE_IMPORTS } from './layers.ts';
import { importsOf, isTest, ROOT, targetOf } from './repository.ts';

const CORE = 'packages/core/src/';
const BUILTINS = new Set(builtinModules);

const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:') || BUILTINS.has(specifier);
const coreFolder = (path: string): string => folderOf(path.slice(CORE.length));

/** Imports between folders of core that point upwards or at what they must not know. */
export function layerProblems(path: string): string[] {
  const from = coreFolder(path);
  const level = LAYERS[from];
  if (level === undefined) return [`${path} is in "${from}", which has no layer: add it to test/tidy/layers.ts and ARCHITECTURE.md`];
  return importsOf(path).flatMap(({ specifier, line }) => {
    if (!specifier.startsWith('.')) return [];
    const target = targetOf(path, specifier);
    if (!target.startsWith(CORE)) return [`${path}:${line} imports ${specifier}, outside its package`];
    const to = coreFolder(target);
    if ((LAYERS[to] ?? 0) > level)
      return [`${path}:${line} imports ${specifier}: ${from || 'src'} (L${level}) must not know ${to} (L${LAYERS[to]})`];
    const rule = FORBIDDEN.find((r) => isInside(from, r.from) && isInside(to, r.to));
    return rule ? [`${path}:${line} imports ${specifier}: ${rule.why}`] : [];
  });
}

/** Relative imports that name no file, miss their extension, or leave the package. */
export function relativeImportProblems(path: string): string[] {
  return importsOf(path).flatMap(({ specifier, line }) => {
    if (!specifier.startsWith('.')) return [];
    if (!/\.(tsx?|mjs|json|css)$/.test(specifier)) return [`${path}:${line} imports ${specifier} without its extension`];
    return existsSync(join(ROOT, targetOf(path, specifier))) ? [] : [`${path}:${line} imports ${specifier}, which does not exist`];
  });
}

export function builtinProblems(path: string): string[] {
  return importsOf(path)
    .filter(({ specifier, isTypeOnly }) => isBuiltin(specifier) && !isTypeOnly)
    .map(({ specifier, line }) => `${path}:${line} imports ${specifier}: only *.node.ts files of core may`);
}

/** Imports of our own packages through a door that is not theirs to use. */
export function packageProblems(path: string): string[] {
  const name = path.split('/')[1] ?? '';
  const allowed = PACKAGE_IMPORTS[name] ?? [];
  const isAllowed = (specifier: string): boolean =>
    allowed.some((door) => (door.endsWith('/*') ? specifier.startsWith(door.slice(0, -1)) : specifier === door));
  return importsOf(path)
    .filter(({ specifier }) => specifier.startsWith('@velostream/') && !isAllowed(specifier))
    .map(({ specifier, line }) => `${path}:${line} imports ${specifier}: ${name} may import ${allowed.join(', ') || 'no package of ours'}`);
}

/** Every cycle once, as `a -> b -> a`. */
export function cyclesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const cycles = new Set<string>();
  const walk = (node: string): void => {
    state.set(node, 'open');
    trail.push(node);
    for (const next of edges.get(node) ?? []) {
      if (state.get(next) === 'open') cycles.add([...trail.slice(trail.indexOf(next)), next].join(' -> '));
      else if (!state.has(next)) walk(next);
    }
    trail.pop();
    state.set(node, 'done');
  };
  for (const node of edges.keys()) if (!state.has(node)) walk(node);
  return [...cycles];
}

function edgesOf(paths: readonly string[], nameOf: (path: string) => string, withTypes: boolean): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const path of paths) {
    if (isTest(path)) continue;
    const from = nameOf(path);
    const out = edges.get(from) ?? new Set<string>();
    edges.set(from, out);
    for (const { specifier, isTypeOnly } of importsOf(path)) {
      if (!specifier.startsWith('.') || (isTypeOnly && !withTypes)) continue;
      const to = nameOf(targetOf(path, specifier));
      if (to !== from) out.add(to);
    }
  }
  return edges;
}

/** Cycles between the folders of core, types included: folders are what people hold in their heads. */
export const folderCycles = (paths: readonly string[]): string[] => cyclesIn(edgesOf(paths, coreFolder, true));

/** Cycles between files at run time; these break under bundlers and in the order of initialisation. */
export const fileCycles = (paths: readonly string[]): string[] => cyclesIn(edgesOf(paths, (path) => path, false));
