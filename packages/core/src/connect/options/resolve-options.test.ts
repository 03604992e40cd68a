import { describe, expect, test } from 'vitest';
import { defineOptions } from './define-options.ts';
import { nearestName } from './nearest-name.ts';
import { choice, count, flag, requiredText, text } from './option.ts';
import { resolveOptions } from './resolve-options.ts';
import { uriParts } from './uri-parts.ts';

const owner = {
  name: 'file',
  options: defineOptions({
    path: requiredText({ about: 'Where.' }),
    header: flag({ about: 'Names in the first line.', default: true, aliases: ['has_headers', 'csv.has.header'] }),
    max_records: count({ about: 'At most.' }),
    delimiter: text({ about: 'Between fields.', default: ',', length: 1 }),
    format: choice(['csv', 'jsonl'], { about: 'Kind.', default: 'csv' }),
  }),
};

describe('resolveOptions', () => {
  test('reads SQL text and API values alike', () => {
    const expected = { path: 'a', header: false, max_records: 5, delimiter: ';', format: 'jsonl' };
    expect(resolveOptions(owner, { path: 'a', header: 'FALSE', max_records: '5', delimiter: ';', format: 'JSONL' })).toEqual(expected);
    expect(resolveOptions(owner, { path: 'a', header: false, max_records: 5, delimiter: ';', format: 'jsonl' })).toEqual(expected);
  });

  test('puts in defaults and follows aliases, whatever their separators and case', () => {
    expect(resolveOptions(owner, { path: 'a', HasHeaders: 'no' })).toMatchObject({ header: false, delimiter: ',' });
    expect(resolveOptions(owner, { path: 'a', csv_has_header: 'off', 'max.records': 3 })).toMatchObject({ header: false, max_records: 3 });
  });

  test('warns of unknown options with the nearest name and ignores those that others know', () => {
    const warnings: string[] = [];
    resolveOptions(owner, { path: 'a', delimeter: ';', topic: 'x' }, { warn: (m) => warnings.push(m), known: ['topic'] });
    expect(warnings).toEqual(['connector "file" has no option "delimeter". It is ignored. Did you mean "delimiter"?']);
  });

  test.each([
    [{}, 'VS4101', 'path'],
    [{ path: 'a', header: 'perhaps' }, 'VS4101', 'header'],
    [{ path: 'a', max_records: '-1' }, 'VS4101', 'max_records'],
    [{ path: 'a', max_records: '1.5' }, 'VS4101', 'max_records'],
    [{ path: 'a', delimiter: ';;' }, 'VS4101', 'delimiter'],
    [{ path: 'a', format: 'xml' }, 'VS4101', 'format'],
    [{ path: 'a', header: true, has_headers: false }, 'VS4103', 'has_headers'],
  ])('refuses %j', (input, code, option) => {
    expect(() => resolveOptions(owner, input)).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(option) }));
  });

  test('treats hostile names as unknown options', () => {
    const input = JSON.parse('{"path":"a","__proto__":{"header":false},"constructor":1}') as Record<string, unknown>;
    const warnings: string[] = [];
    expect(resolveOptions(owner, input, { warn: (m) => warnings.push(m) }).header).toBe(true);
    expect(warnings).toHaveLength(2);
  });
});

test('nearestName finds slips and leaves strangers alone', () => {
  expect(nearestName('polling_intervall', ['polling_interval', 'path'])).toBe('polling_interval');
  expect(nearestName('Max-Records', ['max_records'])).toBe('max_records');
  expect(nearestName('kafka', ['path', 'format'])).toBeUndefined();
});

test('uriParts takes a URI apart', () => {
  expect(uriParts('file:///data/a%20b.csv?header=false&x=1%262')).toEqual({
    scheme: 'file',
    path: '/data/a b.csv',
    query: { header: 'false', x: '1&2' },
  });
  expect(uriParts('file://100%.csv')?.path).toBe('100%.csv');
  expect(uriParts('trades')).toBeUndefined();
});
