// The public surface of each package as text, so that a change of it is seen in review.
//
//   npm run api                 fails when a packages/*/api.txt is not up to date, and shows the difference
//   npm run api -- --accept     writes them
//
// Declarations are emitted by the compiler from the entry points of `exports`; each exported name is printed as the declaration that a user gets.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const accept = process.argv.includes('--accept');

/** @returns {{ subpath: string, file: string }[]} */
function entriesOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, target]) => ({ subpath, file: join(folder, target['@velostream/source']) }))
    .sort((a, b) => (a.subpath < b.subpath ? -1 : 1));
}

function compilerOptions() {
  const config = ts.readConfigFile(join(root, '.config/tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, root);
  return {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noEmitOnError: false,
    stripInternal: true,
    outDir: join(root, '.cache/api'),
  };
}

/** A reader that returns the statements of a file's emitted declarations, by source file. */
function declarationsOf(program) {
  const known = new Map();
  return (sourceFile) => {
    let statements = known.get(sourceFile.fileName);
    if (statements) return statements;
    let text = '';
    program.emit(sourceFile, (name, content) => (text = /\.d\.ts$/.test(name) ? content : text), undefined, true);
    statements = ts.createSourceFile(`${sourceFile.fileName}.d.ts`, text, ts.ScriptTarget.Latest, true).statements;
    known.set(sourceFile.fileName, statements);
    return statements;
  };
}

const nameOf = (statement) => (ts.isVariableStatement(statement) ? undefined : statement.name?.text);

/** Private members are no surface. */
function publicPart(node) {
  if (!ts.isClassDeclaration(node)) return node;
  const isPublic = (member) =>
    !(member.name && ts.isPrivateIdentifier(member.name)) && !member.modifiers?.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword);
  return ts.factory.updateClassDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    node.members.filter(isPublic),
  );
}

const printer = ts.createPrinter({ removeComments: true });
const print = (node) =>
  printer
    .printNode(ts.EmitHint.Unspecified, publicPart(node), node.getSourceFile())
    .replace(/^export /, '')
    .replace(/^(default )?declare /, '');

function describe(name, symbol, readDeclarations) {
  const lines = new Set();
  for (const declaration of symbol.declarations ?? []) {
    const file = declaration.getSourceFile();
    if (file.fileName.includes('/node_modules/') || file.isDeclarationFile) {
      lines.add(`${name} (from a dependency)`);
      continue;
    }
    for (const statement of readDeclarations(file)) {
      if (ts.isVariableStatement(statement)) {
        const found = statement.declarationList.declarations.filter((d) => ts.isIdentifier(d.name) && d.name.text === symbol.name);
        for (const variable of found) lines.add(`const ${printer.printNode(ts.EmitHint.Unspecified, variable, variable.getSourceFile())};`);
      } else if (nameOf(statement) === symbol.name) lines.add(print(statement));
    }
  }
  const text = [...lines].join('\n');
  return symbol.name === name ? text : `${name} = ${text}`;
}

function surfaceOf(entries, program) {
  const checker = program.getTypeChecker();
  const readDeclarations = declarationsOf(program);
  return entries.map(({ subpath, file }) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const exported = module ? checker.getExportsOfModule(module) : [];
    const items = exported
      .map((symbol) => [symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol])
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, symbol]) => describe(name, symbol, readDeclarations));
    return `## ${subpath}\n\n${items.join('\n\n')}\n`;
  });
}

function difference(before, after) {
  const old = new Set(before.split('\n'));
  const now = new Set(after.split('\n'));
  return [
    ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
}

const packages = readdirSync(join(root, 'packages'))
  .sort()
  .map((name) => join(root, 'packages', name));
const entries = new Map(packages.map((folder) => [folder, entriesOf(folder)]));
const missing = [...entries.values()].flat().filter(({ file }) => !existsSync(file));
for (const { file } of missing) process.stderr.write(`error: ${relative(root, file)} is listed in exports and does not exist\n`);

const program = ts.createProgram(
  [...entries.values()].flat().map(({ file }) => file),
  compilerOptions(),
);
let stale = missing.length;
for (const [folder, list] of entries) {
  const file = join(folder, 'api.txt');
  const name = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
  const text = `# ${name}: the public surface, written by \`npm run api -- --accept\`\n\n${surfaceOf(list, program).join('\n')}`;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before === text) continue;
  const changes = difference(before, text);
  if (accept) writeFileSync(file, text);
  else stale++;
  process.stdout.write(`${relative(root, file)} ${accept ? 'written' : 'is not up to date'}: ${changes.length} lines differ\n`);
  if (!accept) process.stdout.write(`${changes.slice(0, 60).join('\n')}\n`);
}
if (stale > 0)
  process.stdout.write('Look at the difference; if it is meant, run `npm run api -- --accept` and commit it with a changeset.\n');
process.exitCode = stale > 0 ? 1 : 0;
