import ts from 'typescript';
import { lineOf, parse, visit } from './repository.ts';

const at = (path: string, node: ts.Node, what: string): string => `${path}:${lineOf(node)} ${what}`;

type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration | ts.ConstructorDeclaration;

function isFunction(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

function nameOf(node: FunctionNode): string {
  if (node.name && ts.isIdentifier(node.name)) return node.name.text;
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent.name.text : 'anonymous function';
}

/** Functions longer than `linesMax` lines, first to last line, comments inside included. */
export function longFunctions(path: string, linesMax: number): string[] {
  const found: string[] = [];
  const file = parse(path);
  visit(file, (node) => {
    if (!isFunction(node)) return;
    const last = file.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
    const lines = last - lineOf(node) + 1;
    if (lines > linesMax) found.push(at(path, node, `${nameOf(node)} has ${lines} lines, at most ${linesMax} are allowed`));
  });
  return found;
}

export function anyTypes(path: string): string[] {
  const found: string[] = [];
  visit(parse(path), (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(at(path, node, 'uses `any`: take `unknown` and narrow it once'));
  });
  return found;
}

/** Code made from text: `new Function`, `Function(…)`, `eval(…)`. */
export function codeFromText(path: string): string[] {
  const found: string[] = [];
  visit(parse(path), (node) => {
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return;
    if (ts.isIdentifier(node.expression) && ['Function', 'eval'].includes(node.expression.text)) {
      found.push(at(path, node, `calls ${node.expression.text}: only the one allowed file may`));
    }
  });
  return found;
}

const NODE_GLOBALS = new Set(['Buffer', 'process', '__dirname', '__filename', 'require', 'setImmediate', 'clearImmediate']);

/** Globals that only Node has, used as a value. `globalThis.process?.…` is allowed: it is a question, not an assumption. */
export function nodeGlobals(path: string): string[] {
  const found: string[] = [];
  const file = parse(path);
  const declared = new Set<string>();
  visit(file, (node) => {
    const isDeclaration =
      ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node);
    if (isDeclaration && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    if (ts.isImportSpecifier(node)) declared.add(node.name.text);
  });
  visit(file, (node) => {
    if (!ts.isIdentifier(node) || !NODE_GLOBALS.has(node.text) || declared.has(node.text)) return;
    const parent = node.parent;
    const isObject = ts.isPropertyAccessExpression(parent) && parent.expression === node;
    const isCalled = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
    if (isObject || isCalled)
      found.push(at(path, node, `uses ${node.text}, which only Node has: move it to a *.node.ts file or pass it in`));
  });
  return found;
}

/** `export *`, default exports and more than `namesMax` names. */
export function exportProblems(path: string, namesMax: number): string[] {
  const found: string[] = [];
  let names = 0;
  for (const statement of parse(path).statements) {
    if (ts.isExportAssignment(statement)) found.push(at(path, statement, 'has a default export: name it'));
    const isDefault = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword);
    if (isDefault) found.push(at(path, statement, 'has a default export: name it'));
    if (!ts.isExportDeclaration(statement)) continue;
    const clause = statement.exportClause;
    if (!clause || ts.isNamespaceExport(clause)) found.push(at(path, statement, 'uses `export *`: list the names'));
    else names += clause.elements.length;
  }
  if (path.endsWith('/index.ts') && names > namesMax) found.push(`${path} exports ${names} names, at most ${namesMax} are allowed`);
  return found;
}

const RUNNERS = new Set(['test', 'it', 'describe', 'bench', 'suite']);
const LEFTOVERS = new Set(['only', 'skip', 'todo', 'fails']);

/** `test.only` and its kin. `test.skipIf(condition)` and `context.skip(reason)` are fine: they say when and why. */
export function leftoverMarks(path: string): string[] {
  const found: string[] = [];
  visit(parse(path), (node) => {
    if (!ts.isPropertyAccessExpression(node) || !LEFTOVERS.has(node.name.text)) return;
    let root: ts.Expression = node.expression;
    while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root)) root = root.expression;
    if (ts.isIdentifier(root) && RUNNERS.has(root.text)) found.push(at(path, node, `has .${node.name.text}`));
  });
  return found;
}
