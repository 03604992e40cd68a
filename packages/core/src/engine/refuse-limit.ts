import { unknownLimit } from '../diagnostics/codes/engine-limits.ts';
import { DEFAULT_LIMITS } from '../runtime/limits.ts';
import { nearestName } from '../sql/bind/nearest-name.ts';

/** @throws {VeloError} `unknown-limit`; loaded only where one is misspelt */
export function refuseLimit(name: string): never {
  const known = Object.keys(DEFAULT_LIMITS);
  throw unknownLimit(name, nearestName(name, known) ?? known.find((each) => each.toLowerCase().includes(name.toLowerCase())), known);
}
