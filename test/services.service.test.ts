import { describe, expect, test } from 'vitest';
import { loadServices } from '../.config/services/run.mjs';
import { isRequired, service } from './services.ts';

describe('services for tests', () => {
  test('each service file says which variable points at it', async () => {
    const services = await loadServices();
    expect(services.size).toBeGreaterThan(0);
    for (const [name, { env }] of services) expect(`${name} ${env}`).toMatch(/^[a-z][a-z0-9-]* VELO_[A-Z0-9_]+$/);
  });

  test('a service that is not up skips or fails with the command', () => {
    const skips: (string | undefined)[] = [];
    const skip = (note?: string): never => {
      skips.push(note);
      throw new Error('skipped');
    };
    expect(isRequired('nothing-like-this')).toBe(process.env['REQUIRE_SERVICES'] === 'all');
    expect(() => service('nothing-like-this').require({ skip })).toThrow(isRequired('nothing-like-this') ? 'services -- up' : 'skipped');
    expect(skips).toHaveLength(isRequired('nothing-like-this') ? 0 : 1);
  });
});
