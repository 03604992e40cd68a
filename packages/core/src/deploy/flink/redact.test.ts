import { describe, expect, test } from 'vitest';
import { redactor } from './redact.ts';

describe('a text of the server', () => {
  test('shows no secret, however it is quoted', () => {
    const redact = redactor(['ca\'na"ry', 'ca', 'p@ss']);
    const said = `a ca'na"ry b ca''na"ry c ca'na\\"ry d p%40ss e p@ss`;
    expect(redact(said)).toBe('a ****** b ****** c ****** d ****** e ******');
  });

  test('is left as it is where there are none', () => {
    expect(redactor([''])('plain')).toBe('plain');
  });
});
