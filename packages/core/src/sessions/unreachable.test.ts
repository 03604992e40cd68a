import { describe, expect, test } from 'vitest';
import { connectionFailed, timedOut } from '../diagnostics/codes/studio.ts';

const told = (uri: string, cause: unknown): string => connectionFailed(uri, cause).message;

describe('a connection that fails', () => {
  test('names the place where nothing listens', () => {
    const error = connectionFailed('postgres://db:5432/shop', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    expect(error.message).toBe('"postgres://db:5432/shop" could not be reached: nothing answers at db:5432');
    expect(error.hint).toContain('Start the server');
  });

  test('names the place that did not answer in time, and asks for no smaller question', () => {
    const error = connectionFailed('kafka://a:9092,b:9092', timedOut('the source', 15_000));
    expect(error.message).toContain('nothing answered in time at a:9092,b:9092');
    expect(error.hint).not.toContain('Ask for less');
  });

  test('keeps every other cause', () => {
    expect(told('postgres://db:5432/shop', new Error('password authentication failed'))).toContain('password authentication failed');
    expect(told('file:///data/a.csv', timedOut('the source', 15_000))).toContain('took longer');
  });
});
