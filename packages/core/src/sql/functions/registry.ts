import { aggregateFunctions } from './aggregate/index.ts';
import { analyticFunctions } from './analytic/index.ts';
import { arrayContainsNull } from './collection/array-contains.ts';
import { collectionFunctions } from './collection/index.ts';
import { conditionalFunctions } from './conditional/index.ts';
import type { FunctionCategory, FunctionDefinition, FunctionExample } from './define.ts';
import { editDistance } from './edit-distance.ts';
import { headerFunctions } from './header/index.ts';
import { jsonFunctions } from './json/index.ts';
import { mathFunctions } from './math/index.ts';
import { signatureOf } from './signature.ts';
import { stringFunctions } from './string/index.ts';
import { splitFirst } from './string/split-first.ts';
import { timeFunctions } from './time/index.ts';
import { windowFunctions } from './window/index.ts';

/** All functions; those of one name for OVER (FIRST_VALUE) stand in `analyticFunctions`. */
const GENERAL: readonly FunctionDefinition[] = [
  ...mathFunctions,
  ...stringFunctions,
  ...conditionalFunctions,
  ...timeFunctions,
  ...jsonFunctions,
  ...collectionFunctions,
  ...headerFunctions,
  ...aggregateFunctions,
  ...windowFunctions,
];

type Index = ReadonlyMap<string, FunctionDefinition>;

function indexed(definitions: readonly FunctionDefinition[]): Index {
  const index = new Map<string, FunctionDefinition>();
  for (const definition of definitions) for (const name of [definition.name, ...(definition.aliases ?? [])]) index.set(name, definition);
  return index;
}

const byName = indexed(GENERAL);
const analyticByName = indexed(analyticFunctions);
/** What the reference implementation does differently. */
const underVelostream: Index = new Map([
  ['split', splitFirst],
  ['array_contains', arrayContainsNull],
]);

export interface FindOptions {
  /** The call has OVER: FIRST_VALUE, LAST_VALUE and their kin mean the frame then. */
  readonly over?: boolean;
  readonly compat?: 'standard' | 'velostream';
}

/** Function of a name or alias, any case. */
export function findFunction(name: string, options: FindOptions = {}): FunctionDefinition | undefined {
  const key = name.toLowerCase();
  const analytic = analyticByName.get(key);
  if (options.over === true && analytic !== undefined) return analytic;
  const special = options.compat === 'velostream' ? underVelostream.get(key) : undefined;
  return special ?? byName.get(key) ?? analytic;
}

/** What a function is, for reference pages, completion and hover. */
export interface FunctionInfo {
  /** Canonical lower-case name. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly category: FunctionCategory;
  readonly kind: FunctionDefinition['kind'];
  /** One sentence. */
  readonly summary: string;
  /** How it is called: `ROUND(n [, digits])`. */
  readonly signature: string;
  readonly examples: readonly FunctionExample[];
}

/** Every function by name; one that is both an aggregate and analytic comes twice. */
export function listFunctions(): FunctionInfo[] {
  return [...GENERAL, ...analyticFunctions]
    .map((definition) => ({
      name: definition.name,
      aliases: definition.aliases ?? [],
      category: definition.category,
      kind: definition.kind,
      summary: definition.summary,
      signature: signatureOf(definition),
      examples: definition.examples,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Names and aliases that a mistyped name may mean, nearest first, at most three. */
export function suggestFunctions(name: string): string[] {
  const wanted = name.toLowerCase();
  const limit = wanted.length <= 4 ? 1 : wanted.length <= 7 ? 2 : 3;
  return [...new Set([...byName.keys(), ...analyticByName.keys()])]
    .map((known) => ({ known, distance: editDistance(wanted, known, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.known < b.known ? -1 : 1))
    .slice(0, 3)
    .map(({ known }) => known);
}
