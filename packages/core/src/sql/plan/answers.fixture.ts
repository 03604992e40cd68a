// A slow and obvious evaluator of plans over rows in memory: what a rule must leave as it is.
import { assert } from '../../diagnostics/assert.ts';
import type { Expr } from '../bind/expression.ts';
import type { PlanNode } from './plan.ts';

export type Value = number | boolean | null;
export type Row = readonly Value[];
/** Rows of each relation, all columns as declared. */
export type Data = ReadonlyMap<string, { readonly columns: readonly string[]; readonly rows: readonly Row[] }>;

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
};

export function evaluated(e: Expr, row: Row): Value {
  switch (e.kind) {
    case 'literal':
      return e.value as Value;
    case 'column':
      assert(e.index < row.length, `column ${e.index} is among ${row.length}`);
      return row[e.index] as Value;
    case 'compare':
    case 'arithmetic': {
      const [a, b] = [evaluated(e.left, row), evaluated(e.right, row)];
      if (a === null || b === null) return null;
      return (e.kind === 'compare' ? COMPARE : ARITHMETIC)[e.op]?.(Number(a), Number(b)) ?? null;
    }
    case 'and':
    case 'or': {
      const deciding = e.kind === 'or';
      const values = e.args.map((arg) => evaluated(arg, row));
      return values.includes(deciding) ? deciding : values.includes(null) ? null : !deciding;
    }
    case 'not': {
      const value = evaluated(e.arg, row);
      return value === null ? null : !value;
    }
    case 'is':
      return (evaluated(e.arg, row) === null) !== e.negated;
    case 'case': {
      const hit = e.whens.find((when) => evaluated(when.condition, row) === true);
      return hit ? evaluated(hit.result, row) : e.otherwise === null ? null : evaluated(e.otherwise, row);
    }
    case 'coalesce':
      return e.args.map((arg) => evaluated(arg, row)).find((value) => value !== null) ?? null;
    default:
      throw new Error(`no ${e.kind} here`);
  }
}

const keep = (rows: readonly Row[], predicate: Expr | null): readonly Row[] =>
  predicate === null ? rows : rows.filter((row) => evaluated(predicate, row) === true);

export function answers(node: PlanNode, data: Data): readonly Row[] {
  switch (node.kind) {
    case 'scan':
      return keep(tableRows(data, node.relation, node.columns), node.filter);
    case 'watermark':
      return answers(node.input, data);
    case 'filter':
      return keep(answers(node.input, data), node.predicate);
    case 'project':
      return answers(node.input, data).map((row) => node.items.map((item) => evaluated(item, row)));
    case 'union':
      return node.inputs.flatMap((input) => answers(input, data));
    case 'limit':
      return answers(node.input, data).slice(node.offset, node.offset + node.count);
    case 'distinct': {
      const seen = new Set<string>();
      return answers(node.input, data).filter((row) => !seen.has(JSON.stringify(row)) && seen.add(JSON.stringify(row)));
    }
    case 'sort':
      return sorted(node, data);
    case 'aggregate':
      return grouped(node, data);
    case 'join':
      return joined(node, answers(node.left, data), answers(node.right, data));
    case 'table-join':
      return joined(node, answers(node.input, data), tableRows(data, node.table, node.tableColumns));
    default:
      throw new Error(`no ${node.kind} here`);
  }
}

function tableRows(data: Data, relation: string, columns: readonly string[]): readonly Row[] {
  const table = data.get(relation);
  assert(table, `"${relation}" is there`);
  return table.rows.map((row) => columns.map((name) => row[table.columns.indexOf(name)] as Value));
}

function sorted(node: Extract<PlanNode, { kind: 'sort' }>, data: Data): readonly Row[] {
  const rank = (value: Value): number => (value === null ? Number.NEGATIVE_INFINITY : Number(value));
  const key = node.keys[0]?.expr as Expr;
  const rows = [...answers(node.input, data)].sort((a, b) => rank(evaluated(key, a)) - rank(evaluated(key, b)) || 0);
  return node.limit === null ? rows : rows.slice(node.limit.offset, node.limit.offset + node.limit.count);
}

/** COUNT and SUM, groups in order of their first row. */
function grouped(node: Extract<PlanNode, { kind: 'aggregate' }>, data: Data): readonly Row[] {
  const groups = new Map<string, { readonly keys: Row; readonly rows: Row[] }>();
  for (const row of answers(node.input, data)) {
    const keys = node.keys.map((key) => evaluated(key, row));
    const id = JSON.stringify(keys);
    const group = groups.get(id) ?? { keys, rows: [] };
    groups.set(id, group);
    group.rows.push(row);
  }
  return [...groups.values()].map(({ keys, rows }) => [
    ...keys,
    ...node.aggregates.map((call) =>
      call.args.length === 0 ? rows.length : rows.reduce((total, row) => total + Number(evaluated(call.args[0] as Expr, row)), 0),
    ),
  ]);
}

/** Every pair, in order of the left rows. */
function joined(node: Extract<PlanNode, { kind: 'join' | 'table-join' }>, left: readonly Row[], right: readonly Row[]): readonly Row[] {
  const pads = (kind: string): boolean => node.join === kind || node.join === 'full';
  const matchedRight = new Set<Row>();
  const rows = left.flatMap((l) => {
    const matches = right.filter((r) => {
      const keys = node.keys.every((key) => {
        const [a, b] = [evaluated(key.left, l), evaluated(key.right, r)];
        return a !== null && a === b;
      });
      return keys && (node.residual === null || evaluated(node.residual, [...l, ...r]) === true);
    });
    for (const r of matches) matchedRight.add(r);
    if (matches.length === 0 && pads('left')) return [[...l, ...blank(node.fields.length - l.length)]];
    return matches.map((r) => [...l, ...r]);
  });
  if (!pads('right')) return rows;
  return [...rows, ...right.filter((r) => !matchedRight.has(r)).map((r) => [...blank(node.fields.length - r.length), ...r])];
}

const blank = (width: number): null[] => Array.from({ length: width }, () => null);
