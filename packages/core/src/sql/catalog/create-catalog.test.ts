import { describe, expect, test } from 'vitest';
import { VeloError } from '../../diagnostics/velo-error.ts';
import { assumedRelation, catalogOf, catalogRelation, createCatalog, layeredCatalog } from './create-catalog.ts';

describe('createCatalog', () => {
  test('gives relations with typed columns', () => {
    const catalog = createCatalog({
      trades: {
        columns: [
          { name: 'price', type: 'DECIMAL(18,4)', nullable: false, tags: ['pii'] },
          { name: 'ts', type: 'timestamp' },
        ],
        eventTime: 'ts',
        description: 'all trades',
      },
      users: { kind: 'table', key: ['id'], columns: [{ name: 'id', type: 'BIGINT' }] },
    });
    expect(catalog.names()).toEqual(['trades', 'users']);
    expect(catalog.find('trades')).toMatchObject({
      kind: 'stream',
      fields: [
        { name: 'price', type: { kind: 'decimal', precision: 18, scale: 4 }, nullable: false },
        { name: 'ts', type: { kind: 'timestamp' }, nullable: true },
      ],
      open: false,
      eventTime: 'ts',
      watermarkDelayMs: 0,
      key: [],
      description: 'all trades',
      origin: 'declared',
    });
    expect(catalog.find('trades')?.columns.get('price')?.tags).toEqual(['pii']);
    expect(catalog.find('users')).toMatchObject({ kind: 'table', key: ['id'] });
  });

  test('names are case-sensitive data', () => {
    const catalog = createCatalog({ ['__proto__']: { columns: [] }, constructor: { columns: [] } });
    expect(catalog.names()).toEqual(['__proto__', 'constructor']);
    expect(catalog.find('Constructor')).toBeUndefined();
    expect(createCatalog({}).find('toString')).toBeUndefined();
  });

  test('a type that does not exist names column and relation', () => {
    const make = () => createCatalog({ t: { columns: [{ name: 'a', type: 'INTT' }] } });
    expect(make).toThrow(VeloError);
    expect(make).toThrow('data type "INTT" does not exist (column "a" of "t")');
  });
});

describe('layers', () => {
  const base = catalogOf([
    catalogRelation('a', { columns: [] }),
    catalogRelation('b', { columns: [] }, { watermarkDelayMs: 5, open: true }),
  ]);

  test('the upper layer hides the lower one and may still grow', () => {
    const over = new Map([['b', assumedRelation('b', 'table')]]);
    const catalog = layeredCatalog(base, over);
    expect(base.find('b')).toMatchObject({ watermarkDelayMs: 5, open: true });
    expect(catalog.find('a')?.origin).toBe('declared');
    expect(catalog.find('b')).toMatchObject({ origin: 'assumed', kind: 'table', open: true });
    over.set('c', assumedRelation('c'));
    expect(catalog.names()).toEqual(['a', 'b', 'c']);
    expect(catalog.find('c')?.kind).toBe('stream');
  });
});
