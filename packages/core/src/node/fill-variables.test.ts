// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts hold the variables of scripts
import { describe, expect, test } from 'vitest';
import { fillVariables } from './fill-variables.ts';

const fill = (sql: string, values: Record<string, string> = {}): string => fillVariables(sql, new Map(Object.entries(values)));

describe('fillVariables', () => {
  test('fills quoted texts and doubles quotes', () => {
    expect(fill("WHERE a = '${x}' AND b = 'pre-${x}'", { x: "it's" })).toBe("WHERE a = 'it''s' AND b = 'pre-it''s'");
    expect(fill('FROM "${x}"', { x: 'a"b' })).toBe('FROM "a""b"');
  });

  test('takes the default where there is no value', () => {
    expect(fill("'${x:-none}' '${y:-}'")).toBe("'none' ''");
    expect(fill("'${x:-none}'", { x: 'some' })).toBe("'some'");
  });

  test('leaves comments, quoted names and bare text alone', () => {
    const sql = "SELECT `${a}` -- '${b}'\n/* '${c}' */ FROM t LIMIT ${d}";
    expect(fill(sql)).toBe(sql);
  });

  test('a missing value is named, with the script’s own words where it has some', () => {
    expect(() => fill("'${x}'")).toThrow('variable "x" has no value');
    expect(() => fill("'${x:?which symbol}'")).toThrow('which symbol');
  });

  test('a value that nothing uses is a typing error', () => {
    expect(() => fill("'${symbol:-A}'", { symbl: 'B' })).toThrow('the script has no variable "symbl"');
  });
});
