import { describe, expect, test } from 'vitest';
import { remoteWrite } from '../../src/deploy/index.ts';
import type { RemoteWriteOptions } from '../../src/observability/remote-write.ts';
import { snappyBlock, writeRequest } from '../../src/observability/write-request.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function writer(answers: (number | 'none')[] = [], more: Partial<RemoteWriteOptions> = {}) {
  const sent: { headers: Headers; body: Uint8Array }[] = [];
  const warnings: string[] = [];
  const waits: number[] = [];
  const made = remoteWrite({
    url: 'http://user:s3cret@prometheus:9090/api/v1/write',
    clock: { now: () => NOW },
    // Waiting for another try is over at once; the regular flush never comes by itself.
    scheduler: {
      elapsed: () => 0,
      after(ms: number, run: () => void) {
        waits.push(ms);
        if (ms !== 5000) queueMicrotask(run);
        return () => {};
      },
    } as unknown as NonNullable<RemoteWriteOptions['scheduler']>,
    fetch: (async (_: string, init: RequestInit) => {
      const answer = answers.shift() ?? 204;
      if (answer === 'none') throw new TypeError('fetch failed');
      sent.push({ headers: new Headers(init.headers), body: init.body as Uint8Array });
      return new Response(null, { status: answer });
    }) as typeof fetch,
    onWarning: (text) => warnings.push(text),
    ...more,
  });
  return { made, sent, warnings, waits };
}
const one = (value: number, labels = { region: 'eu' }) => [{ labels, value }];

describe('a write request', () => {
  test('has the bytes that the protocol says', () => {
    const series = [{ labels: { a: 'b', __name__: 'm' }, samples: [{ value: 1, at: 2 ** 40 }] }];
    expect(hex(writeRequest(series))).toBe('0a290a0d0a085f5f6e616d655f5f12016d0a060a0161120162121009000000000000f03f10808080808020');
  });

  test('is packed as literals that a reader of Snappy puts together again', () => {
    const bytes = Uint8Array.from({ length: 150_000 }, (_, i) => i % 251);
    const packed = snappyBlock(bytes);
    let at = 0;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = packed[at++] as number;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const read: number[] = [];
    while (at < packed.length) {
      expect((packed[at] as number) & 3).toBe(0);
      const size = (packed[at + 1] as number) + ((packed[at + 2] as number) << 8) + 1;
      read.push(...packed.subarray(at + 3, at + 3 + size));
      at += 3 + size;
    }
    expect([length, Uint8Array.from(read)]).toEqual([bytes.length, bytes]);
  });
});

describe('remote write', () => {
  test('sends values with their time in batches, and says what it is', async () => {
    const { made, sent } = writer([], { batchMax: 2, headers: { authorization: 'Bearer x' } });
    for (let i = 0; i < 5; i++) made.push('m', one(i), NOW + i);
    await made.close();
    expect([sent.length, made.counts().sent]).toEqual([3, 5]);
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
      authorization: 'Bearer x',
    });
  });

  test('drops what is not behind the last sample of its series, and what is older than 48 hours', async () => {
    const { made } = writer();
    made.push('m', one(1), NOW);
    made.push('m', one(2), NOW);
    made.push('m', one(3), NOW - 1);
    made.push('m', one(3, { region: 'us' }), NOW - 1);
    made.push('m', one(4, { region: 'asia' }), NOW - 48 * 3_600_000 - 1);
    await made.close();
    expect(made.counts()).toEqual({ sent: 2, late: 2, tooOld: 1, lost: 0 });
  });

  test('asks again when the receiver is busy or away, later each time', async () => {
    const { made, waits } = writer(['none', 503, 429, 204]);
    made.push('m', one(1), NOW);
    await made.close();
    expect(made.counts()).toMatchObject({ sent: 1, lost: 0 });
    expect(waits.filter((ms) => ms !== 5000)).toEqual([500, 1000, 2000]);
  });

  test('does not ask again when the receiver refuses, and tells it once without secrets', async () => {
    const { made, warnings } = writer([400, 400]);
    made.push('m', one(1), NOW);
    await made.flush();
    made.push('m', one(1), NOW + 1);
    await made.close();
    expect(made.counts()).toMatchObject({ sent: 0, lost: 2 });
    expect(warnings).toEqual(['remote write to http://prometheus:9090 lost samples: status 400']);
  });
});
