import type { ScalarFunction } from '../define.ts';
import { hasHeader } from './has-header.ts';
import { header } from './header.ts';
import { headerKeys } from './header-keys.ts';
import { removeHeader } from './remove-header.ts';
import { setHeader } from './set-header.ts';

export const headerFunctions: readonly ScalarFunction[] = [hasHeader, header, headerKeys, removeHeader, setHeader];
