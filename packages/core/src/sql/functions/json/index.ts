import type { ScalarFunction } from '../define.ts';
import { jsonArray } from './json-array.ts';
import { jsonExists } from './json-exists.ts';
import { jsonExtract } from './json-extract.ts';
import { jsonObject } from './json-object.ts';
import { jsonQuery } from './json-query.ts';
import { jsonValue } from './json-value.ts';

export const jsonFunctions: readonly ScalarFunction[] = [jsonArray, jsonExists, jsonExtract, jsonObject, jsonQuery, jsonValue];
