import fc from 'fast-check';
import type { Expression, FunctionCall, Name, OrderItem, Query, Select, SelectItem } from '../ast/index.ts';

const span = { start: 0, end: 0 };

/** A tree without its places: what two readings of the same statement have in common. Bigints become text, for readable differences. */
export function withoutSpans(node: unknown): unknown {
  if (typeof node === 'bigint') return `${node}n`;
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key, value]) => !/^(span|keySpan|valueSpan)$/.test(key) && value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutSpans(value)]));
}

const name = (text: string, quoted = false): Name => ({ text, quoted, span });
const anyName = fc.oneof(
  fc.constantFrom('a', 'b', 'price', 'größe', '_x', 'status', 'timestamp', 'version', 'count', 'key').map((text) => name(text)),
  fc.constantFrom('order-id', 'a b', 'select', 'x`y', '1st', 'a.b').map((text) => name(text, true)),
);
const path = fc.array(anyName, { minLength: 1, maxLength: 3 });
const interval = fc
  .record({ value: fc.nat(500), unit: fc.constantFrom('SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MILLISECOND') })
  .map(({ value, unit }): Expression => ({ kind: 'interval', value, unit: unit as 'SECOND', span }));

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map((value): Expression => ({ kind: 'integer', value, span })),
  fc.constantFrom('0.5', '12.50', '3.0').map((text): Expression => ({ kind: 'decimal', text, span })),
  fc.constantFrom('1e5', '1.5E-3').map((text): Expression => ({ kind: 'float', value: Number(text), text, span })),
  fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom("it's", 'say "x"', '-- no', '/* no */', '( a )', ';'))
    .map((value): Expression => ({ kind: 'string', value, span })),
  fc.boolean().map((value): Expression => ({ kind: 'boolean', value, span })),
  fc.constant<Expression>({ kind: 'null', span }),
  interval,
  fc
    .constantFrom('TIMESTAMP', 'DATE', 'TIME')
    .map((type): Expression => ({ kind: 'typed-string', type: type as 'DATE', value: '2025-03-04', span })),
  path.map((p): Expression => ({ kind: 'column', path: p, span })),
);

const BINARY = ['+', '-', '*', '/', '%', '||', '=', '!=', '<', '<=', '>', '>=', 'AND', 'OR'] as const;
const typeName = fc.constantFrom(
  { name: 'INTEGER', arguments: [], elements: [], fields: [], span },
  { name: 'DECIMAL', arguments: [10, 2], elements: [], fields: [], span },
  { name: 'ARRAY', arguments: [], elements: [{ name: 'STRING', arguments: [], elements: [], fields: [], span }], fields: [], span },
);

/** Trees as the parser can build them, down to `depth` levels; sub-queries included. */
export const { expression, query } = fc.letrec<{
  expression: Expression;
  query: Query;
  call: FunctionCall;
  order: OrderItem;
  select: Select;
}>((tie) => {
  const e = tie('expression');
  const some = fc.array(e, { minLength: 1, maxLength: 3 });
  const order = tie('order');
  return {
    order: fc
      .record({
        expression: e,
        direction: fc.constantFrom('ASC' as const, 'DESC' as const),
        nulls: fc.option(fc.constantFrom('FIRST' as const, 'LAST' as const), { nil: undefined }),
      })
      .map(({ nulls, ...rest }) => ({ ...rest, ...(nulls && { nulls }), span })),
    call: fc
      .record({
        name: fc.constantFrom('SUM', 'coalesce', 'LEFT', 'my_function').map((text) => name(text)),
        arguments: fc.array(e, { maxLength: 3 }),
        distinct: fc.boolean(),
        filter: fc.option(e, { nil: undefined }),
        over: fc.option(
          fc.record({
            bufferRows: fc.option(fc.nat(100), { nil: undefined }),
            partitionBy: fc.array(e, { maxLength: 2 }),
            orderBy: fc.array(order, { maxLength: 2 }),
            frame: fc.option(
              fc.constant({
                unit: 'ROWS' as const,
                start: { kind: 'unbounded-preceding' as const },
                end: { kind: 'current-row' as const },
                span,
              }),
              { nil: undefined },
            ),
          }),
          { nil: undefined },
        ),
      })
      .map(({ filter, over, distinct, ...rest }): FunctionCall => {
        const { bufferRows, frame, ...clause } = over ?? { partitionBy: [], orderBy: [] };
        const whole = { ...clause, ...(bufferRows !== undefined && { bufferRows }), ...(frame && { frame }), span };
        return {
          kind: 'call',
          ...rest,
          star: false,
          distinct: distinct && rest.arguments.length > 0,
          ...(filter && { filter }),
          ...(over && { over: whole }),
          span,
        };
      }),
    expression: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'tree' },
      leaf,
      fc.record({ operator: fc.constantFrom(...BINARY), left: e, right: e }).map((x): Expression => ({ kind: 'binary', ...x, span })),
      fc
        .record({ operator: fc.constantFrom('-' as const, '+' as const, 'NOT' as const), operand: e })
        .map((x): Expression => ({ kind: 'unary', ...x, span })),
      fc
        .record({ operand: e, test: fc.constantFrom('NULL' as const, 'TRUE' as const, 'FALSE' as const), negated: fc.boolean() })
        .map((x): Expression => ({ kind: 'is', ...x, span })),
      fc.record({ operand: e, low: e, high: e, negated: fc.boolean() }).map((x): Expression => ({ kind: 'between', ...x, span })),
      fc.record({ operand: e, list: some, negated: fc.boolean() }).map((x): Expression => ({ kind: 'in', ...x, span })),
      fc.record({ items: fc.array(e, { minLength: 2, maxLength: 3 }), query: tie('query'), negated: fc.boolean() }).map(
        (x): Expression => ({
          kind: 'in-query',
          operand: { kind: 'row', items: x.items, span },
          query: x.query,
          negated: x.negated,
          span,
        }),
      ),
      fc
        .record({
          operator: fc.constantFrom('LIKE' as const, 'ILIKE' as const, 'REGEXP' as const),
          operand: e,
          pattern: e,
          escape: fc.option(e, { nil: undefined }),
          negated: fc.boolean(),
        })
        .map(({ escape: mark, ...x }): Expression => ({ kind: 'like', ...x, ...(mark && { escape: mark }), span })),
      tie('query').map((q): Expression => ({ kind: 'exists', query: q, negated: false, span })),
      tie('query').map((q): Expression => ({ kind: 'scalar-query', query: q, span })),
      fc
        .record({
          operand: e,
          operator: fc.constantFrom('=' as const, '<=' as const),
          quantifier: fc.constantFrom('ANY' as const, 'ALL' as const),
          query: tie('query'),
        })
        .map((x): Expression => ({ kind: 'quantified', ...x, span })),
      fc
        .record({
          operand: fc.option(e, { nil: undefined }),
          whens: fc.array(fc.record({ condition: e, result: e }), { minLength: 1, maxLength: 2 }),
          otherwise: fc.option(e, { nil: undefined }),
        })
        .map(
          ({ operand, whens, otherwise }): Expression => ({
            kind: 'case',
            ...(operand && { operand }),
            whens,
            ...(otherwise && { otherwise }),
            span,
          }),
        ),
      fc.record({ operand: e, type: typeName, safe: fc.boolean() }).map((x): Expression => ({ kind: 'cast', ...x, span })),
      tie('call'),
      fc.record({ operand: e, index: e }).map((x): Expression => ({ kind: 'index', ...x, span })),
      fc.record({ operand: e, name: anyName }).map((x): Expression => ({ kind: 'field', ...x, span })),
      fc.record({ operand: e, key: e, asText: fc.boolean() }).map((x): Expression => ({ kind: 'json-access', ...x, span })),
      fc.array(e, { maxLength: 3 }).map((items): Expression => ({ kind: 'array', items, span })),
    ),
    select: fc
      .record({
        distinct: fc.boolean(),
        items: fc.array(
          fc.oneof(
            fc
              .record({ expression: e, alias: fc.option(anyName, { nil: undefined }), key: fc.boolean() })
              .map(({ alias, ...x }): SelectItem => ({ kind: 'expression', ...x, ...(alias && { alias }), span })),
            fc.constant<SelectItem>({ kind: 'star', except: [], span }),
            anyName.map((qualifier): SelectItem => ({ kind: 'star', qualifier, except: [], span })),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        where: fc.option(e, { nil: undefined }),
        groupBy: fc.array(e, { maxLength: 2 }),
        having: fc.option(e, { nil: undefined }),
        orderBy: fc.array(order, { maxLength: 2 }),
        limit: fc.option(fc.record({ count: fc.nat(), offset: fc.nat(5) }), { nil: undefined }),
        emit: fc.option(fc.constantFrom('CHANGES' as const, 'FINAL' as const), { nil: undefined }),
        window: fc.option(interval, { nil: undefined }),
        properties: fc.array(
          fc.record({ key: fc.constantFrom('a', 'b.c'), value: fc.oneof(fc.string({ maxLength: 4 }), fc.nat(), fc.boolean()) }),
          { maxLength: 1 },
        ),
        alias: fc.option(anyName, { nil: undefined }),
      })
      .map(
        ({ where, having, limit, emit, window, properties, alias, ...x }): Select => ({
          kind: 'select',
          ctes: [],
          ...x,
          from: { kind: 'relation', relation: { kind: 'name', name: name('t'), span }, ...(alias && { alias }), properties: [], span },
          joins: [],
          into: [],
          ...(where && { where }),
          ...(having && { having }),
          ...(limit && { limit: { ...limit, span } }),
          ...(emit && { emit: { mode: emit, span } }),
          ...(window && window.kind === 'interval' && window.value > 0 && { window: { kind: 'tumbling' as const, size: window, span } }),
          properties: properties.map((p) => ({ ...p, keySpan: span, valueSpan: span, span })),
          span,
        }),
      ),
    query: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'tree' },
      tie('select'),
      fc
        .record({ left: tie('query'), right: tie('select'), all: fc.boolean() })
        .map((x): Query => ({ kind: 'union', ctes: [], ...x, orderBy: [], into: [], properties: [], span })),
    ),
  };
});
