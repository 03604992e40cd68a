import type { ScalarFunction } from '../define.ts';
import { array } from './array.ts';
import { arrayContains } from './array-contains.ts';
import { arrayDistinct } from './array-distinct.ts';
import { arrayLength } from './array-length.ts';
import { map } from './map.ts';
import { mapKeys } from './map-keys.ts';
import { mapValues } from './map-values.ts';
import { struct } from './struct.ts';

export const collectionFunctions: readonly ScalarFunction[] = [
  array,
  arrayContains,
  arrayDistinct,
  arrayLength,
  map,
  mapKeys,
  mapValues,
  struct,
];
