import type { Row } from '../../protocol/query.ts';
import { isMap, LooseMap } from '../schema/loose.ts';
import { type Check, type CheckContext, fieldOf, SAMPLES_MAX } from './check.ts';
import { holds, numberOf, show } from './operators.ts';

const percentText = (rate: number): string => `${(rate * 100).toFixed(1)}%`;

function inputOf(of: CheckContext, name: string): readonly object[] | undefined {
  return of.output.inputs?.[name] ?? of.output.outputs?.[name];
}

const valuesOf = (rows: readonly object[], field: string): Set<string> =>
  new Set(
    rows.flatMap((row) => {
      const value = fieldOf(row, field);
      return value === null || value === undefined ? [] : [String(value)];
    }),
  );

const completeness: Check = (of) => {
  const least = of.number('min_completeness') ?? 1;
  const source = of.text('input_source');
  if (source !== undefined) {
    const input = inputOf(of, source);
    if (!input)
      return of.result(false, `completeness of ${of.where}: the input "${source}" is not known`, {
        expected: source,
        actual: Object.keys(of.output.inputs ?? {}),
      });
    const key = of.require('key_field');
    const wanted = valuesOf(input, key);
    const got = valuesOf(of.rows, key);
    const missing = [...wanted].filter((k) => !got.has(k));
    const share = wanted.size === 0 ? 1 : 1 - missing.length / wanted.size;
    const required = of.texts('required_fields') ?? [];
    const lacking = required.filter((f) => of.rows.some((row) => (fieldOf(row, f) ?? null) === null));
    const passed = share >= least && lacking.length === 0;
    return of.result(
      passed,
      `completeness of ${of.where}: ${percentText(share)} of the ${wanted.size} keys of ${source} arrived${lacking.length > 0 ? `; ${lacking.join(', ')} is not always filled` : ''}`,
      {
        expected: `>= ${percentText(least)}`,
        actual: percentText(share),
        ...(missing.length > 0 ? { details: { sample_missing: missing.slice(0, SAMPLES_MAX), missing: missing.length } } : {}),
      },
    );
  }
  const fields = of.texts('expected_fields', 'required_fields', 'fields') ?? [];
  const full = of.rows.filter((row) => fields.every((f) => (fieldOf(row, f) ?? null) !== null)).length;
  const share = of.rows.length === 0 ? 0 : full / of.rows.length;
  return of.result(
    share >= least,
    `completeness of ${of.where}: ${percentText(share)} of ${of.rows.length} records have all of ${fields.join(', ')}`,
    {
      expected: `>= ${percentText(least)}`,
      actual: percentText(share),
    },
  );
};

const dataQuality: Check = (of) => {
  const samples: string[] = [];
  let violating = 0;
  const rules = qualityRules(of);
  for (const [i, row] of of.rows.entries()) {
    const broken = rules.flatMap((rule) => rule(row) ?? []);
    if (broken.length === 0) continue;
    violating++;
    if (samples.length < SAMPLES_MAX) samples.push(`row ${i}: ${broken.join('; ')}`);
  }
  const score = of.rows.length === 0 ? 1 : 1 - violating / of.rows.length;
  const least = of.number('min_quality_score');
  const passed = least === undefined ? violating === 0 : score >= least;
  return of.result(
    passed,
    `data_quality of ${of.where}: ${violating} of ${of.rows.length} records break a rule (score ${score.toFixed(3)})`,
    {
      expected: least === undefined ? 'no violations' : `score >= ${least}`,
      actual: least === undefined ? violating : score,
      ...(violating > 0 ? { details: { violations: violating, sample_violations: samples } } : {}),
    },
  );
};

type Rule = (row: Row) => string | undefined;

function qualityRules(of: CheckContext): Rule[] {
  const maps = (name: string): LooseMap[] => (of.list(name) ?? []).filter(isMap).map((m) => new LooseMap(m));
  return [
    ...(of.texts('no_nulls_in') ?? []).map(
      (f): Rule =>
        (row) =>
          (fieldOf(row, f) ?? null) === null ? `${f} is NULL` : undefined,
    ),
    ...(of.texts('no_empty_strings_in') ?? []).map(
      (f): Rule =>
        (row) =>
          fieldOf(row, f) === '' ? `${f} is empty` : undefined,
    ),
    ...maps('numeric_ranges').map((m): Rule => {
      const field = m.text('field') ?? '';
      const min = m.number('min') ?? Number.NEGATIVE_INFINITY;
      const max = m.number('max') ?? Number.POSITIVE_INFINITY;
      return (row) => {
        const n = numberOf(fieldOf(row, field));
        return n === undefined || (n >= min && n <= max) ? undefined : `${field}=${n} is outside [${min}, ${max}]`;
      };
    }),
    ...maps('string_patterns').map((m): Rule => {
      const field = m.text('field') ?? '';
      const pattern = m.text('pattern') ?? '';
      return (row) => {
        const value = fieldOf(row, field);
        return value === null || value === undefined || holds('matches', String(value), pattern)
          ? undefined
          : `${field} does not match ${pattern}`;
      };
    }),
    ...maps('referential_integrity').map((m): Rule => {
      const field = m.text('field') ?? '';
      const known = valuesOf(inputOf(of, m.text('reference_source') ?? '') ?? [], m.text('reference_field') ?? field);
      return (row) => {
        const value = fieldOf(row, field);
        return value === null || value === undefined || known.has(String(value))
          ? undefined
          : `${field}=${String(value)} refers to nothing`;
      };
    }),
  ];
}

const joinCoverage: Check = (of) => {
  const leftName = of.text('left_source', 'left');
  const rightName = of.text('right_source', 'right');
  const key = of.text('join_key', 'key');
  const least = of.number('min_match_rate', 'min_coverage') ?? 0;
  if (least < 0 || least > 1) throw new Error(`min_match_rate is from 0 to 1, not ${least}`);
  const names = Object.keys(of.output.inputs ?? {});
  const left = inputOf(of, leftName ?? names[0] ?? '');
  const right = inputOf(of, rightName ?? names[1] ?? '');
  if (!left)
    return of.result(false, `join_coverage of ${of.where}: the input "${leftName ?? ''}" is not known`, {
      expected: leftName,
      actual: names,
    });
  if (left.length === 0)
    return of.result(true, `join_coverage of ${of.where}: ${leftName ?? 'the left side'} has no records`, {
      expected: `>= ${percentText(least)}`,
      actual: '100.0%',
    });
  const rightKey = of.text('right_key') ?? key;
  const details: Record<string, unknown> = { left_count: left.length, ...(right ? { right_count: right.length } : {}) };
  let rate = of.rows.length === 0 ? 0 : Math.min(1, of.rows.length / left.length);
  if (key !== undefined && rightKey !== undefined && right) {
    const known = valuesOf(right, rightKey);
    const out = valuesOf(of.rows, key);
    const byOutput = of.rows.some((row) => fieldOf(row, key) !== undefined);
    const matched = left.filter((row) => {
      const value = fieldOf(row, key);
      return value !== null && value !== undefined && known.has(String(value)) && (!byOutput || out.has(String(value)));
    }).length;
    rate = of.rows.length === 0 ? 0 : matched / left.length;
    details['sample_left_keys'] = [...valuesOf(left, key)].slice(0, 5);
    details['sample_right_keys'] = [...known].slice(0, 5);
    details['join_key'] = key;
  }
  details['match_rate'] = rate;
  const passed = rate >= least && (of.rows.length > 0 || least === 0);
  return of.result(
    passed,
    `join_coverage of ${of.where}: ${percentText(rate)} of ${left.length} records of ${leftName ?? names[0]} found a partner${rightName ? ` in ${rightName}` : ''}`,
    {
      expected: `>= ${percentText(least)}`,
      actual: percentText(rate),
      details,
    },
  );
};

const referential: Check = (of) => {
  const field = of.require('field', 'key_field');
  const source = of.require('input_source', 'reference_source', 'source');
  const input = inputOf(of, source);
  if (!input)
    return of.result(false, `referential of ${of.where}: the input "${source}" is not known`, {
      expected: source,
      actual: Object.keys(of.output.inputs ?? {}),
    });
  const known = valuesOf(input, of.text('reference_field', 'input_field') ?? field);
  const strange = [...valuesOf(of.rows, field)].filter((v) => !known.has(v));
  return of.result(
    strange.length === 0,
    `referential of ${of.where}: ${strange.length === 0 ? `every ${field} occurs in ${source}` : `${strange.length} values of ${field} do not occur in ${source}`}`,
    {
      expected: `${field} in ${source}`,
      actual: strange.length === 0 ? 'all' : strange.slice(0, 5),
      ...(strange.length > 0 ? { details: { sample_values: strange.slice(0, SAMPLES_MAX) } } : {}),
    },
  );
};

const columnSumReconciles: Check = (of) => {
  const field = of.require('field', 'column');
  const source = of.require('input_source', 'source');
  const input = inputOf(of, source);
  if (!input)
    return of.result(false, `column_sum_reconciles of ${of.where}: the input "${source}" is not known`, { expected: source, actual: null });
  const inputField = of.text('input_field', 'source_field') ?? field;
  const sum = (rows: readonly object[], name: string): number =>
    rows.reduce((total: number, row) => total + (numberOf(fieldOf(row, name)) ?? 0), 0);
  const out = sum(of.flag('final', true) && of.output.final ? of.output.final : of.rows, field);
  const inn = sum(input, inputField);
  const tolerance = of.number('tolerance') ?? Math.max(0.0001, Math.abs(inn) * 1e-9);
  return of.result(
    Math.abs(out - inn) <= tolerance,
    `column_sum_reconciles of ${of.where}: sum of ${field} is ${out}, of ${source}.${inputField} ${inn}`,
    { expected: inn, actual: out },
  );
};

const crossQuery: Check = (of) => {
  const expression = of.text('expression');
  if (expression !== undefined) throw new Error('give "query_a", "query_b" and "aggregate", or use template');
  const names = [of.require('query_a', 'left'), of.require('query_b', 'right')] as const;
  const aggregate = of.text('aggregate', 'function') ?? 'COUNT(*)';
  const values = names.map((name) => {
    const rows = of.output.outputs?.[name];
    return rows ? aggregateValue(aggregate, rows) : undefined;
  });
  const unknown = names.find((_, i) => values[i] === undefined);
  if (unknown !== undefined)
    return of.result(false, `cross_query: "${unknown}" has no output to aggregate`, { expected: names[0], actual: unknown });
  const [a, b] = values as [number, number];
  const tolerance = of.number('tolerance') ?? Math.max(0.0001, Math.abs(a) * 1e-9);
  return of.result(Math.abs(a - b) <= tolerance, `cross_query: ${aggregate} of ${names[0]} is ${a}, of ${names[1]} ${b}`, {
    expected: a,
    actual: b,
  });
};

/** `SUM(f)`, `AVG(f)`, `COUNT(*)`, `MIN(f)`, `MAX(f)` over rows; undefined where there is nothing to aggregate. */
function aggregateValue(expression: string, rows: readonly object[]): number | undefined {
  const match = /^\s*([a-z_]+)\s*\(\s*(?:(distinct)\s+)?(\*|[\w.]+)\s*\)\s*$/i.exec(expression);
  if (!match) throw new Error(`"${expression}" is no aggregate such as SUM(amount)`);
  const [, name, distinct, field] = match as unknown as [string, string, string | undefined, string];
  const fn = name.toLowerCase();
  if (fn === 'count') {
    if (field === '*') return rows.length;
    const values = rows.map((row) => fieldOf(row, field)).filter((v) => v !== null && v !== undefined);
    return distinct ? new Set(values.map(show)).size : values.length;
  }
  const numbers = rows.flatMap((row) => numberOf(fieldOf(row, field)) ?? []);
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (fn === 'sum') return sum;
  if (fn === 'avg' || fn === 'mean') return sum / numbers.length;
  if (fn === 'min') return numbers.reduce((a, b) => (b < a ? b : a));
  if (fn === 'max') return numbers.reduce((a, b) => (b > a ? b : a));
  throw new Error(`aggregate "${name}" is not one of SUM, AVG, COUNT, MIN, MAX`);
}

const aggregateCheck: Check = (of) => {
  const expression = of.text('expression') ?? `${of.require('function')}(${of.text('field') ?? '*'})`;
  const rows = of.flag('final', false) && of.output.final ? of.output.final : of.rows;
  const value = aggregateValue(expression, rows);
  if (value === undefined)
    return of.result(false, `aggregate_check of ${of.where}: ${expression} has no numeric values`, { expected: expression, actual: null });
  const tolerance = of.number('tolerance') ?? 0.0001;
  const limits = of.limits('expected', 'value');
  const given = of.value('expected');
  const all = limits.length === 0 && given !== undefined ? [{ op: 'equals' as const, expected: given }] : limits;
  const passing = all.every((l) =>
    l.op === 'equals' ? Math.abs(value - (numberOf(l.expected) ?? Number.NaN)) <= tolerance : holds(l.op, value, l.expected),
  );
  const judged = of.judge(expression, value, all);
  return passing === judged.passed ? judged : of.result(passing, judged.message, { expected: judged.expected, actual: value });
};

export const RELATION_CHECKS: Readonly<Record<string, Check>> = {
  completeness,
  data_quality: dataQuality,
  join_coverage: joinCoverage,
  referential,
  referential_integrity: referential,
  column_sum_reconciles: columnSumReconciles,
  cross_query: crossQuery,
  aggregate_check: aggregateCheck,
};
