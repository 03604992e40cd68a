import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine } from '@velostream/core';
import { describe, expect, test } from 'vitest';
import { fileDeadLetters } from '../failure/file-dead-letters.ts';
import { folderWith } from './files.fixture.ts';
import { files } from './files.ts';
import { Roots } from './roots.ts';

const DATA = 'id,v\n1,a\nbroken\n2,b\n"x",c,d\n3,c\n';
const query = (root: string, properties: string) =>
  createEngine({ connectors: [files({ roots: [root], deadLetterSinks: [files({ roots: [root] })] })] }).run(
    `SELECT id FROM 'file://in.csv?${properties}'`,
  );
const letter = (position: string) => ({ position, code: 'VS4302', reason: 'field-count', message: 'm', sample: 's', failedAt: 0 });
const { signal } = new AbortController();

describe('records of a file that cannot be read', () => {
  test('go to a queue with place, code and sample, and the others are rows', async () => {
    const root = await folderWith({ 'in.csv': DATA });
    expect(await query(root, 'failure_strategy=SendToDLQ&dead.letter.queue.file=dead.jsonl').rows()).toHaveLength(3);
    const letters = (await readFile(join(root, 'dead.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(letters.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ position: 'in.csv:2', code: 'VS4302', sample: 'broken' }),
      expect.objectContaining({ position: 'in.csv:4', code: 'VS4302' }),
    ]);
  });

  test('go to whatever a connector writes to', async () => {
    const root = await folderWith({ 'in.csv': DATA });
    expect(
      await query(root, `failure_strategy=SendToDLQ&dead.letter.queue.table=${encodeURIComponent('file://letters.csv')}`).rows(),
    ).toHaveLength(3);
    const [head, first] = (await readFile(join(root, 'letters.csv'), 'utf8')).split('\n');
    expect(head).toBe('position,code,reason,message,sample,failed_at');
    expect(first).toMatch(/^in\.csv:2,VS4302,field-count,/);
  });

  test('end the query where the strategy says so, or there is nowhere to put them', async () => {
    const root = await folderWith({ 'in.csv': DATA });
    await expect(query(root, 'failure_strategy=FailBatch').rows()).rejects.toMatchObject({
      code: 'VS4818',
      message: expect.stringContaining('in.csv:2'),
    });
    await expect(query(root, 'failure_strategy=SendToDLQ').rows()).rejects.toMatchObject({ code: 'VS4817' });
    await expect(query(root, 'failure_strategy=SendToDLQ&dead.letter.queue.file=../out.jsonl').rows()).rejects.toMatchObject({
      code: 'VS4817',
    });
    expect(await query(root, 'failure_strategy=LogAndContinue').rows()).toHaveLength(3);
  });

  test('leave whole lines in their file, whatever a crash left', async () => {
    const root = await folderWith();
    const path = join(root, 'dead.jsonl');
    const first = fileDeadLetters('dead.jsonl', new Roots([root]));
    await first.write([letter('a:1')], signal);
    await first.close();
    await appendFile(path, '{"position":"a:2","co');
    const second = fileDeadLetters('dead.jsonl', new Roots([root]));
    await second.write([letter('a:2')], signal);
    await second.close();
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { position: string }).position)).toEqual(['a:1', 'a:2']);
  });
});
