import type { Problem } from '../../diagnostics/define-codes.ts';
import { toDiagnostics } from '../../diagnostics/diagnostic.ts';
import { throwFirstError } from '../../diagnostics/throw-first-error.ts';
import type { StatementBody } from '../ast/index.ts';
import { bindScript } from '../bind/bind-script.ts';
import type { BoundQuery, BoundStatement } from '../bind/bound.ts';
import { provideWholeLanguage } from '../bind/whole-language.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { parse } from '../syntax/index.ts';
import { provideAllBuilders } from './build/all-builders.ts';
import { nodeLabel } from './explain/node-label.ts';
import { outline } from './explain/outline.ts';
import { showBound } from './explain/show-bound.ts';
import { explainNode } from './explain-plan.ts';
import { optimise } from './optimise.ts';
import { outputNeed } from './physical/to-physical.ts';
import type { DerivedTable, QueryPlan } from './plan.ts';
import { logicalPlan, planQuery } from './plan-query.ts';
import { splitPlan } from './split-plan.ts';

export type ExplainStage = 'ast' | 'bound' | 'logical' | 'optimised' | 'physical';

export interface ExplainOptions {
  readonly stage: ExplainStage;
  /** What is known of the relations; absent: any relation may have any columns. */
  readonly catalog?: Catalog;
  readonly mode?: 'lenient' | 'strict';
  readonly compat?: 'standard' | 'velostream';
  /** As for the engine; the physical stage then says what of the plan several threads can do, and if nothing, why. */
  readonly workers?: number;
}

/**
 * What becomes of SQL text at one stage on its way to the runtime, as indented text. Several statements come one after
 * the other, each beneath its name. Throws a `VeloError` with all diagnostics when a statement has an error.
 *
 * @example explain('SELECT symbol FROM trades WHERE qty > 5', { stage: 'optimised' })
 * // -- rules: push-filters, narrow-columns
 * // Project  items=[symbol]
 * //   Source  relation=trades columns=[symbol, qty] filter=qty > 5
 */
export function explain(sql: string, options: ExplainOptions): string {
  const { mode = 'lenient', compat = 'standard' } = options;
  provideWholeLanguage();
  provideAllBuilders();
  const parsed = parse(sql, { mode, compat });
  throwFirstError(parsed.diagnostics);
  const statements = parsed.statements.map(explained);
  if (options.stage === 'ast')
    return inSections(statements.map((statement, i) => ({ name: nameOf(statement, i), text: outline(statement) })));
  const script = bindScript(statements, { sql, catalog: options.catalog ?? null, mode, compat });
  throwFirstError(script.problems.flatMap((problem) => toDiagnostics(sql, [problem], problem.statement)));
  const bound = script.bound.flatMap((statement, i) =>
    statement === null ? [] : [{ name: nameOf(statements[i] as StatementBody, i), text: explainBound(sql, statement, i, options) }],
  );
  return inSections(bound);
}

/** `EXPLAIN statement` explains the statement. */
const explained = (statement: StatementBody): StatementBody => (statement.kind === 'explain' ? explained(statement.statement) : statement);

const nameOf = (statement: StatementBody, index: number): string => (statement.kind === 'create' ? statement.name.text : `stmt_${index}`);

interface Section {
  readonly name: string;
  readonly text: string;
}

/** One section stands alone; several are told apart by their names. */
const inSections = (sections: readonly Section[]): string =>
  sections.length === 1 ? (sections[0]?.text ?? '') : sections.map(({ name, text }) => `-- ${name}\n${text}`).join('\n\n');

function explainBound(sql: string, statement: BoundStatement, index: number, options: ExplainOptions): string {
  if (options.stage === 'bound' || !('query' in statement)) return showBound(statement);
  return explainQuery(statement.query, options, (problems) => throwFirstError(toDiagnostics(sql, problems, index)));
}

function explainQuery(query: BoundQuery, { stage, workers = 1 }: ExplainOptions, check: (problems: readonly Problem[]) => void): string {
  if (stage === 'physical') {
    const { plan, problems } = planQuery(query);
    check(problems);
    if (plan === null) return '';
    const text = withDerived(explainNode(plan.root), plan.derived);
    return workers > 1 ? `${workersLine(plan, workers)}\n${text}` : text;
  }
  const { plan, derived, problems } = logicalPlan(query);
  check(problems);
  if (plan === null) return '';
  if (stage === 'logical') return withDerived(explainNode(plan.node), derived);
  const { root, fired } = optimise(plan.node, outputNeed({}));
  return withDerived(`-- rules: ${fired.length === 0 ? 'none' : fired.join(', ')}\n${explainNode(root)}`, derived);
}

/** What of a plan several threads can do. Whether they do depends on its source as well: `metrics().workers` says that. */
function workersLine(plan: QueryPlan, workers: number): string {
  const split = splitPlan(plan);
  return split.kind === 'split'
    ? `-- workers: ${workers} threads run parts of ${split.relation} up to ${nodeLabel(split.node)}`
    : `-- workers: 1, because ${split.reason}; ${workers} threads may decode`;
}

const withDerived = (text: string, derived: readonly DerivedTable[]): string =>
  [text, ...derived.map((table) => `-- table ${table.name}\n${explainNode(table.plan.root)}`)].join('\n');
