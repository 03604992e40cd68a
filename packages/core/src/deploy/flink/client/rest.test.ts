import { describe, expect, test } from 'vitest';
import { createRest } from './rest.ts';

const answering = (status: number, body: string) => {
  const sent: { url: string; init: RequestInit }[] = [];
  const fake = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return new Response(body, { status });
  };
  return {
    sent,
    rest: createRest({
      what: 'the server',
      url: 'http://u:p@h:1/base/',
      headers: { authorization: 'Bearer t' },
      fetch: fake as typeof fetch,
    }),
  };
};

describe('a request', () => {
  test('goes to the path behind the base with its headers and body', async () => {
    const { sent, rest } = answering(200, '{"a":1}');
    expect(await rest.request('POST', '/x', { body: { b: 2 } })).toEqual({ a: 1 });
    expect(sent[0]).toMatchObject({
      url: 'http://u:p@h:1/base/x',
      init: { method: 'POST', body: '{"b":2}', headers: { authorization: 'Bearer t' } },
    });
  });

  test('has an empty object for an empty answer', async () => {
    expect(await answering(202, '').rest.request('PATCH', '/x')).toEqual({});
  });

  test('becomes a coded error when it is refused', async () => {
    const { rest } = answering(404, '{"errors":["job not found"]}');
    await expect(rest.request('GET', '/jobs/1?x=2')).rejects.toMatchObject({
      code: 'VS5932',
      message: 'Flink refused GET /jobs/1: job not found',
    });
    await expect(rest.request('GET', '/x', { onError: () => new RangeError('mine') })).rejects.toThrow(RangeError);
  });

  test('names the server without user and password when nobody answers', async () => {
    const rest = createRest({
      what: 'the server',
      url: 'http://u:p@h:1',
      fetch: (() => Promise.reject(new TypeError('refused'))) as typeof fetch,
    });
    await expect(rest.request('GET', '/x')).rejects.toMatchObject({
      code: 'VS5930',
      message: 'the server at "http://h:1" does not answer',
    });
  });

  test('ends with its signal', async () => {
    const never = ((_: string, init: RequestInit) =>
      new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)))) as typeof fetch;
    const rest = createRest({ what: 'the server', url: 'http://h:1', fetch: never, timeoutMs: 20 });
    await expect(rest.request('GET', '/x')).rejects.toMatchObject({ code: 'VS5931' });
    const leave = new AbortController();
    const asked = createRest({ what: 'the server', url: 'http://h:1', fetch: never }).request('GET', '/x', { signal: leave.signal });
    leave.abort();
    await expect(asked).rejects.toMatchObject({ code: 'VS5939' });
  });
});
