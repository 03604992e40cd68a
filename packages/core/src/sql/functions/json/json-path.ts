import { fieldOf, isKeyed } from '../../../values/scalar-shape.ts';
import type { Scalar } from '../../../values/types.ts';

/** One step into a JSON value: a field name, or an index (from 0) where it stands before an array. */
export type JsonStep = string | number;

const STEP = /\.?(?:\[\s*(?:(-?\d+)|'([^']*)'|"([^"]*)")\s*\]|"([^"]*)"|([^.[\]"]+))/y;

/**
 * Steps of a path: `$`, `$.a.b`, `a.b`, `items[0].sku`, `items.0.sku`, `$['a b']`. No wildcards and no filters.
 * Undefined when the text is no path.
 */
export function parseJsonPath(path: string): readonly JsonStep[] | undefined {
  const steps: JsonStep[] = [];
  let at = path.startsWith('$') ? 1 : 0;
  while (at < path.length) {
    STEP.lastIndex = at;
    const m = STEP.exec(path);
    if (m === null) return undefined;
    const [, index, single, double, quoted, name] = m;
    steps.push(index === undefined ? ((single ?? double ?? quoted ?? name) as string) : Number(index));
    at = STEP.lastIndex;
  }
  return steps;
}

/** Value at a path; undefined where there is none (a JSON null is null). */
export function walkJson(value: Scalar, steps: readonly JsonStep[]): Scalar | undefined {
  let here = value;
  for (const step of steps) {
    if (Array.isArray(here)) {
      const index = typeof step === 'number' ? step : /^\d+$/.test(step) ? Number(step) : -1;
      if (index < 0 || index >= here.length) return undefined;
      here = here[index] as Scalar;
    } else if (isKeyed(here)) {
      const name = String(step);
      if (!(here instanceof Map ? here.has(name) : Object.hasOwn(here, name))) return undefined;
      here = fieldOf(here, name);
    } else return undefined;
  }
  return here;
}
