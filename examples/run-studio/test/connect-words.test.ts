import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isWithoutRows } from '../page/rail/without-rows.ts';
import { createSampleStudio } from '../server/create-sample-studio.ts';

let studio: Studio;
let session: Session;
beforeEach(async () => {
  studio = await createSampleStudio({ roots: [], home: null, claudeApiKey: undefined });
  session = await studio.sessions.create();
});
afterEach(() => studio.close());

/** A port at which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port is expected');
  return address.port;
}

describe('a source that cannot be connected', () => {
  test('is told of as a broker that is not there, with its host and port, long before the limit', { timeout: 12_000 }, async () => {
    const place = `127.0.0.1:${await closedPort()}`;
    await expect(session.connect(`kafka://${place}`)).rejects.toMatchObject({
      code: 'VS7005',
      message: `"kafka://${place}" could not be reached: nothing answers at ${place}`,
      hint: expect.stringContaining('correct its host and port'),
    });
  });

  test('is told of as no URI, with what one begins with', async () => {
    await expect(session.connect('my file')).rejects.toMatchObject({ code: 'VS7003', hint: expect.stringContaining('file:, kafka:') });
  });

  test('is told of as a path outside the folders, with the option that allows it', async () => {
    for (const uri of ['file:///etc/hostname', 'file:///etc/*.csv'])
      await expect(session.connect(uri)).rejects.toMatchObject({
        code: 'VS4201',
        hint: expect.stringContaining('`npm start -- --root <folder>`'),
      });
  });
});

describe('a file that was connected', () => {
  /** What the assistant says when a file of this text is connected, and to what is asked after that. */
  async function saidOf(name: string, text: string, ...questions: readonly string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'velo-words-'));
    const own = await createSampleStudio({ roots: [folder], home: null, claudeApiKey: undefined });
    try {
      await writeFile(join(folder, name), text);
      const thread = await own.sessions.create();
      const said: string[] = [];
      for (const question of [`connect to file://${join(folder, name)}`, ...questions])
        for await (const event of own.assistant?.chat({ session: thread, text: question }) ?? [])
          if (event.type === 'text') said.push(event.delta);
      return said.join('');
    } finally {
      await own.close();
      await rm(folder, { recursive: true });
    }
  }

  test('is told of with its rows, its columns and their types', async () => {
    expect(await saidOf('prices.csv', 'symbol,price,qty\nA,1.5,2\nB,2.5,3\n')).toContain(
      'prices.csv has 2 rows and 3 columns: symbol STRING, price FLOAT, qty INTEGER.',
    );
    expect(await saidOf('one.jsonl', '{"id":1}\n')).toContain('one.jsonl has 1 row and 1 column: id INTEGER.');
  });

  test('is found by its name alone, below every folder that may be read; what is not there is told with what is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'velo-words-'));
    const own = await createSampleStudio({ roots: [folder], home: null, claudeApiKey: undefined });
    try {
      await mkdir(join(folder, 'year', 'may'), { recursive: true });
      await mkdir(join(folder, 'june'));
      for (const path of ['till.csv', 'year/may/nested.csv', 'june/nested.csv', 'year/only.csv'])
        await writeFile(join(folder, path), 'id,total\n1,2\n');
      const thread = await own.sessions.create();
      const say = async (text: string): Promise<{ said: string; offered: readonly string[]; tools: readonly string[] }> => {
        const said: string[] = [];
        const offered: string[] = [];
        const tools: string[] = [];
        for await (const event of own.assistant?.chat({ session: thread, text }) ?? []) {
          if (event.type === 'text') said.push(event.delta);
          if (event.type === 'tool_start') tools.push(event.tool);
          if (event.type === 'options') said.push(event.question);
          if (event.type === 'options') offered.push(...event.options.map((o) => o.prompt));
        }
        return { said: said.join(''), offered, tools };
      };
      expect((await say('connect till.csv')).said).toContain('till.csv has 1 row and 2 columns');
      expect((await say('please open the file only.csv and show me some rows')).tools).toEqual(['connect_source', 'peek_source']);
      expect((await say('use till.csv')).tools).toEqual(['inspect_source']);
      const two = await say('load nested.csv');
      expect(two.said).toContain('There are 2 files called "nested.csv"');
      expect(two.offered).toHaveLength(2);
      expect((await say(two.offered[0] ?? '')).said).toContain('nested.csv has 1 row');
      const none = await say('connect to tills.csv');
      expect(none.said).toContain('No file "tills.csv" lies in the folders that may be read');
      expect(none.offered[0]).toBe(`connect to file://${join(folder, 'till.csv')}`);
      expect(Object.values(thread.context.connections).map(({ uri }) => uri)).not.toContain('file://.');
      expect(Object.values(thread.context.connections)).toHaveLength(3);
    } finally {
      await own.close();
      await rm(folder, { recursive: true });
    }
  });

  test.each([
    ['', true],
    ['id,total\n', true],
    ['id,total\n1,2\n', false],
  ])('is known to be without rows or not: %j', async (text, isWithout) => {
    const folder = await mkdtemp(join(tmpdir(), 'velo-rows-'));
    const own = await createSampleStudio({ roots: [folder], home: null, claudeApiKey: undefined });
    try {
      await writeFile(join(folder, 'a.csv'), text);
      const thread = await own.sessions.create();
      const { id } = await thread.connect(`file://${join(folder, 'a.csv')}`);
      expect(await isWithoutRows(own, thread, id)).toBe(isWithout);
    } finally {
      await own.close();
      await rm(folder, { recursive: true });
    }
  });

  test('is told of as empty where nothing is in it', async () => {
    expect(await saidOf('empty.csv', '')).toContain('holds no record to take the columns from');
  });

  test('is read by what divides its columns, and decimal commas are told', async () => {
    const said = await saidOf('preise.csv', '\ufeffName;Preis;Menge\nApfel;1.234,56;3\nBirne;0,99;12\n', 'total Menge per Name');
    expect(said).toContain('preise.csv has 2 rows and 3 columns: Name STRING, Preis STRING, Menge INTEGER.');
    expect(said).toContain("CAST(REPLACE(REPLACE(Preis, '.', ''), ',', '.') AS FLOAT)");
    expect(said).toContain('Computes SUM(Menge) of preise for each Name');
    expect(await saidOf('tabs.csv', 'a\tb\n1\t2\n')).toContain('1 row and 2 columns: a INTEGER, b INTEGER');
  });

  test('is read by what divides its columns from the form as well, which connects by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'velo-words-'));
    const own = await createSampleStudio({ roots: [folder], home: null, claudeApiKey: undefined });
    try {
      for (const [name, mark] of [
        ['semicolons.csv', ';'],
        ['tabs.tsv', '\t'],
        ['bars.csv', '|'],
        ['commas.csv', ','],
      ] as const) {
        await writeFile(join(folder, name), `id${mark}name\n1${mark}pear\n`);
        const thread = await own.sessions.create();
        const { id } = await thread.connect(`file://${join(folder, name)}`, { format: 'csv', options: {} });
        const [found, ...more] = await own.sources.list({ sessionId: thread.id, connectionId: id });
        expect([name, more]).toEqual([name, []]);
        const { fields } = await own.sources.inspect(found?.id ?? '', { sessionId: thread.id });
        expect(fields.map((field) => `${field.name} ${field.type}`)).toEqual(['id INTEGER', 'name STRING']);
        expect(Object.values(thread.context.connections)).toHaveLength(1);
      }
    } finally {
      await own.close();
      await rm(folder, { recursive: true });
    }
  });

  test('says how many of its lines cannot be read, and is one source by its two names', async () => {
    const said = await saidOf(
      'broken.jsonl',
      '{"id":1,"v":2.5}\n{"id":2,"v":\n{"id":3,"v":4.5}\n',
      'show me 10 records from broken',
      'average v',
    );
    expect(said).toContain('1 of the scanned records cannot be read, such as broken.jsonl:2');
    expect(said).toContain('2 records of broken.jsonl.');
    expect(said).toContain('Computes AVG(v) of broken.');
  });

  test('may have a name of any script', async () => {
    expect(await saidOf('商品.csv', '商品,価格\nりんご,120\n', 'show me 5 records from 商品')).toContain('1 record of 商品.csv.');
  });
});
