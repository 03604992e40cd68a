import { testingError } from '../../diagnostics/codes/testing.ts';

/** The small language of derived fields, templates and filters. */
export type Node =
  | { readonly kind: 'number'; readonly value: number; readonly whole: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Node; readonly name: string }
  | { readonly kind: 'index'; readonly of: Node; readonly index: Node }
  | { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly arg: Node }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Node; readonly right: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  /** `value for name in list if condition` */
  | { readonly kind: 'each'; readonly value: Node; readonly name: string; readonly list: Node; readonly condition: Node | null };

export type BinaryOp = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or' | 'in';

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
}

const SIGNS = /^(?:==|!=|<>|<=|>=|&&|\|\||[-+*/%<>=!().,[\]|])/;
const LEVELS: readonly (readonly string[])[] = [['or'], ['and'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/', '%']];
const ALIASES: Readonly<Record<string, string>> = { '=': '==', '<>': '!=', '&&': 'and', '||': 'or', '!': 'not' };
const DEPTH_MAX = 100;

/** Parses one expression; `{{` and `}}` are optional and stand for nothing. Throws `test-expression`. */
export function parseTestExpression(text: string): Node {
  return new ExpressionReader(text).read();
}

function tokenize(source: string): Token[] {
  const text = source.replaceAll('{{', '(').replaceAll('}}', ')');
  const tokens: Token[] = [];
  let at = 0;
  const fail = (problem: string): never => {
    throw testingError('VS5406', { expression: source, problem });
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(rest)?.[0];
    const name = /^[A-Za-z_][\w]*/.exec(rest)?.[0];
    const sign = SIGNS.exec(rest)?.[0];
    if (space) at += space.length;
    else if (number) {
      tokens.push({ kind: 'number', text: number });
      at += number.length;
    } else if (name) {
      const word = /^(and|or|not|in)$/i.test(name);
      tokens.push({ kind: word ? 'sign' : 'name', text: word ? name.toLowerCase() : name });
      at += name.length;
    } else if (rest[0] === '"' || rest[0] === "'") {
      const close = rest.indexOf(rest[0], 1);
      if (close < 0) fail('a text has no closing quote');
      tokens.push({ kind: 'text', text: rest.slice(1, close) });
      at += close + 1;
    } else if (sign) {
      tokens.push({ kind: 'sign', text: ALIASES[sign] ?? sign });
      at += sign.length;
    } else fail(`"${rest[0]}" is not understood`);
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

class ExpressionReader {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenize(source);
  }

  read(): Node {
    const node = this.level(0);
    if (this.peek().kind !== 'end') this.fail(`"${this.peek().text}" is one too many`);
    return node;
  }

  private peek(): Token {
    return this.tokens[this.at] as Token;
  }

  private isSign(...texts: readonly string[]): boolean {
    return this.peek().kind === 'sign' && texts.includes(this.peek().text);
  }

  private expect(text: string): void {
    if (!this.isSign(text)) this.fail(`"${text}" is missing`);
    this.at++;
  }

  private fail(problem: string): never {
    throw testingError('VS5406', { expression: this.source, problem });
  }

  private level(n: number): Node {
    if (++this.depth > DEPTH_MAX) this.fail('it is nested too deeply');
    const operators = LEVELS[n];
    let left = operators === undefined ? this.unary() : this.level(n + 1);
    while (operators && this.isSign(...operators)) {
      const op = this.peek().text as BinaryOp;
      this.at++;
      left = { kind: 'binary', op, left, right: this.level(n + 1) };
    }
    this.depth--;
    return left;
  }

  private unary(): Node {
    if (this.isSign('-')) {
      this.at++;
      return { kind: 'unary', op: '-', arg: this.unary() };
    }
    if (this.isSign('not')) {
      this.at++;
      return { kind: 'unary', op: 'not', arg: this.level(2) };
    }
    return this.postfix(this.primary());
  }

  private postfix(node: Node): Node {
    let result = node;
    for (;;) {
      if (this.isSign('.')) {
        this.at++;
        const name = this.peek();
        if (name.kind !== 'name') this.fail('a name is missing behind "."');
        this.at++;
        result = { kind: 'member', of: result, name: name.text };
      } else if (this.isSign('[')) {
        this.at++;
        const index = this.level(0);
        this.expect(']');
        result = { kind: 'index', of: result, index };
      } else return result;
    }
  }

  private primary(): Node {
    const token = this.peek();
    this.at++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text), whole: /^\d+$/.test(token.text) };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'name':
        return this.named(token.text);
      default:
        if (token.kind === 'sign' && token.text === '(') {
          const inner = this.level(0);
          this.expect(')');
          return inner;
        }
        return this.fail(token.kind === 'end' ? 'it ends too early' : `"${token.text}" stands in the wrong place`);
    }
  }

  private named(name: string): Node {
    const word = name.toLowerCase();
    if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true' };
    if (word === 'null' || word === 'none') return { kind: 'constant', value: null };
    if (!this.isSign('(')) return { kind: 'name', name };
    this.at++;
    const args: Node[] = [];
    while (!this.isSign(')')) {
      if (args.length > 0) this.expect(',');
      args.push(this.comprehension());
    }
    this.at++;
    return { kind: 'call', name: word, args };
  }

  private comprehension(): Node {
    const value = this.level(0);
    if (!(this.peek().kind === 'name' && this.peek().text === 'for')) return value;
    this.at++;
    const name = this.peek().text;
    this.at++;
    this.expect('in');
    const list = this.level(0);
    let condition: Node | null = null;
    if (this.peek().kind === 'name' && this.peek().text === 'if') {
      this.at++;
      condition = this.level(0);
    }
    return { kind: 'each', value, name, list, condition };
  }
}

/** Names that an expression reads, outside of calls. */
export function namesIn(node: Node): Set<string> {
  const found = new Set<string>();
  const walk = (n: Node): void => {
    if (n.kind === 'name') found.add(n.name);
    else if (n.kind === 'member') walk(n.of);
    else if (n.kind === 'index') for (const x of [n.of, n.index]) walk(x);
    else if (n.kind === 'unary') walk(n.arg);
    else if (n.kind === 'binary') for (const x of [n.left, n.right]) walk(x);
    else if (n.kind === 'call') n.args.forEach(walk);
    else if (n.kind === 'each') for (const x of [n.value, n.list, ...(n.condition ? [n.condition] : [])]) walk(x);
  };
  walk(node);
  return found;
}
