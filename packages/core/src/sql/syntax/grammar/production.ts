import type { TokenType } from '../token.ts';

/** Part of a rule as recorded: what its calls of the parser's methods say about the language. */
export type Production =
  | { readonly is: 'token'; readonly type: TokenType }
  | { readonly is: 'rule'; readonly name: string }
  | { readonly is: 'choice'; readonly key: number; readonly gated: boolean; readonly alternatives: readonly Production[][] }
  /** Once or not at all; with `separator`, or `repeats`, any number of times. */
  | {
      readonly is: 'optional' | 'mandatory';
      readonly key: number;
      readonly repeats: boolean;
      readonly separator: TokenType | undefined;
      readonly body: Production[];
    };

export type Productions = ReadonlyMap<string, readonly Production[]>;

/** The types that a piece of text may start with, in the order of the grammar, and whether it may be empty. */
export interface Firsts {
  readonly types: readonly TokenType[];
  readonly empty: boolean;
}

/** First tokens of the parts of a grammar; those of a rule are worked out once. */
export function firstsOf(rules: Productions): (body: readonly Production[]) => Firsts {
  const known = new Map<string, Firsts>();
  const ofRule = (name: string): Firsts => {
    const found = known.get(name) ?? sequence(rules.get(name) ?? []);
    known.set(name, found);
    return found;
  };
  const ofPart = (part: Production): Firsts => {
    switch (part.is) {
      case 'token':
        return { types: [part.type], empty: false };
      case 'rule':
        return ofRule(part.name);
      case 'choice': {
        const ways = part.alternatives.filter((body) => body.length > 0).map(sequence);
        return { types: ways.flatMap((way) => way.types), empty: ways.some((way) => way.empty) };
      }
      default: {
        const { types, empty } = sequence(part.body);
        return { types, empty: empty || part.is === 'optional' };
      }
    }
  };
  const sequence = (body: readonly Production[]): Firsts => {
    const types: TokenType[] = [];
    for (const part of body) {
      const first = ofPart(part);
      for (const type of first.types) if (!types.some((other) => other === type || other.members.has(type))) types.push(type);
      if (!first.empty) return { types, empty: false };
    }
    return { types, empty: true };
  };
  return sequence;
}

/** One byte a token type: 1 where a piece of text may start with it. */
export function marks({ types, empty }: Firsts, count: number): Uint8Array {
  const at = new Uint8Array(count).fill(empty ? 1 : 0);
  for (const type of types) {
    at[type.index] = 1;
    for (const member of type.members) at[member.index] = 1;
  }
  return at;
}
