import type { Expression, Statement } from '../../sql/ast/index.ts';
import type { SqlAnnotations } from '../../sql/syntax/index.ts';
import type { TextEdit } from './text-edits.ts';

/** Lines whose value is a list of output columns. */
const COLUMN_LINES = /^\s*\*?\s*@(metric_labels|metric_field|viz_x_axis|viz_y_axis)\s*:?\s*/i;

/** Edits that let the annotations of a statement follow renamed output columns. */
export function renameInAnnotations(statement: Statement, annotations: SqlAnnotations, renames: ReadonlyMap<string, string>): TextEdit[] {
  if (renames.size === 0) return [];
  const edits: TextEdit[] = [];
  for (const comment of statement.comments) {
    const line = COLUMN_LINES.exec(comment.text);
    if (line === null) continue;
    const value = comment.text.slice(line[0].length);
    const changed = value
      .split(',')
      .map((part) => part.replace(/[^\s()[\]]+/, (name) => renamed(name, renames)))
      .join(',');
    // The text of a comment ends where the comment does; the marks stand in front of it.
    const end = comment.span.end;
    if (changed !== value) edits.push({ start: end - value.length, end, text: changed });
  }
  const conditions = [...annotations.metrics.flatMap((m) => m.condition ?? []), ...annotations.alerts.map((a) => a.condition)];
  for (const { expression, span } of conditions) renameInExpression(expression, span.start, renames, edits);
  return edits;
}

const renamed = (name: string, renames: ReadonlyMap<string, string>): string => {
  const [head = '', ...rest] = name.split('.');
  const to = renames.get(head);
  return to === undefined ? name : [to, ...rest].join('.');
};

function renameInExpression(node: unknown, offset: number, renames: ReadonlyMap<string, string>, edits: TextEdit[]): void {
  if (typeof node !== 'object' || node === null) return;
  if ('kind' in node && node.kind === 'column') {
    const name = (node as Extract<Expression, { kind: 'column' }>).path[0];
    const to = name === undefined ? undefined : renames.get(name.text);
    if (name !== undefined && to !== undefined) edits.push({ start: offset + name.span.start, end: offset + name.span.end, text: to });
    return;
  }
  for (const part of Array.isArray(node) ? node : Object.values(node)) renameInExpression(part, offset, renames, edits);
}
