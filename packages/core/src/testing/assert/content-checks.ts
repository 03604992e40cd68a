import type { Change, Row } from '../../protocol/query.ts';
import { isMap } from '../schema/loose.ts';
import { type Check, type CheckContext, fieldOf, SAMPLES_MAX } from './check.ts';
import { sameValue, show } from './operators.ts';
import { diffRows, diffText, isSame, type RowDiff } from './row-diff.ts';

const expectedRows = (of: CheckContext): readonly object[] => {
  const list = of.list('rows', 'expected', 'expected_rows');
  if (list === undefined) throw new Error('the parameter "rows" is missing');
  return list.filter(isMap);
};

function judgeDiff(of: CheckContext, diff: RowDiff, expected: readonly object[], actual: readonly Row[]) {
  const passed = isSame(diff);
  return of.result(
    passed,
    passed
      ? `${of.type} of ${of.where}: ${expected.length} rows as expected`
      : `${of.type} of ${of.where}:\n${diffText(diff, expected, actual)}`,
    {
      expected: expected.slice(0, SAMPLES_MAX),
      actual: actual.slice(0, SAMPLES_MAX),
      ...(passed
        ? {}
        : { details: { cells: diff.cells.slice(0, 100), missing: diff.missing.slice(0, 100), extra: diff.extra.slice(0, 100) } }),
    },
  );
}

const source = (of: CheckContext): readonly Row[] => (of.flag('final', false) ? (of.output.final ?? of.rows) : of.rows);

const rowsEqual: Check = (of) => {
  const expected = expectedRows(of);
  const actual = source(of);
  const columns = of.texts('columns', 'compare_fields');
  const tolerance = of.number('tolerance', 'numeric_tolerance');
  const ignore = of.texts('ignore_fields', 'ignore');
  return judgeDiff(
    of,
    diffRows(expected, actual, {
      ordered: of.flag('ordered', false),
      ...(columns ? { columns } : {}),
      ...(ignore ? { ignore } : {}),
      ...(tolerance === undefined ? {} : { tolerance }),
    }),
    expected,
    actual,
  );
};

const rowContains: Check = (of) => {
  const expected = of.list('rows', 'expected', 'expected_rows') ? expectedRows(of) : [of.subMap('row') ?? {}];
  const actual = source(of);
  return judgeDiff(of, diffRows(expected, actual, { ordered: false, subset: true }), expected, actual);
};

const changelogValid: Check = (of) => {
  const changes = of.output.changes;
  if (!changes) return of.skipped('changes were not recorded');
  const wrong = changelogFaults(changes);
  return of.result(
    wrong.length === 0,
    `changelog_valid of ${of.where}: ${wrong.length === 0 ? `${changes.length} changes fit` : wrong[0]}`,
    {
      expected: 'updates and deletes of rows that are there',
      actual: wrong.length === 0 ? 'valid' : `${wrong.length} faults`,
      ...(wrong.length > 0 ? { details: { sample_violations: wrong.slice(0, SAMPLES_MAX) } } : {}),
    },
  );
};

const changeKey = (c: Change): string => JSON.stringify([c.key.map(show), c.window?.start ?? null, c.window?.end ?? null]);

/** An update or delete needs a row of its key, an insert needs none. Rows without a key only append. */
function changelogFaults(changes: readonly Change[]): string[] {
  const present = new Set<string>();
  const wrong: string[] = [];
  for (const [i, change] of changes.entries()) {
    if (change.key.length === 0 && !change.window) {
      continue;
    }
    const key = changeKey(change);
    if (change.op === 'insert' && present.has(key) && !change.final) wrong.push(`change ${i} inserts ${key} again`);
    if (change.op !== 'insert' && !present.has(key))
      wrong.push(`change ${i} is a${change.op === 'update' ? 'n update' : ' delete'} of ${key}, which is not there`);
    if (change.op === 'delete') present.delete(key);
    else present.add(key);
  }
  return wrong;
}

const finalEqualsLast: Check = (of) => {
  const { changes, final } = of.output;
  if (!changes || !final) return of.skipped('changes were not recorded');
  const last = new Map<string, Row>();
  for (const [i, c] of changes.entries()) {
    const key = c.key.length === 0 && !c.window ? String(i) : changeKey(c);
    if (c.op === 'delete') last.delete(key);
    else last.set(key, c.row);
  }
  const rows = [...last.values()];
  return judgeDiff(of, diffRows(rows, final, { ordered: false, tolerance: 0 }), rows, final);
};

const schemaUnchanged: Check = (of) => {
  const contract = of.list('columns', 'schema') ?? (of.output.snapshots?.[of.text('name') ?? 'schema'] as readonly unknown[] | undefined);
  if (!contract) return of.skipped('there is no contract to compare with');
  const wanted = contract.map((c) => (isMap(c) ? `${show(c['name'])} ${show(c['type'] ?? '')}`.trim() : String(c)));
  const found = (of.output.schema?.columns ?? []).map((c) => `${c.name} ${c.type}`);
  const bare = found.map((f) => f.split(' ')[0] ?? f);
  const missing = wanted.filter((w) => !(w.includes(' ') ? found : bare).some((f) => f.toLowerCase() === w.toLowerCase()));
  const added = of.flag('allow_added', false)
    ? []
    : bare.filter((f) => !wanted.some((w) => w.split(' ')[0]?.toLowerCase() === f.toLowerCase()));
  const passed = missing.length === 0 && added.length === 0;
  return of.result(
    passed,
    `schema_unchanged of ${of.where}: ${passed ? 'as agreed' : [...missing.map((m) => `"${m}" is missing`), ...added.map((a) => `"${a}" is new`)].join(', ')}`,
    {
      expected: wanted,
      actual: found,
    },
  );
};

const snapshot: Check = (of) => {
  const name = of.text('name', 'path') ?? 'snapshot';
  const kept = of.output.snapshots?.[name];
  if (!Array.isArray(kept)) return of.skipped(`there is no snapshot "${name}" yet; run with --update-golden to keep one`);
  const expected = (kept as readonly unknown[]).filter(isMap);
  return judgeDiff(of, diffRows(expected, of.rows, { ordered: of.flag('ordered', false) }), expected, of.rows);
};

const outputFields = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((r) => Object.keys(r)))];

/** A column that never changes though it was expected to. */
const notConstant: Check = (of) => {
  const fields = of.texts('fields', 'field') ?? outputFields(of.rows);
  const constant = fields.filter(
    (f) => of.rows.length > 1 && of.rows.every((row) => sameValue(fieldOf(row, f), fieldOf(of.rows[0] as Row, f), 0)),
  );
  return of.result(
    constant.length === 0,
    `not_constant of ${of.where}: ${constant.length === 0 ? 'every field varies' : `${constant.join(', ')} never changes`}`,
    {
      expected: 'more than one value',
      actual: constant,
    },
  );
};

export const CONTENT_CHECKS: Readonly<Record<string, Check>> = {
  row_match: rowsEqual,
  rows_equal: rowsEqual,
  exact: rowsEqual,
  row_contains: rowContains,
  contains: rowContains,
  changelog_valid: changelogValid,
  final_equals_last_change: finalEqualsLast,
  schema_unchanged: schemaUnchanged,
  snapshot,
  not_constant: notConstant,
};
