import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { addressBytes, kindOfAddress } from './addresses.ts';
import { GuardedSocket, guardedAgents, guardedSocketFactory } from './guarded-socket.ts';
import { networkGuard } from './network-guard.ts';

const open: { close(done: () => void): unknown }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

const isRefused = { code: 'VS4501', reason: 'host-not-allowed' };

/** Ways to write loopback, private, link-local and metadata addresses, and names that mean them. */
const PAYLOADS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '127.0.0.1.',
  '::1',
  '[::1]',
  '::',
  '[::]',
  '::ffff:127.0.0.1',
  '[::ffff:127.0.0.1]',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '198.18.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '203.0.113.7',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '2002:a00:1::1',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
  '2001:db8::1',
  'ff02::1',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '192.0.0.192',
  'metadata',
  'metadata.google.internal',
  'METADATA.google.internal.',
  'instance-data',
  'instance-data.ec2.internal',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'db.localhost',
  'localhost.localdomain',
  'ip6-localhost',
  '',
  ' ',
  'host name',
  'host\n',
  'user@host',
  'host/path',
  'host?x',
  'host#x',
  'a'.repeat(300),
  'evil.example',
  'ok.example.evil.example',
  'notok.example',
  'xok.example',
];

describe('with a list of hosts', () => {
  const guard = networkGuard({ network: { allowedHosts: ['ok.example', '*.cdn.example', '93.184.216.0/24', 'db.example:5432'] } });

  test.each(PAYLOADS.map((host) => [host]))('%j is refused', (host) => {
    expect(() => guard.check({ host, port: 5432 })).toThrowError(expect.objectContaining(isRefused));
  });

  test('listed names, ranges and ports are reached, and nothing beside them', () => {
    for (const target of [
      { host: 'ok.example', port: 1 },
      { host: 'OK.example.', port: 9 },
      { host: 'a.cdn.example', port: 443 },
      { host: '93.184.216.34', port: 80 },
      { host: '::ffff:93.184.216.34', port: 80 },
      { host: 'db.example', port: 5432 },
    ]) {
      expect(() => guard.check(target)).not.toThrow();
    }
    for (const target of [
      { host: 'cdn.example', port: 443 },
      { host: 'db.example', port: 22 },
      { host: '93.184.217.1', port: 80 },
      { host: 'ok.example', port: 0 },
      { host: 'ok.example', port: 70_000 },
    ]) {
      expect(() => guard.check(target)).toThrowError(expect.objectContaining(isRefused));
    }
  });

  test.each([['127.0.0.1'], ['10.1.2.3'], ['169.254.169.254'], ['::1'], ['fe80::1'], ['fd00::1'], ['::ffff:192.168.1.1'], ['0.0.0.0']])(
    'a listed name that leads to %s is refused',
    async (address) => {
      const flipped = networkGuard({ network: { allowedHosts: ['ok.example'] } }, async () => [
        { address: '93.184.216.34', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ]);
      await expect(flipped.resolve({ host: 'ok.example', port: 443 })).rejects.toMatchObject(isRefused);
    },
  );

  test('an empty list reaches nothing', () => {
    const closed = networkGuard({ network: { allowedHosts: [] } });
    for (const host of ['ok.example', '8.8.8.8', 'localhost', '2606:4700::1111'])
      expect(() => closed.check({ host, port: 443 })).toThrowError(expect.objectContaining(isRefused));
  });

  test('private addresses are reached where they are listed or allowed, link-local ones never', async () => {
    const listed = networkGuard({ network: { allowedHosts: ['10.0.0.0/8', '127.0.0.1:5432'] } });
    expect(() => listed.check({ host: '10.9.8.7', port: 1 })).not.toThrow();
    expect(() => listed.check({ host: '127.0.0.1', port: 5432 })).not.toThrow();
    expect(() => listed.check({ host: '127.0.0.1', port: 5433 })).toThrow();
    const allowed = networkGuard({ network: { allowedHosts: ['db.internal'], allowPrivate: true } }, async () => [
      { address: '10.0.0.5', family: 4 },
    ]);
    expect(await allowed.resolve({ host: 'db.internal', port: 5432 })).toEqual({ address: '10.0.0.5', family: 4 });
    const metadata = networkGuard(
      { network: { allowedHosts: ['169.254.169.254', '0.0.0.0/0', 'x.example'], allowPrivate: true } },
      async () => [{ address: '169.254.169.254', family: 4 }],
    );
    expect(() => metadata.check({ host: '169.254.169.254', port: 80 })).toThrow();
    await expect(metadata.resolve({ host: 'x.example', port: 80 })).rejects.toMatchObject(isRefused);
  });
});

test('without a list only link-local addresses and metadata names are refused', () => {
  const guard = networkGuard({});
  for (const host of ['localhost', '127.0.0.1', '10.0.0.1', 'db', '::1']) expect(() => guard.check({ host, port: 5432 })).not.toThrow();
  for (const host of ['169.254.169.254', 'metadata.google.internal', '::ffff:169.254.169.254', 'fe80::1', '2852039166'])
    expect(() => guard.check({ host, port: 80 })).toThrow();
});

describe('connections', () => {
  async function listening(server: Server): Promise<number> {
    open.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  }

  test('go to the address that was checked, although the name server changes its answer', async () => {
    let answers = 0;
    const port = await listening(createServer((_, answer) => answer.end('here')));
    const guard = networkGuard({ network: { allowedHosts: ['flips.example'], allowPrivate: true } }, async () => [
      { address: answers++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 },
    ]);
    const socket = new GuardedSocket(guard).connect(port, 'flips.example');
    await new Promise((done, fail) => socket.once('connect', done).once('error', fail));
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
    const second = new GuardedSocket(guard).connect(port, 'flips.example');
    await expect(new Promise((done, fail) => second.once('connect', done).once('error', fail))).rejects.toMatchObject(isRefused);
  });

  test('are refused as an error of the socket, not as a throw', async () => {
    const guard = networkGuard({ network: { allowedHosts: [] } });
    const socket = new GuardedSocket(guard).connect(80, '127.0.0.1');
    await expect(new Promise((_, fail) => socket.once('error', fail))).rejects.toMatchObject(isRefused);
  });

  test('to servers that a server names are refused: the factory of Kafka', async () => {
    // A broker's metadata names another broker; the driver asks the factory for it.
    const server = createTcpServer();
    open.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const make = guardedSocketFactory(networkGuard({ network: { allowedHosts: [`127.0.0.1:${port}`] } }));
    await new Promise<void>((done) => {
      const first = make({ host: '127.0.0.1', port, onConnect: () => done() });
      first.on('connect', () => first.destroy());
    });
    const second = make({ host: '169.254.169.254', port: 9092, onConnect: () => {} });
    await expect(new Promise((_, fail) => second.once('error', fail))).rejects.toMatchObject(isRefused);
  });

  test('of HTTP agents are checked one by one, those of redirects included', async () => {
    const hidden = await listening(createServer((_, answer) => answer.end('secret')));
    const { request } = await import('node:http');
    const front = await listening(createServer((_, answer) => answer.writeHead(307, { location: `http://127.0.0.1:${hidden}/` }).end()));
    const agents = guardedAgents(networkGuard({ network: { allowedHosts: [`127.0.0.1:${front}`] } }));
    const get = (port: number) =>
      new Promise<string | undefined>((done, fail) => {
        request({ host: '127.0.0.1', port, agent: agents.http }, (answer) => {
          answer.resume();
          answer.on('end', () => done(answer.headers.location));
        })
          .on('error', fail)
          .end();
      });
    const location = await get(front);
    await expect(get(Number(new URL(location ?? '').port))).rejects.toMatchObject(isRefused);
    agents.http.destroy();
  });
});

test('addresses are told apart by their network', () => {
  const kinds = {
    '8.8.8.8': 'public',
    '2606:4700:4700::1111': 'public',
    '127.0.0.1': 'loopback',
    '::1': 'loopback',
    '10.0.0.1': 'private',
    '169.254.1.1': 'link-local',
    'fe80::1': 'link-local',
    '::ffff:8.8.8.8': 'public',
    '64:ff9b::808:808': 'public',
    '2002:808:808::': 'public',
    '224.0.0.1': 'reserved',
  };
  for (const [text, kind] of Object.entries(kinds)) expect([text, kindOfAddress(addressBytes(text) ?? [])]).toEqual([text, kind]);
  expect(addressBytes('no address')).toBeUndefined();
});
