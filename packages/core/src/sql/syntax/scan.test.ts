import { describe, expect, test } from 'vitest';
import { scan } from './scan.ts';

const images = (sql: string): string[] => scan(sql).tokens.map((token) => token.image);
const values = (sql: string): string[] => scan(sql).tokens.map((token) => token.value);
const problems = (sql: string): string[] => scan(sql).problems.map((p) => `${p.reason} ${p.span.start}-${p.span.end} ${p.message}`);

describe('scanning', () => {
  test.each([
    ['a  \t\r\n\u00a0\ufeffb', ['a', 'b']],
    ['5m 5east 1.5E-3 1e5 1e 3. .5 t.5', ['5', 'm', '5', 'east', '1.5E-3', '1e5', '1', 'e', '3.', '.5', 't', '.', '5']],
    ['a.b a .5 )[1].5', ['a', '.', 'b', 'a', '.5', ')', '[', '1', ']', '.', '5']],
    ['<> <= >= != || :: -> ->> !~ ~', ['<>', '<=', '>=', '!=', '||', '::', '->', '->>', '!~', '~']],
    ['a->>b a- -b', ['a', '->>', 'b', 'a', '-', '-', 'b']],
    ['größe 名前 _a1', ['größe', '名前', '_a1']],
    ['kafka://h:9092/t?x=1&y=(2 file:///a-*.json, s3://b/p;', ['kafka://h:9092/t?x=1&y=(2', 'file:///a-*.json', ',', 's3://b/p', ';']],
    ['a://b--c d', ['a://b--c', 'd']],
  ])('cuts %j', (sql, expected) => {
    expect(images(sql)).toEqual(expected);
    expect(problems(sql)).toEqual([]);
  });

  test('takes a doubled quote for one, in every kind of quotes', () => {
    expect(values(`'it''s' "a""b" \`c\`\`d\` '' ''''`)).toEqual(["it's", 'a"b', 'c`d', '', "'"]);
  });

  test('leaves backslashes, comment marks and semicolons in strings alone', () => {
    expect(values(`'a\\' '--' "/*;*/"`)).toEqual(['a\\', '--', '/*;*/']);
  });

  test('keeps comments, a block comment by lines, with their places', () => {
    const sql = '-- one\na /* two\n * three */ b --four\r\n';
    const { comments } = scan(sql);
    expect(comments.map((c) => c.text)).toEqual(['one', 'two', 'three', 'four']);
    expect(comments.map((c) => sql.slice(c.span.start, c.span.end))).toEqual(['-- one', ' two', ' * three ', '--four\r']);
  });

  test('does not nest comments', () => {
    expect(images('/* a /* b */ c')).toEqual(['c']);
  });

  test.each([
    ["a 'b", ['unterminated 2-4 unterminated string']],
    ['a "b', ['unterminated 2-4 unterminated string']],
    ['a `b', ['unterminated 2-4 unterminated quoted name']],
    ['a /* b', ['unterminated 2-4 unterminated comment']],
    ['a ! b', ['unexpected-character 2-3 unexpected character "!"']],
    ['a | b', ['unexpected-character 2-3 unexpected character "|"']],
    ['# x', ['unexpected-character 0-1 unexpected character "#"']],
    ['a \u0000\u0001 b', ['unexpected-character 2-4 unexpected character U+0000']],
    ['😀😀 a', ['unexpected-character 0-4 unexpected character "😀"']],
    ['\ud800 a', ['unexpected-character 0-1 unexpected character U+D800']],
    ['a \u2028 b', ['unexpected-character 2-3 unexpected character U+2028']],
    [
      '$0 {x} @y ^ \\ ?',
      ['$', '{', '}', '@', '^', '\\', '?'].map(
        (c, i) => `unexpected-character ${[0, 3, 5, 7, 10, 12, 14][i]}-${[1, 4, 6, 8, 11, 13, 15][i]} unexpected character "${c}"`,
      ),
    ],
  ])('reports %j and goes on', (sql, expected) => {
    expect(problems(sql)).toEqual(expected);
  });

  test('suggests what was meant by a lone "!" or "|"', () => {
    expect(scan('!').problems[0]?.hint).toContain('"!="');
    expect(scan('|').problems[0]?.hint).toContain('"||"');
  });

  test('ends an open string with its line, so that the next line is read', () => {
    expect(images("a 'b\nc")).toEqual(['a', "'b", 'c']);
  });
});
