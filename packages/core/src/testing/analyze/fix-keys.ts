import type { Row } from '../../protocol/query.ts';
import type { Expression } from '../../sql/ast/index.ts';
import { collectEvidence } from '../infer/evidence.ts';
import { type FailureContext, inputColumns, replaced, textOf, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { nameLikeness } from './similarity.ts';

/** Two columns that a JOIN compares, and the values that each side has. */
export interface JoinedKeys {
  readonly left: { readonly source: string; readonly column: string; readonly values: ReadonlySet<string> };
  readonly right: { readonly source: string; readonly column: string; readonly values: ReadonlySet<string> };
  /** Share of left values that the right side has. */
  readonly overlap: number;
}

const valuesOf = (rows: readonly Row[] | undefined, column: string): Set<string> =>
  new Set((rows ?? []).flatMap((row) => ((row[column] ?? null) === null ? [] : [String(row[column])])));

const overlapOf = (left: ReadonlySet<string>, right: ReadonlySet<string>): number =>
  left.size === 0 ? 0 : [...left].filter((v) => right.has(v)).length / left.size;

/** The keys of every join of two inputs. */
export function joinedKeys(ctx: FailureContext): JoinedKeys[] {
  return collectEvidence(ctx.statements).joins.map(({ child, parent }) => {
    const left = valuesOf(ctx.inputs[child.source], child.column);
    const right = valuesOf(ctx.inputs[parent.source], parent.column);
    return { left: { ...child, values: left }, right: { ...parent, values: right }, overlap: overlapOf(left, right) };
  });
}

interface Shape {
  readonly name: string;
  readonly because: string;
  apply(value: string): string;
  sql(expression: string): string;
}

const SHAPES: readonly Shape[] = [
  { name: 'upper case', because: 'they differ in upper and lower case', apply: (v) => v.toUpperCase(), sql: (e) => `UPPER(${e})` },
  { name: 'without spaces around', because: 'one side has spaces around its keys', apply: (v) => v.trim(), sql: (e) => `TRIM(${e})` },
  {
    name: 'trimmed upper case',
    because: 'they differ in case and spaces',
    apply: (v) => v.trim().toUpperCase(),
    sql: (e) => `UPPER(TRIM(${e}))`,
  },
  {
    name: 'their digits',
    because: 'only the digits of the keys agree',
    apply: (v) => v.replace(/\D+/g, ''),
    sql: (e) => `REGEXP_REPLACE(CAST(${e} AS STRING), '[^0-9]', '')`,
  },
  {
    name: 'their number',
    because: 'one side has zeros in front of its numbers',
    apply: (v) => (/\d/.test(v) ? String(Number(v.replace(/\D+/g, ''))) : v),
    sql: (e) => `TRY_CAST(REGEXP_REPLACE(CAST(${e} AS STRING), '[^0-9]', '') AS INTEGER)`,
  },
  {
    name: 'without separators',
    because: 'one side writes separators in its keys',
    apply: (v) => v.replace(/[-_ ./]/g, '').toUpperCase(),
    sql: (e) => `UPPER(REGEXP_REPLACE(CAST(${e} AS STRING), '[-_ ./]', ''))`,
  },
];

/** Keys that never meet: written otherwise on the two sides, other columns, or data made without a relationship. */
export function fixKeys(ctx: FailureContext): Fix[] {
  return [
    ...joinedKeys(ctx).flatMap((keys) =>
      keys.overlap >= 0.5 ? [] : [...fixShapes(ctx, keys), ...fixColumns(ctx, keys), ...alignData(ctx, keys)],
    ),
    ...sameNames(ctx),
  ];
}

/** `a.user_id = b.order_id` where both have a `user_id`, or an `order_id`. */
function sameNames(ctx: FailureContext): Fix[] {
  const known = inputColumns(ctx);
  return ctx.selects.flatMap((select) =>
    select.joins.flatMap(({ on }) => {
      const found: Fix[] = [];
      if (on)
        walk(on, (e) => {
          if (e.kind !== 'binary' || e.operator !== '=' || e.left.kind !== 'column' || e.right.kind !== 'column') return;
          const [left, right] = [e.left.path.at(-1), e.right.path.at(-1)];
          if (!left || !right || left.text === right.text) return;
          for (const [from, to] of [
            [right, left.text],
            [left, right.text],
          ] as const) {
            const sql = replaced(ctx.sql, from, to);
            if (known.some((c) => c.name === to))
              found.push({
                title: `join by ${to} on both sides`,
                kind: 'sql',
                rule: 'join-column',
                because: `${textOf(ctx.sql, e)} compares columns of different names`,
                rank: 61,
                sql,
              });
          }
        });
      return found;
    }),
  );
}

function onPairs(ctx: FailureContext, keys: JoinedKeys): { readonly left: Expression; readonly right: Expression }[] {
  const found: { left: Expression; right: Expression }[] = [];
  const nameOf = (e: Expression): string | undefined => (e.kind === 'column' ? e.path.at(-1)?.text : undefined);
  for (const select of ctx.selects)
    for (const join of select.joins)
      if (join.on)
        walk(join.on, (e) => {
          if (e.kind !== 'binary' || e.operator !== '=') return;
          const pair = [nameOf(e.left), nameOf(e.right)];
          if (pair.includes(keys.left.column) && pair.includes(keys.right.column)) found.push({ left: e.left, right: e.right });
        });
  return found;
}

function fixShapes(ctx: FailureContext, keys: JoinedKeys): Fix[] {
  const samples = `${[...keys.left.values].slice(0, 3).join(', ')} and ${[...keys.right.values].slice(0, 3).join(', ')}`;
  return SHAPES.flatMap((shape, i) => {
    const after = overlapOf(new Set([...keys.left.values].map(shape.apply)), new Set([...keys.right.values].map(shape.apply)));
    if (after <= keys.overlap) return [];
    return onPairs(ctx, keys).map(({ left, right }): Fix => {
      // The later text first, so that places in front of it stay right.
      const sides = [left, right].sort((a, b) => b.span.start - a.span.start);
      const sql = sides.reduce((text, e) => replaced(text, e, shape.sql(textOf(ctx.sql, e))), ctx.sql);
      return {
        title: `compare ${keys.left.column} and ${keys.right.column} by ${shape.name}`,
        kind: 'sql',
        rule: 'key-format',
        because: `${shape.because}: ${samples}`,
        rank: 96 + after - i * 0.5,
        sql,
      };
    });
  });
}

/** Another column of the right side whose values do meet. */
function fixColumns(ctx: FailureContext, keys: JoinedKeys): Fix[] {
  const side = (mine: JoinedKeys['left'], other: JoinedKeys['left']): Fix[] => {
    const rows = ctx.inputs[mine.source] ?? [];
    return Object.keys(rows[0] ?? {})
      .filter((c) => c !== mine.column)
      .map((c) => ({ c, overlap: overlapOf(valuesOf(rows, c), other.values) }))
      .filter(({ overlap }) => overlap > keys.overlap)
      .sort((a, b) => b.overlap - a.overlap || nameLikeness(b.c, other.column) - nameLikeness(a.c, other.column))
      .slice(0, 2)
      .flatMap(({ c, overlap }) =>
        onPairs(ctx, keys).flatMap(({ left, right }) => {
          const target = [left, right].find((e) => e.kind === 'column' && e.path.at(-1)?.text === mine.column);
          const name = target?.kind === 'column' ? target.path.at(-1) : undefined;
          return name
            ? [
                {
                  title: `join by ${mine.source}.${c}`,
                  kind: 'sql' as const,
                  rule: 'join-column',
                  because: `${Math.round(overlap * 100)} % of its values occur in ${other.source}.${other.column}`,
                  rank: 90 + overlap,
                  sql: replaced(ctx.sql, name, c),
                },
              ]
            : [];
        }),
      );
  };
  return [...side(keys.right, keys.left), ...side(keys.left, keys.right)];
}

/** The child's keys drawn from those of the parent: the `relationships` of a data schema, tried on the rows at hand. */
function alignData(ctx: FailureContext, keys: JoinedKeys): Fix[] {
  const rows = ctx.inputs[keys.left.source];
  const parents = (ctx.inputs[keys.right.source] ?? []).map((row) => row[keys.right.column] ?? null).filter((v) => v !== null);
  if (!rows || parents.length === 0) return [];
  const made = rows.map((row, i) => ({ ...row, [keys.left.column]: parents[i % parents.length] ?? null }));
  const schema = (rows as { readonly schema?: object }).schema;
  if (schema) Object.defineProperty(made, 'schema', { value: schema, enumerable: false });
  return [
    {
      title: `make ${keys.left.source}.${keys.left.column} from ${keys.right.source}.${keys.right.column}`,
      kind: 'schema',
      rule: 'no-relationship',
      because: `the data was made without saying that the keys belong together; add to the schema of "${keys.left.source}":\nrelationships:\n  - field: ${keys.left.column}\n    references: ${keys.right.source}.${keys.right.column}\n    strategy: sample`,
      rank: 82,
      inputs: { ...ctx.inputs, [keys.left.source]: made },
    },
  ];
}
