import type { Expr } from '../../../sql/bind/expression.ts';
import type { Code } from './code.ts';
import type { Child } from './emit-call.ts';
import { emitStrict } from './emit-strict.ts';
import { nullOf, type Rep, scalarCode, textCode, type Value } from './value.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** AND and OR from left to right: the first decisive value ends them, NULL leaves them undecided. */
export function emitConnective(expr: Of<'and' | 'or'>, code: Code, child: Child): Value {
  const result = code.fresh('b');
  const undecided = code.fresh('n');
  const label = code.fresh('L');
  const decisive = expr.kind === 'or';
  let mayBeNull = false;
  // The first is calculated always: what it is made of may serve others too.
  const first = boolean(expr.args[0]!, child(expr.args[0]!), code);
  code.add(`let ${result} = ${!decisive}, ${undecided} = false;`);
  code.block(`${label}:`, () => {
    for (const arg of expr.args) {
      const value = arg === expr.args[0] ? first : boolean(arg, child(arg), code);
      const decides = decisive ? value.code : `!${value.code}`;
      const end = `${result} = ${decisive}; ${undecided} = false; break ${label};`;
      if (value.isNull === null) code.add(`if (${decides}) { ${end} }`);
      else {
        mayBeNull = true;
        code.add(`if (${value.isNull}) ${undecided} = true; else if (${decides}) { ${end} }`);
      }
    }
  });
  return { rep: 'bool', code: result, isNull: mayBeNull ? undecided : null };
}

/** A value as a boolean; what has another type at run time is refused by the interpreter's rule. */
function boolean(expr: Expr, value: Value, code: Code): Extract<Value, { rep: 'bool' }> {
  if (value.rep === 'bool') return value;
  const refusal: Expr = { kind: 'and', args: [expr], type: { kind: 'boolean' } };
  const checked = emitStrict(
    refusal,
    [expr],
    ([part]) => ({ ...refusal, args: [part!] }),
    code,
    () => value,
  );
  // A connective has a boolean type.
  return checked as Extract<Value, { rep: 'bool' }>;
}

export function emitNot(expr: Of<'not'>, code: Code, child: Child): Value {
  const value = boolean(expr.arg, child(expr.arg), code);
  if (value.isNull === null) return { rep: 'bool', code: `!${value.code}`, isNull: null };
  if (expr.twoValued !== true) return { rep: 'bool', code: `!${value.code}`, isNull: value.isNull };
  return { rep: 'bool', code: `(${value.isNull} || !${value.code})`, isNull: null };
}

export function emitIs(expr: Of<'is'>, code: Code, child: Child): Value {
  const value = child(expr.arg);
  const missing = nullOf(value);
  if (expr.test === 'null') {
    const test = missing ?? 'false';
    return { rep: 'bool', code: expr.negated ? `!(${test})` : `(${test})`, isNull: null };
  }
  const result = code.fresh('b');
  const wanted = expr.test === 'true';
  const plain = value.rep === 'bool' || value.rep === 'any' ? value.code : 'null';
  code.add(`const ${result} = (${missing === null ? '' : `!(${missing}) && `}${plain} === ${wanted}) !== ${expr.negated};`);
  return { rep: 'bool', code: result, isNull: null };
}

/** Truth of numbers and strings in place. */
export function emitTruth(expr: Of<'truth'>, code: Code, child: Child): Value {
  const value = child(expr.arg);
  switch (value.rep) {
    case 'bool':
      return value;
    case 'num':
      return { rep: 'bool', code: `(${value.code} !== 0)`, isNull: value.isNull };
    case 'str':
    case 'dict':
      return { rep: 'bool', code: `(${textCode(value)} !== '')`, isNull: value.isNull };
    case 'any':
      return emitStrict(
        expr,
        [expr.arg],
        ([part]) => ({ ...expr, arg: part! }),
        code,
        () => value,
      );
  }
}

/** Branches are blocks of their own, so that only the one that is taken is calculated. */
export function emitCase(expr: Of<'case'>, code: Code, child: Child): Value {
  const merge = new Merged(expr, code);
  const label = code.fresh('L');
  code.block(`${label}:`, () => {
    for (const { condition, result } of expr.whens) {
      const test = boolean(condition, child(condition), code);
      const holds = test.isNull === null ? test.code : `!(${test.isNull}) && ${test.code}`;
      code.block(`if (${holds})`, () => {
        merge.assign(child(result));
        code.add(`break ${label};`);
      });
    }
    if (expr.otherwise !== null) merge.assign(child(expr.otherwise));
  });
  return merge.finish();
}

export function emitCoalesce(expr: Of<'coalesce'>, code: Code, child: Child): Value {
  const merge = new Merged(expr, code);
  const label = code.fresh('L');
  code.block(`${label}:`, () => {
    for (const arg of expr.args) {
      const value = child(arg);
      const missing = nullOf(value);
      if (missing === null) {
        merge.assign(value);
        code.add(`break ${label};`);
        return;
      }
      code.block(`if (!(${missing}))`, () => {
        merge.assign(value.rep === 'any' ? value : { ...value, isNull: null });
        code.add(`break ${label};`);
      });
    }
  });
  return merge.finish();
}

/** Where the branches of an expression meet: a scalar, or a number, boolean or string where the type says so. */
class Merged {
  private readonly code: Code;
  private readonly name: string;
  /** Whether it is NULL; empty for a scalar, which says so itself. */
  private readonly missing: string;
  private readonly rep: Exclude<Rep, 'dict'>;

  constructor(expr: Expr, code: Code) {
    this.code = code;
    this.name = code.fresh('m');
    this.rep = repOf(expr);
    this.missing = this.rep === 'any' ? '' : code.fresh('n');
    if (this.rep === 'any') code.add(`let ${this.name} = null;`);
    else code.add(`let ${this.name} = ${EMPTY[this.rep]}, ${this.missing} = true;`);
  }

  assign(value: Value): void {
    const { code, name, missing, rep } = this;
    if (rep === 'any') {
      code.add(`${name} = ${scalarCode(value)};`);
      return;
    }
    if (value.rep === 'any') {
      // Only exact numbers come as scalars here; one beyond 2^53 leaves the fast way.
      if (rep === 'num') code.add(`if (typeof ${value.code} === 'bigint') ${code.bail}`);
      code.add(`if (${value.code} !== null) { ${name} = ${value.code}; ${missing} = false; }`);
      return;
    }
    const plain = value.rep === 'dict' ? textCode(value) : value.code;
    if (value.isNull === null) code.add(`${name} = ${plain}; ${missing} = false;`);
    else code.add(`if (!(${value.isNull})) { ${name} = ${plain}; ${missing} = false; }`);
  }

  finish(): Value {
    return this.rep === 'any' ? { rep: 'any', code: this.name } : { rep: this.rep, code: this.name, isNull: this.missing };
  }
}

const EMPTY = { num: '0', bool: 'false', str: "''" } as const;

function repOf({ type }: Expr): Exclude<Rep, 'dict'> {
  switch (type.kind) {
    case 'float':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
    case 'integer':
    case 'decimal':
      return 'num';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    default:
      return 'any';
  }
}
