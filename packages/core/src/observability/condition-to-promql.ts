import type { MetricInfo } from '../protocol/studio/app.ts';
import type { Expression } from '../sql/ast/index.ts';
import { parseExpression } from '../sql/syntax/index.ts';
import { measures, type QueryShape } from './metric-shape.ts';
import { labelName, type MetricTarget, promDuration, prometheusName, safeName, slugOf } from './prometheus-name.ts';

/** A condition as Prometheus can evaluate it. */
export interface PromqlCondition {
  /** Absent: no expression of Prometheus says the same; `problem` says why. The condition is then evaluated on output records alone. */
  readonly promql?: string;
  readonly problem?: string;
  /** Gauges that the condition needs and nothing declares. */
  readonly synthesised: readonly MetricInfo[];
}

/** Part of an expression: a vector with labels, or a number. */
type Part =
  | { readonly text: string; readonly kind: 'vector'; readonly labels: string }
  | { readonly text: string; readonly kind: 'number' };

class Untranslatable extends Error {}

const COMPARE: Readonly<Record<string, string>> = { '=': '==', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };

/**
 * Turns the condition of an alert (`avg_price > 100 AND symbol = 'A'`) into PromQL over the metrics of its query. A gauge is compared as
 * it is, a counter by its increase over the window, a histogram by its 95th percentile. A column that no metric measures gets a gauge.
 */
export function conditionToPromql(condition: string | Expression, shape: QueryShape, target: MetricTarget = 'embedded'): PromqlCondition {
  const expression = typeof condition === 'string' ? parseExpression(condition).expression : condition;
  const synthesised = new Map<string, MetricInfo>();
  try {
    const text = translate(expression, { shape, target, synthesised, matchers: [] });
    return { promql: text.text, synthesised: [...synthesised.values()] };
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return { problem: error.message, synthesised: [] };
  }
}

interface Context {
  readonly shape: QueryShape;
  readonly target: MetricTarget;
  readonly synthesised: Map<string, MetricInfo>;
  /** Label comparisons that hold for the whole expression. */
  readonly matchers: readonly string[];
}

function translate(e: Expression, cx: Context): Part {
  if (e.kind === 'between' && !e.negated) {
    const side = (operator: '>=' | '<=', right: Expression): Expression => ({
      kind: 'binary',
      operator,
      left: e.operand,
      right,
      span: e.span,
    });
    return translate({ kind: 'binary', operator: 'AND', left: side('>=', e.low), right: side('<=', e.high), span: e.span }, cx);
  }
  if (e.kind === 'unary' && e.operator === 'NOT') return translate(negated(e.operand), cx);
  if (e.kind !== 'binary') throw new Untranslatable(`${describe(e)} has no counterpart in PromQL`);
  if (e.operator === 'AND') return conjunction(e, cx);
  if (e.operator === 'OR') {
    const [left, right] = [translate(e.left, cx), translate(e.right, cx)];
    return { text: `(${left.text}) or (${right.text})`, kind: 'vector', labels: labelsOf(left) };
  }
  if (labelMatcher(e) !== undefined) throw new Untranslatable('a condition on labels alone compares no number');
  if (e.operator in COMPARE) return comparison(e, cx);
  throw new Untranslatable(`"${e.operator}" gives no condition`);
}

type Binary = Extract<Expression, { kind: 'binary' }>;

/** Comparisons of labels become matchers of everything that stands beside them. */
function conjunction(e: Binary, cx: Context): Part {
  const terms = flatten(e);
  const matchers: string[] = [];
  const rest: Expression[] = [];
  for (const term of terms) {
    const matcher = labelMatcher(term);
    if (matcher === undefined) rest.push(term);
    else matchers.push(matcher);
  }
  if (rest.length === 0) throw new Untranslatable('a condition on labels alone compares no number');
  const inner = { ...cx, matchers: [...cx.matchers, ...matchers] };
  return rest
    .map((term) => translate(term, inner))
    .reduce((left, right) => {
      const same = labelsOf(left) === labelsOf(right);
      const on = same ? '' : ` on (${common(labelsOf(left), labelsOf(right))})`;
      return { text: `${bracketed(left)} and${on} ${bracketed(right)}`, kind: 'vector', labels: labelsOf(left) };
    });
}

const bracketed = (part: Part): string => (/ (or|and) /.test(part.text) ? `(${part.text})` : part.text);
const flatten = (e: Expression): Expression[] =>
  e.kind === 'binary' && e.operator === 'AND' ? [...flatten(e.left), ...flatten(e.right)] : [e];
const labelsOf = (part: Part): string => (part.kind === 'vector' ? part.labels : '');
const common = (left: string, right: string): string => {
  const known = new Set(right.split(','));
  return left
    .split(',')
    .filter((label) => label !== '*' && known.has(label))
    .join(', ');
};

function labelMatcher(e: Expression): string | undefined {
  if (e.kind !== 'binary' || (e.operator !== '=' && e.operator !== '!=')) return undefined;
  const [column, value] = e.left.kind === 'column' ? [e.left, e.right] : [e.right, e.left];
  if (column.kind !== 'column' || value.kind !== 'string') return undefined;
  return `${labelName(pathText(column))}${e.operator}${JSON.stringify(value.value)}`;
}

function comparison(e: Binary, cx: Context): Part {
  const left = arithmetic(e.left, cx);
  const right = arithmetic(e.right, cx);
  if (left.kind === 'number' && right.kind === 'number') throw new Untranslatable('the condition compares constants alone');
  const vector = left.kind === 'vector' ? left : right;
  return { text: `${left.text} ${COMPARE[e.operator]}${matching(left, right)} ${right.text}`, kind: 'vector', labels: labelsOf(vector) };
}

function arithmetic(e: Expression, cx: Context): Part {
  switch (e.kind) {
    case 'integer':
      return { text: String(e.value), kind: 'number' };
    case 'decimal':
      return { text: e.text, kind: 'number' };
    case 'float':
      return { text: String(e.value), kind: 'number' };
    case 'column':
      return measured(pathText(e), cx);
    case 'unary': {
      if (e.operator === 'NOT') break;
      const part = arithmetic(e.operand, cx);
      return e.operator === '+' ? part : { ...part, text: `-${part.text}` };
    }
    case 'binary': {
      if (!['+', '-', '*', '/', '%'].includes(e.operator)) break;
      const [left, right] = [arithmetic(e.left, cx), arithmetic(e.right, cx)];
      const text = `(${left.text} ${e.operator}${matching(left, right)} ${right.text})`;
      if (left.kind === 'number' && right.kind === 'number') return { text, kind: 'number' };
      return { text, kind: 'vector', labels: labelsOf(left.kind === 'vector' ? left : right) };
    }
    case 'call': {
      const name = e.name.text.toLowerCase();
      if (['abs', 'ceil', 'floor', 'round', 'sqrt', 'ln'].includes(name) && e.arguments.length === 1) {
        const part = arithmetic(e.arguments[0] as Expression, cx);
        return { ...part, text: `${name}(${part.text})` };
      }
      break;
    }
    default:
  }
  throw new Untranslatable(`${describe(e)} has no counterpart in PromQL`);
}

/** Series of two vectors are paired by their labels; where these differ, by those that both have. */
function matching(left: Part, right: Part): string {
  if (left.kind === 'number' || right.kind === 'number' || left.labels === right.labels) return '';
  const shared = common(left.labels, right.labels);
  if (shared === '') throw new Untranslatable('the condition combines metrics that share no label');
  return ` on (${shared})`;
}

function measured(column: string, cx: Context): Part {
  const { shape } = cx;
  const candidates = shape.metrics.filter((m) => measures(m, column));
  const metric =
    candidates.find((m) => m.type === 'gauge') ?? candidates.find((m) => m.type === 'counter') ?? candidates[0] ?? synthesise(column, cx);
  const name = prometheusName(metric, cx.target);
  const selector = (suffix = ''): string => `${name}${suffix}${cx.matchers.length === 0 ? '' : `{${cx.matchers.join(',')}}`}`;
  const labels = metric.labels.map(labelName).sort();
  const kept = [...labels, '*'].join(',');
  if (metric.type === 'gauge') return { text: selector(), kind: 'vector', labels: kept };
  if (metric.type === 'counter')
    return { text: `increase(${selector()}[${promDuration(shape.windowMs ?? 300_000)}])`, kind: 'vector', labels: kept };
  const by = ['le', ...metric.labels.map(labelName)].join(', ');
  return { text: `histogram_quantile(0.95, sum by (${by}) (rate(${selector('_bucket')}[5m])))`, kind: 'vector', labels: labels.join(',') };
}

function synthesise(column: string, cx: Context): MetricInfo {
  const { shape } = cx;
  if (shape.columns !== undefined && !shape.columns.includes(column.split('.')[0] as string))
    throw new Untranslatable(`"${column}" is no output column of "${shape.query}"`);
  const known = cx.synthesised.get(column);
  if (known !== undefined) return known;
  const bare = { name: `${safeName(slugOf(shape.query))}_${safeName(column)}`, type: 'gauge' as const };
  const metric: MetricInfo = {
    ...bare,
    labels: shape.groupColumns.filter((name) => name !== column),
    field: column,
    help: `Value of ${column} in ${shape.query}, for an alert`,
    prometheusName: prometheusName(bare, cx.target),
    query: shape.query,
    synthesised: true,
  };
  cx.synthesised.set(column, metric);
  return metric;
}

const OPPOSITE: Readonly<Record<string, Binary['operator']>> = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

function negated(e: Expression): Expression {
  if (e.kind === 'unary' && e.operator === 'NOT') return e.operand;
  if (e.kind === 'binary' && e.operator in OPPOSITE) return { ...e, operator: OPPOSITE[e.operator] as Binary['operator'] };
  if (e.kind === 'binary' && (e.operator === 'AND' || e.operator === 'OR'))
    return { ...e, operator: e.operator === 'AND' ? 'OR' : 'AND', left: negated(e.left), right: negated(e.right) };
  throw new Untranslatable(`NOT ${describe(e)} has no counterpart in PromQL`);
}

export const pathText = (e: Extract<Expression, { kind: 'column' }>): string => e.path.map((name) => name.text).join('.');

function describe(e: Expression): string {
  if (e.kind === 'call') return `${e.name.text}(…)`;
  if (e.kind === 'string') return 'a text';
  if (e.kind === 'error') return 'the condition, which could not be read,';
  return e.kind === 'binary' ? `"${e.operator}"` : e.kind.replaceAll('-', ' ').toUpperCase();
}
