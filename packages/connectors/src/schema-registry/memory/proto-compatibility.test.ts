import { describe, expect, test } from 'vitest';
import { memoryRegistry } from './memory-registry.ts';
import { PROTO_CHANGES } from './proto-changes.fixture.ts';

async function taken(compatibility: string, before: string, after: string): Promise<boolean> {
  const { request } = memoryRegistry();
  await request('PUT', '/config/s', { compatibility });
  const body = (schema: string) => ({ schemaType: 'PROTOBUF', schema });
  expect((await request('POST', '/subjects/s/versions', body(before))).status).toBe(200);
  return (await request('POST', '/subjects/s/versions', body(after))).status === 200;
}

describe('Protobuf in a registry', () => {
  test.each(PROTO_CHANGES)('%s', async (_what, before, after, backward, forward) => {
    expect(await taken('BACKWARD', before, after)).toBe(backward);
    expect(await taken('FORWARD', before, after)).toBe(forward);
    expect(await taken('FULL', before, after)).toBe(backward && forward);
    expect(await taken('NONE', before, after)).toBe(true);
  });

  test('a text that is no schema is refused', async () => {
    const { request } = memoryRegistry();
    expect(await request('POST', '/subjects/s/versions', { schemaType: 'PROTOBUF', schema: 'message {' })).toMatchObject({
      status: 422,
      body: { error_code: 42201 },
    });
  });
});
