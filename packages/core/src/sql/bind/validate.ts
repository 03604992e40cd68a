import { type Diagnostic, toDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { Field } from '../../values/column.ts';
import type { Statement } from '../ast/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type ParseResult, parse } from '../syntax/index.ts';
import { bindScript, type ScriptProblem, type ScriptResult } from './bind-script.ts';
import type { BindOptions } from './binder.ts';
import { checkAnnotations } from './check-annotations.ts';
import { checkDeploy } from './check-deploy.ts';
import { checkProperties } from './check-properties.ts';
import { withoutOwnColumns } from './own-column.ts';
import { propertiesOfStatement } from './properties.ts';
import { provideWholeLanguage } from './whole-language.ts';

export interface ValidateOptions {
  /** Absent: nothing is known of sources, so no name is checked. */
  readonly catalog?: Catalog;
  readonly mode?: 'lenient' | 'strict';
  readonly compat?: 'standard' | 'velostream';
  /** `deploy` also checks that every input has a source and every output a sink; `query` by default. */
  readonly purpose?: 'query' | 'deploy';
}

/**
 * Everything there is to say about SQL text, by position: syntax, names and types, streaming advice, annotations.
 * Empty: nothing to say. Never throws on what a user wrote.
 *
 * @example validate('SELECT pirce FROM trades', { catalog }) // VS2004, hint: Did you mean "price"?
 */
export function validate(sql: string, options: ValidateOptions = {}): Diagnostic[] {
  const { catalog, mode, compat, purpose = 'query' } = options;
  provideWholeLanguage();
  const parsed = parse(sql, { ...(mode === undefined ? {} : { mode }), ...(compat === undefined ? {} : { compat }) });
  const bindOptions: BindOptions = { sql, catalog: catalog ?? null, mode: mode ?? 'lenient', compat: compat ?? 'standard', purpose };
  const script = bindScript(parsed.statements, bindOptions);
  const broken = new Set(parsed.diagnostics.filter((d) => d.severity === 'error').map((d) => d.statement));
  const problems = [
    ...withoutOwnColumns(parsed.statements, script.problems).filter((p) => !broken.has(p.statement)),
    ...checkSettings(parsed.statements, script, bindOptions).filter((p) => !broken.has(p.statement)),
    ...checkAnnotations(parsed.annotations, (i) => outputOf(script, i), bindOptions),
  ];
  return placed(sql, parsed, problems);
}

/** Sorted by position; what the parser has already said of a place is not said again. */
function placed(sql: string, parsed: ParseResult, problems: readonly ScriptProblem[]): Diagnostic[] {
  const said = new Set(parsed.diagnostics.map((d) => `${d.reason}:${d.start}`));
  const found = problems.flatMap((p) => toDiagnostics(sql, [p], p.statement)).filter((d) => !said.has(`${d.reason}:${d.start}`));
  return [...parsed.diagnostics, ...found].sort((a, b) => a.start - b.start || a.end - b.end);
}

function outputOf(script: ScriptResult, statement: number): readonly Field[] | undefined {
  const bound = script.bound[statement];
  return bound != null && 'query' in bound ? bound.query.fields : undefined;
}

function checkSettings(statements: readonly Statement[], script: ScriptResult, options: BindOptions): ScriptProblem[] {
  const purpose = options.purpose ?? 'query';
  const made = new Set(script.dependencies.flatMap((d) => (d.makes === null ? d.writes : [d.makes, ...d.writes])));
  const declaredSinks = new Set(statements.flatMap((s) => (s.kind === 'create' && s.query === undefined ? [s.name.text] : [])));
  return statements.flatMap((statement, i) => {
    const own = checkProperties(propertiesOfStatement(statement), purpose);
    const context = { names: script.dependencies[i]!, made, declaredSinks, catalog: options.catalog };
    const deploy = purpose === 'deploy' ? checkDeploy(statement, context) : [];
    return [...own, ...deploy].map((p) => ({ ...p, statement: i }));
  });
}
