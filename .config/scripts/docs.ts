import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage, functionsPage } from './reference.ts';

/** `npm run docs`: writes the pages that are made from code. */
const root = join(import.meta.dirname, '..', '..');
writeFileSync(join(root, 'docs', 'functions.md'), functionsPage());
writeFileSync(join(root, 'docs', 'errors.md'), errorsPage(root));
