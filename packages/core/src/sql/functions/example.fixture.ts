import { assert } from '../../diagnostics/assert.ts';
import { toApi } from '../../values/api-value.ts';
import { compareScalars } from '../../values/compare.ts';
import { parseDecimal } from '../../values/decimal-text.ts';
import { negateExact } from '../../values/exact.ts';
import { fromApi } from '../../values/from-api.ts';
import { inferFields } from '../../values/infer-type.ts';
import { parseInterval, parseTimestamp } from '../../values/time-text.ts';
import {
  BOOLEAN,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  INTERVAL,
  NULL,
  type Scalar,
  type SqlType,
  STRING,
  TIMESTAMP,
} from '../../values/types.ts';
import { provideAllFunctions } from './all-functions.ts';
import type {
  AggregateFunction,
  AnalyticFunction,
  EvalContext,
  FunctionExample,
  PartitionView,
  ReturnRule,
  ScalarFunction,
} from './define.ts';
import { findFunction } from './registry.ts';

provideAllFunctions();

/** A typed expression of an example: literals, columns and calls. */
export type Node =
  | { readonly kind: 'literal'; readonly type: SqlType; readonly value: Scalar }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly star: boolean };

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(\d+\.\d+)|(\d+)|([A-Za-z_][A-Za-z0-9_]*)|([-(),*]))/y;

/** Reads the few forms that examples are written in. */
export function parseExample(sql: string): Node {
  const tokens: { readonly kind: 'text' | 'decimal' | 'integer' | 'name' | 'sign'; readonly text: string }[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < sql.length) {
    const at = TOKEN.lastIndex;
    const m = TOKEN.exec(sql);
    assert(m !== null, `example "${sql}" can be read at ${at}`);
    const kind = (['text', 'decimal', 'integer', 'name', 'sign'] as const)[m.slice(1).findIndex((group) => group !== undefined)]!;
    tokens.push({ kind, text: m.slice(1).find((group) => group !== undefined)! });
  }
  let at = 0;
  const expect = (text: string) => assert(tokens[at++]?.text === text, `"${text}" stands in "${sql}"`);
  const read = (): Node => {
    const { kind, text } = tokens[at++]!;
    if (kind === 'text') return { kind: 'literal', type: STRING, value: text.replaceAll("''", "'") };
    if (kind === 'integer') return { kind: 'literal', type: INTEGER, value: Number(text) };
    if (kind === 'decimal') {
      const { unscaled, scale } = parseDecimal(text)!;
      return { kind: 'literal', type: decimal(Math.max(scale, String(unscaled).length), scale), value: unscaled };
    }
    if (text === '-') {
      const node = read();
      assert(node.kind === 'literal', 'a sign stands before a literal');
      return { ...node, value: negateExact(node.value as number) };
    }
    switch (text) {
      case 'NULL':
        return { kind: 'literal', type: NULL, value: null };
      case 'TRUE':
      case 'FALSE':
        return { kind: 'literal', type: BOOLEAN, value: text === 'TRUE' };
      case 'DATE':
      case 'TIMESTAMP':
        if (tokens[at]?.kind !== 'text') break;
        return { kind: 'literal', type: text === 'DATE' ? DATE : TIMESTAMP, value: parseTimestamp(tokens[at++]!.text)! };
      case 'INTERVAL':
        return { kind: 'literal', type: INTERVAL, value: parseInterval(`${tokens[at++]!.text} ${tokens[at++]!.text}`)! };
    }
    if (tokens[at]?.text !== '(') return { kind: 'column', name: text };
    at++;
    const args: Node[] = [];
    let star = false;
    while (tokens[at]?.text !== ')') {
      if (tokens[at]?.text === '*') {
        star = true;
        at++;
      } else args.push(read());
      if (tokens[at]?.text === ',') at++;
    }
    expect(')');
    return { kind: 'call', name: text, args, star };
  };
  const node = read();
  assert(at === tokens.length, `"${sql}" is one expression`);
  return node;
}

/** A call site with its types: what the binder knows. */
export interface Typed {
  readonly type: SqlType;
  readonly constant: Scalar | undefined;
}

export function resultOf(returns: SqlType | ReturnRule, args: readonly Typed[]): SqlType {
  const result =
    typeof returns === 'function'
      ? returns(
          args.map((a) => a.type),
          args.map((a) => a.constant),
        )
      : returns;
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

export const fixedContext: EvalContext = {
  now: () => 1_700_000_000_000,
  random: () => 0.5,
  timestamp: () => 1_600_000_000_000,
  eventTime: () => 1_600_000_000_000,
  headers: () =>
    new Map([
      ['trace', 't-1'],
      ['region', 'eu'],
    ]),
  setHeader: () => undefined,
  warn: () => undefined,
};

export interface Evaluated {
  readonly type: SqlType;
  readonly value: Scalar;
}

/** Calls a scalar function as the runtime does. */
export function callScalar(
  fn: ScalarFunction,
  args: readonly Typed[],
  values: readonly Scalar[],
  context: EvalContext = fixedContext,
): Scalar {
  if (fn.nulls === 'propagate' && values.includes(null)) return null;
  if (fn.evaluateInContext !== undefined) return fn.evaluateInContext(context, ...values);
  const evaluate =
    fn.prepare?.(
      args.map((a) => a.type),
      args.map((a) => a.constant),
    ) ?? fn.evaluate;
  assert(evaluate !== undefined, `function ${fn.name} has a body`);
  return evaluate(...values);
}

/** Value of an expression without columns. */
export function evaluateNode(node: Node, context: EvalContext = fixedContext): Evaluated {
  assert(node.kind !== 'column', 'there are no columns here');
  if (node.kind === 'literal') return node;
  const fn = findFunction(node.name);
  assert(fn?.kind === 'scalar', `${node.name} is a scalar function`);
  const args = node.args.map((arg) => ({ ...evaluateNode(arg, context), constant: arg.kind === 'literal' ? arg.value : undefined }));
  return {
    type: resultOf(fn.returns, args),
    value: callScalar(
      fn,
      args,
      args.map((a) => a.value),
      context,
    ),
  };
}

export const evaluateSql = (sql: string, context?: EvalContext): unknown => {
  const { type, value } = evaluateNode(parseExample(sql), context);
  return plain(toApi(type, value));
};

/** Objects without prototype as ordinary ones, for comparison. */
export const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
    ? Array.isArray(value)
      ? value.map(plain)
      : Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]))
    : value;

/** Arguments of an example over rows: their types, constants and values per row. */
export function argumentsOf(node: Node & { readonly kind: 'call' }, rows: NonNullable<FunctionExample['rows']>) {
  const fields = inferFields(rows, { scan: 'whole' });
  const typed = node.args.map((arg): Typed => {
    if (arg.kind === 'literal') return { type: arg.type, constant: arg.value };
    assert(arg.kind === 'column', 'arguments are literals or columns');
    return { type: fields.find((f) => f.name === arg.name)?.type ?? FLOAT, constant: undefined };
  });
  const values = rows.map((row) =>
    node.args.map((arg, i) => (arg.kind === 'column' ? fromApi(typed[i]!.type, row[arg.name]) : (arg as { readonly value: Scalar }).value)),
  );
  return { typed, values };
}

/** The rows that an aggregate gets to see. */
export const seenBy = (fn: AggregateFunction, values: readonly (readonly Scalar[])[]) =>
  fn.nulls === 'keep' ? values : values.filter((args) => !args.includes(null));

/** Result per row of an analytic function over the default frame, the rows being in order of their first argument's column. */
export function analyse(
  fn: AnalyticFunction,
  typed: readonly Typed[],
  values: readonly (readonly Scalar[])[],
  order: readonly Scalar[],
): Scalar[] {
  resultOf(fn.returns, typed);
  return values.map((_, position) => {
    const view: PartitionView = {
      size: values.length,
      position,
      frameStart: 0,
      frameEnd: position + 1,
      ordered: true,
      argumentCount: typed.length,
      value: (arg, row) => values[row]![arg]!,
      peers: (a, b) => compareScalars(INTEGER, order[a]!, order[b]!) === 0,
    };
    return fn.evaluate(view);
  });
}
