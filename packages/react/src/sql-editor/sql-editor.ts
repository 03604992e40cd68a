import { SqlEditorAlternatives } from './SqlEditorAlternatives.tsx';
import { SqlEditorAnnotations } from './SqlEditorAnnotations.tsx';
import { SqlEditorAssumptions } from './SqlEditorAssumptions.tsx';
import { SqlEditorDeploy } from './SqlEditorDeploy.tsx';
import { SqlEditorExplanation } from './SqlEditorExplanation.tsx';
import { SqlEditorFormat } from './SqlEditorFormat.tsx';
import { SqlEditorInput } from './SqlEditorInput.tsx';
import { SqlEditorProblems } from './SqlEditorProblems.tsx';
import { SqlEditorReset } from './SqlEditorReset.tsx';
import { SqlEditorRoot } from './SqlEditorRoot.tsx';
import { SqlEditorRun } from './SqlEditorRun.tsx';
import { SqlEditorTest } from './SqlEditorTest.tsx';

interface SqlEditorParts {
  readonly Root: typeof SqlEditorRoot;
  readonly Input: typeof SqlEditorInput;
  readonly Problems: typeof SqlEditorProblems;
  readonly Annotations: typeof SqlEditorAnnotations;
  readonly Explanation: typeof SqlEditorExplanation;
  readonly Assumptions: typeof SqlEditorAssumptions;
  readonly Alternatives: typeof SqlEditorAlternatives;
  readonly Run: typeof SqlEditorRun;
  readonly Test: typeof SqlEditorTest;
  readonly Deploy: typeof SqlEditorDeploy;
  readonly Format: typeof SqlEditorFormat;
  readonly Reset: typeof SqlEditorReset;
}

/**
 * SQL that can be changed, run, tested and deployed.
 *
 * @example
 * <SqlEditor.Root artifact={artifact} onAction={act}>
 *   <SqlEditor.Input /><SqlEditor.Problems /><SqlEditor.Run />
 * </SqlEditor.Root>
 */
export const SqlEditor: SqlEditorParts = {
  Root: SqlEditorRoot,
  Input: SqlEditorInput,
  Problems: SqlEditorProblems,
  Annotations: SqlEditorAnnotations,
  Explanation: SqlEditorExplanation,
  Assumptions: SqlEditorAssumptions,
  Alternatives: SqlEditorAlternatives,
  Run: SqlEditorRun,
  Test: SqlEditorTest,
  Deploy: SqlEditorDeploy,
  Format: SqlEditorFormat,
  Reset: SqlEditorReset,
};
