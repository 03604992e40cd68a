import {
  Alternation,
  Alternative,
  type BaseParser,
  createToken,
  type IProduction,
  Lexer,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Rule,
  Terminal,
  type TokenType,
} from 'chevrotain';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TokenType as OwnType } from '../token.ts';
import { tokenTypeCount } from '../token.ts';
import * as vocabulary from '../token-types.ts';
import { sqlParser } from './parser.ts';
import { firstsOf, marks, type Production } from './production.ts';

const isType = (x: unknown): x is OwnType => typeof x === 'object' && x !== null && 'members' in x;
const ownTypes = [...Object.values(vocabulary), ...Object.values(vocabulary.K)].filter(isType);

/** The same vocabulary and grammar as chevrotain's own objects. */
function toChevrotain(recorded: ReadonlyMap<string, readonly Production[]>) {
  const types = new Map<OwnType, TokenType>();
  const typeOf = (own: OwnType): TokenType => {
    const known = types.get(own) ?? createToken({ name: own.name, pattern: Lexer.NA, categories: own.categories.map(typeOf) });
    types.set(own, known);
    return known;
  };
  ownTypes.forEach(typeOf);
  const rules = new Map([...recorded.keys()].map((name) => [name, new Rule({ name, definition: [] })]));
  const one = (part: Production): IProduction => {
    if (part.is === 'token') return new Terminal({ terminalType: typeOf(part.type) });
    if (part.is === 'rule') return new NonTerminal({ nonTerminalName: part.name, referencedRule: rules.get(part.name) as Rule });
    if (part.is === 'choice') {
      const definition = part.alternatives.map((body) => new Alternative({ definition: body.map(one), ignoreAmbiguities: part.gated }));
      return Object.assign(new Alternation({ idx: part.key, definition }), { hasPredicates: part.gated });
    }
    const o = { idx: part.key, definition: part.body.map(one) };
    if (part.separator) {
      const separated = { ...o, separator: typeOf(part.separator) };
      return part.is === 'optional' ? new RepetitionWithSeparator(separated) : new RepetitionMandatoryWithSeparator(separated);
    }
    if (!part.repeats) return new Option(o);
    return part.is === 'optional' ? new Repetition(o) : new RepetitionMandatory(o);
  };
  for (const [name, body] of recorded) (rules.get(name) as Rule).definition = body.map(one);
  return { rules, types };
}

function* places(body: readonly Production[]): Generator<Place> {
  for (const part of body) {
    if (part.is === 'token' || part.is === 'rule') continue;
    yield part;
    for (const inner of part.is === 'choice' ? part.alternatives : [part.body]) yield* places(inner);
  }
}

type Place = Exclude<Production, { is: 'token' | 'rule' }>;

function prodTypeOf(place: Exclude<Place, { is: 'choice' }>) {
  if (!place.repeats) return 'Option';
  return `Repetition${place.is === 'optional' ? '' : 'Mandatory'}${place.separator ? 'WithSeparator' : ''}` as const;
}

/** What chevrotain decides at a place for a token type: the way to take, or whether to go in. */
function decisions(rule: Rule, place: Place): (type: TokenType) => number | boolean | undefined {
  const common = { prodOccurrence: place.key, rule, maxLookahead: 1, dynamicTokensEnabled: false };
  const next = (type: TokenType) => ({ LA_FAST: () => ({ tokenTypeIdx: type.tokenTypeIdx }) }) as unknown as BaseParser;
  if (place.is === 'choice') {
    const decide = strategy.buildLookaheadForAlternation({ ...common, hasPredicates: place.gated });
    const ways = place.alternatives.map(() => ({ ALT: () => undefined }));
    return (type) => decide.call(next(type), ways);
  }
  const decide = strategy.buildLookaheadForOptional({ ...common, prodType: prodTypeOf(place) });
  return (type) => decide.call(next(type));
}

const strategy = new LLkLookaheadStrategy({ maxLookahead: 1 });

describe('grammar, checked by chevrotain', () => {
  let recorded: ReadonlyMap<string, readonly Production[]>;
  let chevrotain: ReturnType<typeof toChevrotain>;
  beforeAll(() => {
    recorded = sqlParser().recordGrammar();
    chevrotain = toChevrotain(recorded);
  });

  test('has no ambiguity, left recursion or empty way', () => {
    const tokenTypes = [...chevrotain.types.values()];
    const errors = strategy.validate({ rules: [...chevrotain.rules.values()], tokenTypes, grammarName: 'sql' });
    expect(errors.map((error) => error.message)).toEqual([]);
  });

  test('decides by the next token as chevrotain does, at every place', () => {
    const firsts = firstsOf(recorded);
    let count = 0;
    for (const [name, body] of recorded) {
      const rule = chevrotain.rules.get(name) as Rule;
      for (const place of places(body)) {
        const ways = (place.is === 'choice' ? place.alternatives : [place.body]).map((way) => marks(firsts(way), tokenTypeCount()));
        const wanted = decisions(rule, place);
        for (const [own, type] of chevrotain.types) {
          const mine = ways.findIndex((way) => way[own.index] === 1);
          const said = place.is === 'choice' ? (mine < 0 ? undefined : mine) : mine === 0;
          expect([name, place.key, own.name, said]).toEqual([name, place.key, own.name, wanted(type)]);
          count++;
        }
      }
    }
    expect(count).toBeGreaterThan(10_000);
  });
});
