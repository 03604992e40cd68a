import { provideWholeLanguage } from '../bind/whole-language.ts';
import { findFunction } from '../functions/registry.ts';
import { signatureOf } from '../functions/signature.ts';
import * as t from '../syntax/token-types.ts';
import { cursorAt, openBrackets, upper } from './cursor.ts';
import type { LanguageOptions } from './scope.ts';

/** The call around a cursor, for an editor's parameter hints. */
export interface Signature {
  readonly label: string;
  readonly parameters: readonly { readonly label: string; readonly documentation?: string }[];
  /** 0-based; stays on the last parameter where that may repeat. */
  readonly activeParameter: number;
  readonly documentation?: string;
}

type Form = Omit<Signature, 'activeParameter'>;
const form = (label: string, parameters: readonly string[], documentation: string): Form => ({
  label,
  parameters: parameters.map((p) => ({ label: p })),
  documentation,
});

/** Forms with brackets that are no functions. */
const FORMS: Readonly<Record<string, Form>> = {
  TUMBLING: form('TUMBLING([time,] size)', ['time', 'size'], 'Windows of one size, one after the other.'),
  SLIDING: form('SLIDING([time,] size, advance)', ['time', 'size', 'advance'], 'Overlapping windows, a new one every advance.'),
  HOPPING: form('HOPPING([time,] size, advance)', ['time', 'size', 'advance'], 'Another spelling of SLIDING.'),
  SESSION: form('SESSION([time,] gap [, key])', ['time', 'gap', 'key'], 'Windows that end when a group is silent for the gap.'),
  CAST: form('CAST(value AS type)', ['value AS type'], 'The value as another type; fails where it does not fit.'),
  TRY_CAST: form('TRY_CAST(value AS type)', ['value AS type'], 'The value as another type; NULL where it does not fit.'),
  EXTRACT: form('EXTRACT(part FROM time)', ['part FROM time'], 'One part of a time, such as HOUR.'),
};

/** The function call around `offset` and the argument that is being written; null outside calls. Works on text that does not parse. */
export function signature(sql: string, offset: number, _options: LanguageOptions = {}): Signature | null {
  provideWholeLanguage();
  const cursor = cursorAt(sql, offset);
  if (cursor.comment) return null;
  const { tokens } = cursor;
  const inside = tokens.findIndex((token) => token.endOffset + 1 > cursor.offset);
  const index = inside < 0 ? tokens.length : inside;
  for (const open of openBrackets(tokens, index).reverse()) {
    const name = tokens[open - 1];
    const found =
      tokens[open]?.tokenType === t.LParen && name ? describe(name.image, tokens[open - 2] ? upper(tokens[open - 2]) : '') : undefined;
    if (!found) {
      // a bracket of its own ends the search only when it holds a query
      if (/^(SELECT|WITH)$/.test(upper(tokens[open + 1]))) return null;
      continue;
    }
    let argument = 0;
    let depth = 0;
    for (let i = open + 1; i < index; i++) {
      const type = tokens[i]?.tokenType;
      if (type === t.LParen || type === t.LBracket) depth++;
      else if (type === t.RParen || type === t.RBracket) depth--;
      else if (type === t.Comma && depth === 0) argument++;
    }
    return { ...found, activeParameter: Math.max(0, Math.min(argument, found.parameters.length - 1)) };
  }
  return null;
}

function describe(name: string, before: string): Form | undefined {
  const word = name.toUpperCase();
  if (Object.hasOwn(FORMS, word)) return FORMS[word];
  const definition = before === '.' ? undefined : findFunction(name);
  if (!definition) return undefined;
  return {
    label: signatureOf(definition),
    parameters: definition.parameters.map((p) => ({ label: p.name, documentation: p.description ?? `takes ${p.takes}` })),
    documentation: definition.summary,
  };
}
