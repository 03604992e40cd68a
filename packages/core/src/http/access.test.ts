import { describe, expect, test } from 'vitest';
import { callerOf, viewerOf } from './access.ts';

describe('what a caller sees', () => {
  const admin = (tenant?: string) => viewerOf({ id: 'ada', role: 'admin', ...(tenant ? { tenant } : {}) }, 'principal');
  test('an admin of a tenant sees nothing of another one', () => {
    expect(admin('acme').sees({ id: 'x', tenant: 'acme' })).toBe(true);
    expect(admin('acme').sees({ id: 'x', tenant: 'zeta' })).toBe(false);
    expect(admin('acme').sees({ id: 'x' })).toBe(false);
    expect(admin('acme').sees(undefined)).toBe(false);
    expect(admin().sees(undefined)).toBe(true);
  });
  test('people without a tenant are no tenant together', () => {
    const viewer = viewerOf({ id: 'ann', role: 'developer' }, 'tenant');
    expect([viewer.sees({ id: 'ann' }), viewer.sees({ id: 'bob' })]).toEqual([true, false]);
  });
  test('the same id in two tenants is two callers', () => {
    const [a, b] = [{ id: 'ann', tenant: 'a', role: 'viewer' } as const, { id: 'ann', tenant: 'b', role: 'viewer' } as const];
    expect(callerOf(a)).not.toBe(callerOf(b));
    expect(viewerOf(a, 'principal').sees(viewerOf(b, 'principal').owner)).toBe(false);
  });
});
