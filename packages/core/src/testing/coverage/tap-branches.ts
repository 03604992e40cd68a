import type { Expr } from '../../sql/bind/expression.ts';
import { mapChildren } from '../../sql/bind/expression-tree.ts';
import { showExpr } from '../../sql/bind/show-expression.ts';
import type { Scalar } from '../../values/types.ts';
import type { CoveragePoints } from './points.ts';
import { tapped } from './tap.ts';

/** Taps every atom of a condition (true and false), and the whole when it has several. */
export function tapCondition(e: Expr, points: CoveragePoints, place: string): Expr {
  let atoms = 0;
  const atom = (a: Expr): Expr => tapTruth(tapCases(a, points, `${place}.${atoms}`), points, `${place}.${atoms++}`, showExpr(a));
  const walk = (x: Expr): Expr => {
    if (x.kind === 'and' || x.kind === 'or') return { ...x, args: x.args.map(walk) };
    if (x.kind === 'not') return { ...x, arg: walk(x.arg) };
    return atom(x);
  };
  const made = walk(e);
  return atoms > 1 ? tapTruth(made, points, place, showExpr(e)) : made;
}

function tapTruth(e: Expr, points: CoveragePoints, id: string, text: string): Expr {
  if (e.kind === 'literal') return e;
  points.add(`${id}.true`, `${text} is true`);
  points.add(`${id}.false`, `${text} is false`);
  let pending = 2;
  return tapped(e, (value: Scalar) => {
    if (pending === 0) return;
    const outcome = value === true ? `${id}.true` : value === false ? `${id}.false` : null;
    if (outcome === null || points.isReached(outcome)) return;
    points.reach(outcome);
    pending--;
  });
}

/** Taps the branches of every CASE and COALESCE in an expression. */
export function tapCases(e: Expr, points: CoveragePoints, place: string): Expr {
  let n = 0;
  const walk = (x: Expr): Expr => {
    const inner = mapChildren(x, walk);
    if (inner.kind === 'case') return tapCase(inner, x as Extract<Expr, { kind: 'case' }>, points, `${place}.case${n++}`);
    if (inner.kind === 'coalesce') return tapCoalesce(inner, points, `${place}.coalesce${n++}`);
    return inner;
  };
  return walk(e);
}

type CaseExpr = Extract<Expr, { kind: 'case' }>;

function tapCase(e: CaseExpr, written: CaseExpr, points: CoveragePoints, id: string): Expr {
  const whens = e.whens.map((when, i) => {
    const point = `${id}.${i}`;
    points.add(point, `CASE branch WHEN ${showExpr(written.whens[i]?.condition ?? when.condition)}`);
    return { ...when, condition: tapped(when.condition, (v) => v === true && points.reach(point)) };
  });
  const last = `${id}.else`;
  points.add(last, `CASE ${written.otherwise === null ? 'without a branch (NULL)' : `ELSE ${showExpr(written.otherwise)}`}`);
  const otherwise = tapped(e.otherwise ?? { kind: 'literal', type: e.type, value: null }, () => points.reach(last));
  return { ...e, whens, otherwise };
}

function tapCoalesce(e: Extract<Expr, { kind: 'coalesce' }>, points: CoveragePoints, id: string): Expr {
  const [first, ...rest] = e.args;
  if (!first || rest.length === 0) return e;
  const text = showExpr(first);
  points.add(`${id}.value`, `${text} has a value in COALESCE`);
  points.add(`${id}.null`, `${text} is NULL in COALESCE`);
  return { ...e, args: [tapped(first, (v) => points.reach(v === null ? `${id}.null` : `${id}.value`)), ...rest] };
}
