import { describe, expect, test } from 'vitest';
import { readSqlFile } from '../page/conversation/sql-file.ts';

const refusal = async (file: Pick<File, 'name' | 'size' | 'text'>): Promise<string | undefined> => {
  const read = await readSqlFile(file);
  return read.kind === 'refused' ? read.why : undefined;
};

describe('a file given to the composer', () => {
  test('is its text where it is SQL', async () => {
    expect(await readSqlFile(new File(['SELECT 1'], 'one.sql'))).toEqual({ kind: 'text', text: 'SELECT 1' });
  });

  test.each(['trades.csv', 'trades.CSV.gz', 'trades.parquet'])('%s is told to be connected, and not read', async (name) => {
    const text = (): never => {
      throw new Error('read');
    };
    expect(await refusal({ name, size: 200_000_000, text })).toContain(`connect file:///<folder>/${name}`);
  });

  test('is refused with a reason where it is empty, too long, not text, a notebook, or a folder', async () => {
    const gone = { name: 'queries', size: 96, text: () => Promise.reject(new Error('NotFoundError')) };
    expect(await refusal(new File([], 'none.sql'))).toBe('"none.sql" is empty.');
    expect(await refusal(new File(['x'.repeat(600 * 1024)], 'long.sql'))).toBe('"long.sql" has 600 KB. A file with SQL may have 512 KB.');
    expect(await refusal(new File(['\x89PNG\0'], 'picture.png'))).toBe('"picture.png" is not text. A file with SQL is.');
    expect(await refusal(new File(['{}'], 'mine.velo.json'))).toContain('is a notebook');
    expect(await refusal(gone)).toContain('could not be read');
  });
});
