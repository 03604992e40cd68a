import { aggregateFunctions } from './aggregate/index.ts';
import { analyticFunctions } from './analytic/index.ts';
import { arrayContainsNull } from './collection/array-contains.ts';
import { collectionFunctions } from './collection/index.ts';
import { conditionalFunctions } from './conditional/index.ts';
import type { FunctionCategory, FunctionDefinition, FunctionExample } from './define.ts';
import { headerFunctions } from './header/index.ts';
import { jsonFunctions } from './json/index.ts';
import { mathFunctions } from './math/index.ts';
import { hasAllFunctions, provideFunctions } from './registry.ts';
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

/** Makes every function known to `findFunction`. Does nothing the second time. */
export function provideAllFunctions(): void {
  if (hasAllFunctions()) return;
  provideFunctions({
    general: GENERAL,
    analytic: analyticFunctions,
    velostream: [
      ['split', splitFirst],
      ['array_contains', arrayContainsNull],
    ],
  });
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
