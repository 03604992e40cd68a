import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorsPage, functionsPage } from '../.config/scripts/reference.ts';

const root = join(import.meta.dirname, '..');
const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');

test('the page of functions is what the definitions say (else: npm run docs)', () => {
  expect(page('functions.md')).toBe(functionsPage());
});

test('the page of errors is what the codes say (else: npm run docs)', () => {
  expect(page('errors.md')).toBe(errorsPage(root));
});
