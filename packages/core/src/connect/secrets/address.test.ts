import { describe, expect, test } from 'vitest';
import { hideInAddress } from './address.ts';

const PLACES = ['shown', 'named', 'listed', 'stored'] as const;
const VARIABLE = '$' + '{PW}';
const SLACK = 'Xq7RmT2bKd9WvL4nZs8Yp1Hc';

/** An address, and what is left of it in errors, in the name of a source, in a list of connections, and in a stored text. */
const TABLE: readonly (readonly [string, string, string, string, string])[] = [
  [
    'postgres://u:pw@h:1/d?t=x',
    'postgres://h:1/d?t=x',
    'postgres://u@h:1/d?t=x',
    'postgres://h:1/d?t=x',
    'postgres://u:[redacted]@h:1/d?t=x',
  ],
  ['postgres://u:p%40w@h/d', 'postgres://h/d', 'postgres://u@h/d', 'postgres://h/d', 'postgres://u:[redacted]@h/d'],
  ['postgres://u:p/w#1?@h/d', 'postgres://h/d', 'postgres://u@h/d', 'postgres://h/d', 'postgres://u:[redacted]@h/d'],
  ['redis://:pw@h/0', 'redis://h/0', 'redis://h/0', 'redis://h/0', 'redis://:[redacted]@h/0'],
  ['postgres://u@h/d', 'postgres://h/d', 'postgres://u@h/d', 'postgres://h/d', 'postgres://u@h/d'],
  [`https://${SLACK}@h/d`, 'https://h/d', 'https://h/d', 'https://h/d', 'https://[redacted]@h/d'],
  [`postgres://u:${VARIABLE}@h/d`, 'postgres://h/d', 'postgres://u@h/d', 'postgres://h/d', `postgres://u:${VARIABLE}@h/d`],
  [
    'kafka://a:1,b:2/t?sasl.password=x&sasl.mechanism=plain',
    'kafka://a:1,b:2/t?sasl.password=[redacted]&sasl.mechanism=plain',
    'kafka://a:1,b:2/t?sasl.password=[redacted]&sasl.mechanism=plain',
    'kafka://a:1,b:2/t?sasl.mechanism=plain',
    'kafka://a:1,b:2/t?sasl.password=[redacted]&sasl.mechanism=plain',
  ],
  [
    'jdbc:sqlserver://h:1;user=u;password=p#w;x=1',
    'jdbc:sqlserver://h:1;user=u;password=[redacted];x=1',
    'jdbc:sqlserver://h:1;user=u;password=[redacted];x=1',
    'jdbc:sqlserver://h:1;user=u;x=1',
    'jdbc:sqlserver://h:1;user=u;password=[redacted];x=1',
  ],
  ['jdbc:mysql://u:pw@h/d', 'jdbc:mysql://h/d', 'jdbc:mysql://u@h/d', 'jdbc:mysql://h/d', 'jdbc:mysql://u:[redacted]@h/d'],
  [
    'https://h/cb?a=1#access_token=x&b=2',
    'https://h/cb?a=1#access_token=[redacted]&b=2',
    'https://h/cb?a=1#access_token=[redacted]&b=2',
    'https://h/cb?a=1&b=2',
    'https://h/cb?a=1#access_token=[redacted]&b=2',
  ],
  [
    'kafka://h/t?dlq=postgres%3A%2F%2Fu%3Apw%40i%2Fd%3Fpassword%3Dx',
    'kafka://h/t?dlq=postgres%3A%2F%2Fi%2Fd%3Fpassword%3D[redacted]',
    'kafka://h/t?dlq=postgres%3A%2F%2Fu%40i%2Fd%3Fpassword%3D[redacted]',
    'kafka://h/t?dlq=postgres%3A%2F%2Fi%2Fd',
    'kafka://h/t?dlq=postgres%3A%2F%2Fu%3A[redacted]%40i%2Fd%3Fpassword%3D[redacted]',
  ],
  [
    's3://b/k?access_key=AKIA&region=eu',
    's3://b/k?access_key=[redacted]&region=eu',
    's3://b/k?access_key=[redacted]&region=eu',
    's3://b/k?region=eu',
    's3://b/k?access_key=[redacted]&region=eu',
  ],
];

describe('an address', () => {
  test.each(TABLE)('%s', (address, ...left) => {
    expect(PLACES.map((place) => hideInAddress(address, place))).toEqual(left);
    expect(PLACES.map((place, i) => hideInAddress(left[i] ?? '', place))).toEqual(left);
  });

  // Parts of a path stay in the name of a source: two of them would become one.
  test.each([
    [`https://hooks.slack.com/services/T024BE7LD/B0K8/${SLACK}`, 'https://hooks.slack.com/services/[redacted]/B0K8/[redacted]'],
    [`https://discord.com/api/webhooks/112233445566778899/ab-${SLACK}_x`, 'https://discord.com/api/webhooks/112233445566778899/[redacted]'],
    [
      'https://acme.webhook.office.com/webhookb2/1f2e3d4c-0a1b-2c3d-4e5f-60718293a4b5@1f2e3d4c-0a1b-2c3d-4e5f-60718293a4b5/IncomingWebhook/0a1b2c3d4e5f60718293a4b5c6d7e8f9/1f2e3d4c-0a1b-2c3d-4e5f-60718293a4b5',
      'https://acme.webhook.office.com/webhookb2/[redacted]/IncomingWebhook/[redacted]/[redacted]',
    ],
    [
      `https://prod-1.logic.azure.com:443/workflows/0a1b2c3d4e5f60718293a4b5c6d7e8f9/triggers/manual/paths/invoke?api-version=2016-06-01&sig=${SLACK}`,
      'https://prod-1.logic.azure.com:443/workflows/[redacted]/triggers/manual/paths/invoke?api-version=2016-06-01&sig=[redacted]',
    ],
    [
      'https://events.pagerduty.com/integration/0a1b2c3d4e5f60718293a4b5c6d7e8f9/enqueue',
      'https://events.pagerduty.com/integration/[redacted]/enqueue',
    ],
    [
      'https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage',
      'https://api.telegram.org/[redacted]/sendMessage',
    ],
    ['https://chat.example.com/hooks/x3b9f1k7s2p8q4m6w5z0c1v2n3', 'https://chat.example.com/hooks/[redacted]'],
    [`https://maps.example.com/tile?key=${SLACK}&zoom=4`, 'https://maps.example.com/tile?key=[redacted]&zoom=4'],
  ])('of a web hook is stored without what opens it: %s', (address, stored) => {
    expect(hideInAddress(address, 'stored')).toBe(stored);
    expect(hideInAddress(address, 'shown')).toBe(stored);
    expect(hideInAddress(stored, 'stored')).toBe(stored);
  });

  test.each([
    'https://example.org/docs/getting-started-with-streaming-sql-2024?page=2#part-3',
    'https://github.com/acme/shop/commit/4f2a9c81d0b7e6f35a1c2d3e4f5061728394a5b6',
    'https://docs.example.org/webhooks/verify-signatures-v2/index.html',
    'https://hooks.example.org/getting-started',
    'https://example.org/reports/2024-01-31/MonthlyRevenueByRegionAndProductLine.html',
    'http://localhost:8080/a@b',
    'http://[::1]:8080/a@b',
    's3://bucket/part-00000-3f2c9b1e-7a4d-4c1b-9e8f-0a1b2c3d4e5f-c000.snappy.parquet?key=2024/Q1aB3dE5fG7hJ9kL1mN3pQ',
    'file:///data/tokens/pass:word@2.csv',
    'kafka://h1:9092,h2:9092/passengers?max_tokens=5&primary_key=id&key.field=id&routing_key=a&author=me&token_count=2',
    'datagen:trades?rows=5&seed=1',
  ])('is left as it is: %s', (address) => {
    for (const place of PLACES) expect(hideInAddress(address, place)).toBe(address);
  });
});
