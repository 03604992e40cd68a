import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.cache', 'coverage']);

/** Paths of all files below `folder`, relative to the repository, with forward slashes. */
export function filesIn(folder = '.'): string[] {
  const start = join(ROOT, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = relative(ROOT, join(start, entry.name)).split(sep).join('/');
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const isTest = (path: string): boolean =>
  /\.(test|bench|stories|fixture)\.tsx?$/.test(path) || /^(packages\/[^/]+\/)?(test|bench)\//.test(path);

const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');

const ALL = filesIn();
/** Everything that a person reads: sources, scripts, documents, configuration. */
export const TEXT_FILES = ALL.filter((path) => /\.(tsx?|m?js|sh|md|json|ya?ml|sql|slt|css|html)$/.test(path) || path === '.ci/run').filter(
  (path) => path !== 'pnpm-lock.yaml',
);
/** TypeScript that ships. */
export const SOURCES = ALL.filter((path) => /^packages\/[^/]+\/src\//.test(path) && isTypeScript(path) && !isTest(path));
/** TypeScript that checks what ships. */
export const TESTS = ALL.filter((path) => isTypeScript(path) && isTest(path));
export const MARKDOWN = ALL.filter((path) => path.endsWith('.md'));

const parsed = new Map<string, ts.SourceFile>();
export function parse(path: string): ts.SourceFile {
  let file = parsed.get(path);
  if (!file) {
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true, kind);
    parsed.set(path, file);
  }
  return file;
}

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Erased by the compiler: cannot be part of a cycle at run time. */
  readonly isTypeOnly: boolean;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** Imports, re-exports and `import()` of a file. */
export function importsOf(path: string): Import[] {
  const found: Import[] = [];
  visit(parse(path), (node) => {
    const line = lineOf(node);
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ specifier: node.moduleSpecifier.text, line, isTypeOnly: isTypeOnly(node) });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const argument = node.arguments[0];
      if (argument && ts.isStringLiteral(argument)) found.push({ specifier: argument.text, line, isTypeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      found.push({ specifier: node.argument.literal.text, line, isTypeOnly: true });
    }
  });
  return found;
}

export const targetOf = (from: string, specifier: string): string => join(dirname(from), specifier).split(sep).join('/');

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

export const lineOf = (node: ts.Node): number => node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
