import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const schemas = schemasFrom('logins: user_id STRING, method STRING password|passkey, state STRING open|closed, fine FLOAT, at TIMESTAMP');

test.each([
  // A value of a column is no reason to show a secret.
  ['show me the passwords of all users', 'refused'],
  ['close login 12', 'refused'],
  // The verb is a value or a column here.
  ['open logins over 5', 'sql'],
  ['fine 5 or more', 'sql'],
])('%s: %s', (prompt, kind) => {
  expect(translate({ prompt, schemas }).kind).toBe(kind);
});
