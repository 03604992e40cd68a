import { editDistance } from '../syntax/edit-distance.ts';
import { coreFunctions } from './core-functions.ts';
import type { FunctionDefinition } from './define.ts';
import { FOREIGN_NAMES } from './foreign-names.ts';

type Index = ReadonlyMap<string, FunctionDefinition>;

/** Functions by purpose. */
export interface FunctionSet {
  readonly general: readonly FunctionDefinition[];
  /** What a name means with OVER (FIRST_VALUE is an aggregate too). */
  readonly analytic: readonly FunctionDefinition[];
  /** What the reference implementation does differently. */
  readonly velostream: readonly (readonly [string, FunctionDefinition])[];
}

function indexed(definitions: readonly FunctionDefinition[]): Index {
  const index = new Map<string, FunctionDefinition>();
  for (const definition of definitions) for (const name of [definition.name, ...(definition.aliases ?? [])]) index.set(name, definition);
  return index;
}

/** The common ones at first; all of them once something has asked for another name. Code, not state. */
let byName: Index = indexed(coreFunctions);
let analyticByName: Index = new Map();
let underVelostream: Index = new Map();
let complete = false;

/** Makes every function known: what `loadFunctions` fetches, and what the synchronous API has from the start. */
export function provideFunctions(all: FunctionSet): void {
  byName = indexed(all.general);
  analyticByName = indexed(all.analytic);
  underVelostream = new Map(all.velostream);
  complete = true;
}

/** Whether every function is known. */
export const hasAllFunctions = (): boolean => complete;

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

/** Names and aliases that a mistyped name may mean, nearest first, at most three. */
export function suggestFunctions(name: string): string[] {
  const wanted = name.toLowerCase();
  const foreign = FOREIGN_NAMES.get(wanted);
  if (foreign !== undefined) return [foreign];
  const limit = wanted.length <= 4 ? 1 : wanted.length <= 7 ? 2 : 3;
  return [...new Set([...byName.keys(), ...analyticByName.keys()])]
    .map((known) => ({ known, distance: editDistance(wanted, known, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.known < b.known ? -1 : 1))
    .slice(0, 3)
    .map(({ known }) => known);
}
