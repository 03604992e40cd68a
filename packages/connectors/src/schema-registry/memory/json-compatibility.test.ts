import { describe, expect, test } from 'vitest';
import { JSON_CHANGES, object } from './json-changes.fixture.ts';
import { memoryRegistry } from './memory-registry.ts';

/** Whether the second schema is taken after the first one. */
async function taken(compatibility: string, before: unknown, after: unknown): Promise<boolean> {
  const { request } = memoryRegistry();
  await request('PUT', '/config/s', { compatibility });
  const body = (schema: unknown) => ({ schemaType: 'JSON', schema: JSON.stringify(schema) });
  expect((await request('POST', '/subjects/s/versions', body(before))).status).toBe(200);
  const tried = (await request('POST', '/compatibility/subjects/s/versions/latest', body(after))).body;
  const { status } = await request('POST', '/subjects/s/versions', body(after));
  expect(tried).toMatchObject({ is_compatible: status === 200 });
  return status === 200;
}

describe('JSON Schema in a registry', () => {
  test.each(JSON_CHANGES)('%s', async (_what, before, after, backward, forward) => {
    expect(await taken('BACKWARD', before, after)).toBe(backward);
    expect(await taken('FORWARD', before, after)).toBe(forward);
    expect(await taken('FULL', before, after)).toBe(backward && forward);
    expect(await taken('NONE', before, after)).toBe(true);
  });

  test('schemas that lead back to themselves are compared', async () => {
    const tree = (value: string) => object({ value: { type: value }, next: { $ref: '#' } });
    expect(await taken('FULL', tree('integer'), tree('integer'))).toBe(true);
    expect(await taken('BACKWARD', tree('integer'), tree('string'))).toBe(false);
  });
});
