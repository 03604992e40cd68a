import type { Row } from '../../protocol/query.ts';
import type { AssertionResult } from '../../protocol/studio/testing.ts';
import { type Check, type CheckContext, fieldOf, SAMPLES_MAX, sampleText } from './check.ts';
import { holds, numberOf, operatorText, show } from './operators.ts';
import { evaluateTemplate, truthy } from './template-value.ts';

const recordCount: Check = (of) => {
  const limits = of.limits('expected', 'value');
  const expression = of.text('expression');
  if (expression !== undefined) {
    const wanted = evaluateTemplate(expression, of.output, (w) => of.warnings.push(w));
    if (typeof wanted === 'boolean') {
      const observed = `record_count of ${of.where} is ${of.rows.length}`;
      return of.result(wanted, wanted ? `${observed}: ${expression} holds` : `${observed}, expected ${expression}, which does not hold`, {
        expected: expression,
        actual: of.rows.length,
      });
    }
    const expected = numberOf(wanted) ?? Number.NaN;
    // Counts of a large run may differ a little where rows are still under way.
    const tolerance = Math.max(1, Math.abs(expected) * 0.001);
    const passed = Math.abs(of.rows.length - expected) <= tolerance;
    return of.result(passed, `record_count of ${of.where} is ${of.rows.length}, expected ${expression} = ${expected}`, {
      expected: `${expected} (± ${tolerance})`,
      actual: of.rows.length,
    });
  }
  return of.judge('record_count', of.rows.length, limits);
};

const schemaContains: Check = (of) => {
  const fields = of.texts('fields', 'columns') ?? [];
  const key = of.text('key_field');
  if (fields.length === 0 && key === undefined) throw new Error('the parameter "fields" is missing');
  const rows = of.rows;
  const names = new Set(of.output.schema?.columns.map((c) => c.name) ?? []);
  if (rows.length === 0 && names.size === 0)
    return of.result(false, `schema_contains of ${of.where}: no records, so none of ${fields.join(', ')} could be found`, {
      expected: fields,
      actual: [],
    });
  const found = new Set([...names, ...rows.slice(0, 1000).flatMap((row) => Object.keys(row))]);
  const isThere = (name: string): boolean =>
    name === key || found.has(name) || found.has(name.slice(name.indexOf('.') + 1)) || rows.some((row) => fieldOf(row, name) !== undefined);
  const missing = fields.filter((f) => !isThere(f));
  if (key !== undefined && rows.length > 0 && !rows.some((row) => keyOf(row, key, of) !== undefined))
    return of.result(false, `schema_contains of ${of.where}: no record has a message key from "${key}"`, {
      expected: `a key from ${key}`,
      actual: 'no key',
    });
  return of.result(
    missing.length === 0,
    `schema_contains of ${of.where}: ${missing.length === 0 ? `has ${fields.join(', ')}` : `field ${missing.join(', ')} is missing`}`,
    {
      expected: fields,
      actual: [...found],
      ...(missing.length > 0 ? { details: { missing } } : {}),
    },
  );
};

function keyOf(row: Row, key: string, of: CheckContext): unknown {
  const value = fieldOf(row, key) ?? row['_key'];
  if (value !== undefined && value !== null && value !== '') return value;
  return of.output.key?.includes(key) ? key : undefined;
}

const noNulls: Check = (of) => {
  const rows = of.rows;
  const fields = of.texts('fields', 'field', 'columns') ?? (rows[0] ? Object.keys(rows[0]) : []);
  if (rows.length === 0) return of.result(true, `no_nulls of ${of.where}: no records`, { expected: 'no NULL', actual: 0 });
  const samples: string[] = [];
  const counts: Record<string, number> = {};
  let missing = false;
  for (const field of fields) {
    for (const [i, row] of rows.entries()) {
      const value = fieldOf(row, field);
      if (value !== null && value !== undefined) continue;
      counts[field] = (counts[field] ?? 0) + 1;
      missing ||= value === undefined;
      if (samples.length < SAMPLES_MAX) samples.push(sampleText(field, i, value === undefined ? 'missing' : value));
    }
  }
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  const names = Object.keys(counts);
  return of.result(
    total === 0,
    `no_nulls of ${of.where}: ${total === 0 ? `${fields.join(', ')} without NULL` : `${total} ${missing ? 'missing or ' : ''}NULL in ${names.join(', ')}`}`,
    {
      expected: 'no NULL',
      actual: total,
      ...(total > 0 ? { details: { fields: names, counts, sample_nulls: samples } } : {}),
    },
  );
};

const fieldValues: Check = (of) => {
  const field = of.require('field');
  const limits = of.limits('value');
  if (limits.length === 0) throw new Error('an operator and a value are missing');
  const wrong: string[] = [];
  let wrongs = 0;
  let seen = 0;
  for (const [i, row] of of.rows.entries()) {
    const value = fieldOf(row, field);
    if (value === undefined) continue;
    seen++;
    if (limits.every((l) => holds(l.op, value, l.expected))) continue;
    if (wrongs++ < SAMPLES_MAX) wrong.push(sampleText(field, i, show(value)));
  }
  const expected = limits.map((l) => operatorText(l.op, l.expected)).join(' and ');
  return of.result(
    wrongs === 0,
    `field_values of ${of.where}: ${wrongs === 0 ? `all ${seen} values of ${field} are ${expected}` : `${wrongs} of ${seen} values of ${field} are not ${expected}`}`,
    {
      expected,
      actual: wrongs === 0 ? `${seen} values` : wrong.slice(0, 5).join(', '),
      ...(wrongs > 0 ? { details: { field, violations: wrongs, sample_values: wrong } } : {}),
    },
  );
};

const fieldInSet: Check = (of) => {
  const field = of.require('field');
  const values = of.list('values', 'accepted_values', 'in') ?? [];
  const allowed = new Set(values.map(String));
  const wrong = new Map<string, number>();
  for (const row of of.rows) {
    const value = fieldOf(row, field);
    if (value === undefined || allowed.has(String(value))) continue;
    wrong.set(String(value), (wrong.get(String(value)) ?? 0) + 1);
  }
  return of.result(
    wrong.size === 0,
    `${of.type} of ${of.where}: ${wrong.size === 0 ? `every ${field} is in the set` : `${field} also holds ${[...wrong.keys()].slice(0, 5).join(', ')}`}`,
    {
      expected: [...allowed],
      actual: wrong.size === 0 ? 'in the set' : [...wrong.keys()].slice(0, SAMPLES_MAX),
      ...(wrong.size > 0 ? { details: { field, sample_values: Object.fromEntries([...wrong].slice(0, SAMPLES_MAX)) } } : {}),
    },
  );
};

function duplicates(rows: readonly Row[], fields: readonly string[]): { count: number; samples: string[] } {
  const seen = new Set<string>();
  const samples: string[] = [];
  let count = 0;
  for (const row of rows) {
    const key = JSON.stringify(fields.map((f) => show(fieldOf(row, f) ?? null)));
    if (!seen.has(key)) seen.add(key);
    else if (count++ < SAMPLES_MAX) samples.push(fields.map((f) => `${f}=${show(fieldOf(row, f) ?? null)}`).join(', '));
  }
  return { count, samples };
}

const uniqueValues: Check = (of) => {
  const fields = of.texts('fields', 'field', 'columns') ?? [of.require('field')];
  const { count, samples } = duplicates(of.rows, fields);
  return of.result(
    count === 0,
    `${of.type} of ${of.where}: ${count === 0 ? `${fields.join(', ')} does not repeat` : `${fields.join(', ')} repeats ${count} times`}`,
    {
      expected: 'no repeats',
      actual: count,
      ...(count > 0 ? { details: { fields, sample_duplicates: samples } } : {}),
    },
  );
};

const noDuplicates: Check = (of) => {
  const fields = of.texts('key_fields', 'fields', 'key_field', 'field') ?? of.output.key ?? [];
  if (fields.length === 0) throw new Error('the parameter "key_fields" is missing');
  // With updates allowed only the last row of each key counts.
  const rows = of.flag('allow_updates', false) ? (of.output.final ?? []) : of.rows;
  const { count, samples } = duplicates(rows, fields);
  const percent = rows.length === 0 ? 0 : (count * 100) / rows.length;
  const allowed = of.number('max_duplicate_percent') ?? 0;
  return of.result(
    percent <= allowed,
    `no_duplicates of ${of.where}: ${count} of ${rows.length} records repeat the key (${fields.join(', ')})`,
    {
      expected: `<= ${allowed}%`,
      actual: `${Math.round(percent * 100) / 100}%`,
      ...(count > 0 ? { details: { key_fields: fields, duplicates: count, sample_duplicates: samples } } : {}),
    },
  );
};

const ordering: Check = (of) => {
  const field = of.require('field');
  const descending = /^desc/i.test(of.text('direction', 'order') ?? 'ascending');
  const partition = of.text('partition_by', 'partition_field');
  const allowEqual = of.flag('allow_equal', of.flag('strict', false) !== true);
  const last = new Map<string, unknown>();
  const wrong: string[] = [];
  let wrongs = 0;
  for (const [i, row] of of.rows.entries()) {
    const value = fieldOf(row, field);
    if (value === null || value === undefined) continue;
    const part = partition === undefined ? '' : show(fieldOf(row, partition));
    const before = last.get(part);
    last.set(part, value);
    if (before === undefined) continue;
    const op = descending ? (allowEqual ? 'less_than_or_equal' : 'less_than') : allowEqual ? 'greater_than_or_equal' : 'greater_than';
    if (holds(op, value, before)) continue;
    if (wrongs++ < SAMPLES_MAX) wrong.push(`${sampleText(field, i, show(value))} after ${show(before)}`);
  }
  const direction = descending ? 'descending' : 'ascending';
  return of.result(
    wrongs === 0,
    `${of.type} of ${of.where}: ${field} ${wrongs === 0 ? 'is' : 'is not'} ${direction}${partition === undefined ? '' : ` within ${partition}`}`,
    {
      expected: direction,
      actual: wrongs === 0 ? direction : `${wrongs} rows out of order`,
      ...(wrongs > 0 ? { details: { field, violations: wrongs, sample_values: wrong } } : {}),
    },
  );
};

const template: Check = (of) => {
  const expression = of.text('expression', 'template') ?? of.require('expression');
  const about = of.text('description', 'name');
  let value: unknown;
  try {
    value = evaluateTemplate(expression, of.output, (w) => of.warnings.push(w));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return of.result(false, `template of ${of.where}: ${text}`, { expected: expression, actual: text });
  }
  return of.result(truthy(value), `template of ${of.where}: ${about === undefined ? '' : `${about}: `}${expression} is ${show(value)}`, {
    expected: 'true',
    actual: value,
  });
};

const lengthCheck: Check = (of) => perValue(of, (value) => String(value).length, 'length');

/** A number of each value within limits. */
function perValue(of: CheckContext, measure: (value: unknown) => number | string, what: string): AssertionResult {
  const field = of.require('field');
  const limits = of.limits('value', 'pattern');
  const wrong: string[] = [];
  let wrongs = 0;
  for (const [i, row] of of.rows.entries()) {
    const value = fieldOf(row, field);
    if (value === undefined || value === null) continue;
    if (limits.every((l) => holds(l.op, measure(value), l.expected))) continue;
    if (wrongs++ < SAMPLES_MAX) wrong.push(sampleText(field, i, show(value)));
  }
  const expected = limits.map((l) => operatorText(l.op, l.expected)).join(' and ');
  return of.result(
    wrongs === 0,
    `${of.type} of ${of.where}: ${wrongs === 0 ? `${what} of every ${field} is ${expected}` : `${what} of ${wrongs} values of ${field} is not ${expected}`}`,
    {
      expected,
      actual: wrongs === 0 ? 'all' : wrong.slice(0, 5).join(', '),
      ...(wrongs > 0 ? { details: { field, violations: wrongs, sample_values: wrong } } : {}),
    },
  );
}

const regex: Check = (of) => {
  const field = of.require('field');
  const pattern = of.text('pattern', 'regex', 'value') ?? of.require('pattern');
  const wrong = of.rows.flatMap((row, i) => {
    const value = fieldOf(row, field);
    return value === undefined || value === null || holds('matches', String(value), pattern) ? [] : [sampleText(field, i, show(value))];
  });
  return of.result(
    wrong.length === 0,
    `regex of ${of.where}: ${wrong.length === 0 ? `every ${field} matches` : `${wrong.length} values of ${field} do not match`} ${pattern}`,
    {
      expected: pattern,
      actual: wrong.length === 0 ? 'all match' : wrong.slice(0, 5).join(', '),
      ...(wrong.length > 0 ? { details: { field, sample_values: wrong.slice(0, SAMPLES_MAX) } } : {}),
    },
  );
};

export const RECORD_CHECKS: Readonly<Record<string, Check>> = {
  record_count: recordCount,
  row_count: recordCount,
  schema_contains: schemaContains,
  no_nulls: noNulls,
  field_not_null: noNulls,
  field_values: fieldValues,
  between: fieldValues,
  field_in_set: fieldInSet,
  accepted_values: fieldInSet,
  unique_values: uniqueValues,
  unique: uniqueValues,
  no_duplicates: noDuplicates,
  ordering,
  monotonic: ordering,
  template,
  length: lengthCheck,
  regex,
};
