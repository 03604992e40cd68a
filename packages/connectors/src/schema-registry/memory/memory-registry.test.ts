import { describe, expect, test } from 'vitest';
import { memoryRegistry } from './memory-registry.ts';

const record = (fields: readonly object[], name = 'R'): string => JSON.stringify({ type: 'record', name, fields });
const ID = { name: 'id', type: 'long' };
const NOTE = { name: 'note', type: ['null', 'string'], default: null };
const signal = new AbortController().signal;

describe('a registry in memory', () => {
  test('gives one number to a schema, whatever its spaces and its subject', async () => {
    const client = memoryRegistry().client();
    const text = record([ID]);
    const first = await client.register('a-value', 'AVRO', text, signal);
    expect(await client.register('a-value', 'AVRO', JSON.stringify(JSON.parse(text), null, 2), signal)).toBe(first);
    expect(await client.register('b-value', 'AVRO', text, signal)).toBe(first);
    expect(await client.register('b-value', 'AVRO', record([ID, NOTE]), signal)).toBe(first + 1);
    expect(await client.byId(first, signal)).toMatchObject({ id: first, kind: 'AVRO', text });
    expect(await client.byId(99, signal)).toBeNull();
    expect((await client.latest('b-value', signal))?.id).toBe(first + 1);
    expect(await client.latest('nobody', signal)).toBeNull();
  });

  test('keeps versions, deletes them softly, and never uses a number twice', async () => {
    const { request } = memoryRegistry({ compatibility: 'NONE' });
    for (const fields of [[ID], [NOTE], [ID, NOTE]]) await request('POST', '/subjects/s/versions', { schema: record(fields) });
    expect((await request('GET', '/subjects/s/versions')).body).toEqual([1, 2, 3]);
    expect((await request('DELETE', '/subjects/s/versions/3')).body).toBe(3);
    expect((await request('GET', '/subjects/s/versions/latest')).body).toMatchObject({ version: 2, id: 2 });
    await request('POST', '/subjects/s/versions', { schema: record([ID, NOTE]) });
    expect((await request('GET', '/subjects/s/versions')).body).toEqual([1, 2, 4]);
    expect((await request('DELETE', '/subjects/s')).body).toEqual([1, 2, 4]);
    expect(await request('GET', '/subjects/s/versions')).toMatchObject({ status: 404, body: { error_code: 40401 } });
    expect((await request('GET', '/subjects')).body).toEqual([]);
    expect((await request('GET', '/schemas/ids/1')).status).toBe(200);
  });

  test.each([
    ['BACKWARD', [ID], [ID, NOTE], 200],
    ['BACKWARD', [ID], [ID, { name: 'note', type: 'string' }], 409],
    ['BACKWARD', [ID, NOTE], [ID], 200],
    ['BACKWARD', [{ name: 'id', type: 'int' }], [ID], 200],
    ['BACKWARD', [ID], [{ name: 'id', type: 'int' }], 409],
    ['FORWARD', [ID], [{ name: 'id', type: 'int' }], 200],
    ['FORWARD', [ID], [NOTE], 409],
    ['FORWARD', [ID], [ID, { name: 'note', type: 'string' }], 200],
    ['FULL', [ID], [ID, NOTE], 200],
    ['FULL', [ID], [ID, { name: 'note', type: 'string' }], 409],
    ['NONE', [ID], [{ name: 'id', type: 'string' }], 200],
  ])('with %s and %j takes %j: %d', async (compatibility, before, after, status) => {
    const { request } = memoryRegistry();
    await request('PUT', '/config/s', { compatibility });
    await request('POST', '/subjects/s/versions', { schema: record(before) });
    const body = { schema: record(after) };
    expect((await request('POST', '/compatibility/subjects/s/versions/latest', body)).body).toMatchObject({
      is_compatible: status === 200,
    });
    expect((await request('POST', '/subjects/s/versions', body)).status).toBe(status);
  });

  test('compares records that lead back to themselves', async () => {
    const node = (...more: object[]) => ({ schema: record([ID, { name: 'next', type: ['null', 'R'], default: null }, ...more]) });
    const { request } = memoryRegistry({ compatibility: 'FULL' });
    await request('POST', '/subjects/s/versions', node());
    expect((await request('POST', '/subjects/s/versions', node(NOTE))).status).toBe(200);
    expect((await request('POST', '/subjects/s/versions', node({ name: 'note', type: 'string' }))).status).toBe(409);
  });

  test('looks at all earlier versions only where that is asked for', async () => {
    for (const [compatibility, status] of [
      ['BACKWARD', 200],
      ['BACKWARD_TRANSITIVE', 409],
    ] as const) {
      const { request } = memoryRegistry({ compatibility });
      for (const fields of [[ID], [ID, NOTE], [ID, NOTE, { name: 'x', type: 'int', default: 0 }]])
        expect((await request('POST', '/subjects/s/versions', { schema: record(fields) })).status).toBe(200);
      // The second version has "note" and the first has not: without a default it can be read from the third only.
      const bare = record([ID, { name: 'note', type: ['null', 'string'] }]);
      expect((await request('POST', '/subjects/s/versions', { schema: bare })).status).toBe(status);
    }
  });

  test('answers as a server does through fetch', async () => {
    const { fetch } = memoryRegistry();
    const url = 'http://registry/subjects/s/versions';
    const made = await fetch(new Request(url, { method: 'POST', body: JSON.stringify({ schema: record([ID]) }) }));
    expect([made.status, await made.json()]).toEqual([200, { id: 1 }]);
    const wrong = await fetch(new Request(url, { method: 'POST', body: JSON.stringify({ schema: '{' }) }));
    expect([wrong.status, ((await wrong.json()) as { error_code: number }).error_code]).toEqual([422, 42201]);
    expect((await fetch(new Request('http://registry/nothing'))).status).toBe(404);
  });
});
