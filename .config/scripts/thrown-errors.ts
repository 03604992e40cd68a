import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface ErrorRow {
  readonly code: string;
  readonly reason: string;
  readonly severity: string;
  readonly text: string;
}

const PLACES = ['packages/core/src/**/*.ts', 'packages/connectors/src/**/*.ts', 'packages/ai/src/**/*.ts'];
const SKIPPED = /\.(?:test|fixture|d)\.ts$/;

/** What a piece of a message says where its values are not known: `…` for them, and the first of two wordings. */
function shapeOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return shapeOf(node.expression);
  if (ts.isConditionalExpression(node)) return shapeOf(node.whenTrue);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return shapeOf(node.left) + shapeOf(node.right);
  if (!ts.isTemplateExpression(node)) return '…';
  return node.head.text + node.templateSpans.map((span) => shapeOf(span.expression) + span.literal.text).join('');
}

/** The object of an error: `code`, `reason` and `message` side by side. */
function rowOf(node: ts.ObjectLiteralExpression): ErrorRow | null {
  const given = new Map<string, string>();
  for (const property of node.properties) {
    if (ts.isPropertyAssignment(property)) given.set(property.name.getText(), shapeOf(property.initializer));
    if (ts.isShorthandPropertyAssignment(property)) given.set(property.name.text, '…');
  }
  const [code, reason, text] = ['code', 'reason', 'message'].map((name) => given.get(name));
  if (code === undefined || reason === undefined || text === undefined || !/^VS\d{4}$/.test(code)) return null;
  return { code, reason, severity: given.get('severity') ?? 'error', text: text.replaceAll(/…+/g, '…') };
}

/** Errors that are thrown where they arise, read from the objects that make them. */
export function thrownErrors(root: string): ErrorRow[] {
  const files = PLACES.flatMap((place) => globSync(place, { cwd: root })).filter((path) => !SKIPPED.test(path));
  const rows = files.sort().flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    if (!/code: 'VS\d{4}'/.test(text)) return [];
    const found: ErrorRow[] = [];
    const visit = (node: ts.Node): void => {
      const row = ts.isObjectLiteralExpression(node) ? rowOf(node) : null;
      if (row !== null) found.push(row);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
    return found;
  });
  // the first wording of a code that has several
  return [...new Map(rows.reverse().map((row) => [row.code, row])).values()];
}
