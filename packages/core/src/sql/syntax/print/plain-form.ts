import type { Span } from '../../../diagnostics/span.ts';
import type { Expression, FunctionCall } from '../../ast/index.ts';

const name = (text: string, span: Span): { text: string; quoted: false; span: Span } => ({ text, quoted: false, span });
const call = (text: string, items: readonly Expression[], span: Span): FunctionCall => ({
  kind: 'call',
  name: name(text, span),
  arguments: items,
  star: false,
  distinct: false,
  span,
});
const not = (operand: Expression, negated: boolean): Expression =>
  negated ? { kind: 'unary', operator: 'NOT', operand, span: operand.span } : operand;

/**
 * The same value said with words that the reference parser knows; the expression itself where it needs no other words or there are none.
 * Only the outermost node is rewritten: the printer comes by for the children.
 */
export function plainForm(e: Expression): Expression {
  const { span } = e;
  switch (e.kind) {
    case 'binary':
      return e.operator === '%' ? call('MOD', [e.left, e.right], span) : e;
    case 'unary':
      return plainSign(e);
    case 'like':
      return plainLike(e);
    case 'is':
      if (e.test === 'NULL') return e;
      return not(
        {
          kind: 'binary',
          operator: '=',
          left: call('COALESCE', [e.operand, other(e.test, span)], span),
          right: truth(e.test === 'TRUE', span),
          span,
        },
        e.negated,
      );
    case 'case':
      return e.operand ? searchedCase(e, e.operand) : e;
    case 'call':
      return plainCall(e);
    case 'typed-string':
      return {
        kind: 'cast',
        operand: { kind: 'string', value: e.value, span },
        type: { name: e.type, arguments: [], elements: [], fields: [], span },
        safe: false,
        span,
      };
    case 'array':
      return call('ARRAY', e.items, span);
    case 'json-access':
      return plainJson(e);
    case 'interval':
      if (e.unit === 'WEEK') return { kind: 'interval', value: e.value * 7, unit: 'DAY', span };
      if (e.unit === 'MONTH') return { kind: 'interval', value: e.value * 30, unit: 'DAY', span };
      return e.unit === 'YEAR' ? { kind: 'interval', value: e.value * 365, unit: 'DAY', span } : e;
    default:
      return e;
  }
}

const truth = (value: boolean, span: Span): Expression => ({ kind: 'boolean', value, span });
const other = (test: 'TRUE' | 'FALSE', span: Span): Expression => truth(test === 'FALSE', span);

/** The reference takes a sign before whole numbers and floats only. */
function plainSign(e: Expression & { kind: 'unary' }): Expression {
  const { span, operand } = e;
  if (e.operator === '+') return operand;
  if (e.operator === 'NOT' || operand.kind === 'integer' || operand.kind === 'float') return e;
  return { kind: 'binary', operator: '-', left: { kind: 'integer', value: 0n, span }, right: operand, span };
}

function plainLike(e: Expression & { kind: 'like' }): Expression {
  if (e.operator === 'REGEXP') return not(call('REGEXP', [e.operand, e.pattern], e.span), e.negated);
  if (e.operator === 'LIKE') return e;
  return { ...e, operator: 'LIKE', operand: call('LOWER', [e.operand], e.span), pattern: call('LOWER', [e.pattern], e.span) };
}

function searchedCase(e: Expression & { kind: 'case' }, operand: Expression): Expression {
  const { operand: _operand, ...rest } = e;
  const whens = e.whens.map((when) => ({
    ...when,
    condition: { kind: 'binary', operator: '=', left: operand, right: when.condition, span: when.condition.span } as const,
  }));
  return { ...rest, whens };
}

function plainCall(e: FunctionCall): Expression {
  const upper = e.name.text.toUpperCase();
  if (upper === 'COUNT' && e.distinct && e.arguments.length === 1)
    return { ...e, name: name('COUNT_DISTINCT', e.name.span), distinct: false };
  const [fraction, value] = [e.arguments[0], e.withinGroup?.[0]];
  if (upper.startsWith('PERCENTILE_') && fraction && value && e.withinGroup?.length === 1 && value.direction === 'ASC') {
    const { withinGroup: _withinGroup, ...rest } = e;
    return { ...rest, arguments: [value.expression, fraction] };
  }
  return e;
}

/** Steps over plain names become a path of JSON_VALUE or JSON_QUERY. */
function plainJson(e: Expression & { kind: 'json-access' }): Expression {
  const steps: string[] = [];
  let at: Expression = e;
  while (at.kind === 'json-access') {
    const { key } = at;
    if (key.kind === 'string' && /^\w+$/.test(key.value)) steps.unshift(key.value);
    else if (key.kind === 'integer' && key.value >= 0n) steps.unshift(key.value.toString());
    else return e;
    at = at.operand;
  }
  return call(e.asText ? 'JSON_VALUE' : 'JSON_QUERY', [at, { kind: 'string', value: `$.${steps.join('.')}`, span: e.span }], e.span);
}
