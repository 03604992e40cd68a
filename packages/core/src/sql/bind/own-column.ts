import type { Span } from '../../diagnostics/span.ts';
import type { Select, Statement } from '../ast/index.ts';
import type { ScriptProblem } from './bind-script.ts';

/**
 * Without the warning that WHERE does not see an alias, where the alias is made of a column of its own name: of a source whose columns nobody
 * knows that says that there is one, which WHERE means.
 */
export const withoutOwnColumns = (statements: readonly Statement[], problems: readonly ScriptProblem[]): readonly ScriptProblem[] =>
  problems.filter(({ code, severity, span, statement }) => {
    const at = statements[statement];
    return (
      code !== 'VS2009' || severity !== 'warning' || at === undefined || !some(at, (node) => isSelect(node) && meansColumn(node, span))
    );
  });

/** Whether the name at a place of WHERE is that of an item that reads a column of this name. */
function meansColumn({ where, items }: Select, span: Span): boolean {
  if (where === undefined || span.start < where.span.start || span.end > where.span.end) return false;
  return items.some((item) => {
    const name = item.kind === 'expression' ? item.alias?.text : undefined;
    return (
      name !== undefined && some(item, (node) => isColumn(node, name)) && some(where, (node) => isColumn(node, name) && isAt(node, span))
    );
  });
}

/** Whether a node of a tree, which is walked by its shape, is such a one. */
const some = (node: object, is: (node: object) => boolean): boolean =>
  is(node) || Object.values(node).some((part) => typeof part === 'object' && part !== null && some(part, is));

const isSelect = (node: object): node is Select => 'kind' in node && node.kind === 'select';

const isColumn = (node: object, name: string): boolean =>
  'kind' in node && node.kind === 'column' && 'path' in node && Array.isArray(node.path) && node.path.at(-1)?.text === name;

const isAt = (node: object, { start, end }: Span): boolean => {
  const own = 'span' in node ? (node.span as Span) : undefined;
  return own?.start === start && own.end === end;
};
