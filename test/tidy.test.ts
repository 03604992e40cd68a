// Holds the repository to STYLE.md. Every failure names a file, a line, and what to do.
import { describe, expect, test, vi } from 'vitest';
import { anyTypes, codeFromText, exportProblems, leftoverMarks, longFunctions, nodeGlobals } from './tidy/code-rules.ts';
import {
  builtinProblems,
  cyclesIn,
  fileCycles,
  folderCycles,
  layerProblems,
  packageProblems,
  relativeImportProblems,
} from './tidy/import-rules.ts';
import { MARKDOWN, read, SOURCES, TESTS, TEXT_FILES } from './tidy/repository.ts';
import { bannedWords, deadLinks, nameProblems } from './tidy/text-rules.ts';

// The first rule that asks parses every file, which takes a busy machine more than the usual limit.
vi.setConfig({ testTimeout: 180_000 });

const FILE_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 100;
const FUNCTION_LINES_AIM = 60;
const INDEX_NAMES_MAX = 40;

const CODE_FROM_TEXT = 'packages/core/src/runtime/compile/new-function.ts';
/** Lists the banned words, so it holds them. */
const WORD_LIST = 'test/tidy/text-rules.ts';

const CORE = SOURCES.filter((path) => path.startsWith('packages/core/src/'));
const isGenerated = (path: string): boolean => path.includes('.generated.');
const isForNode = (path: string): boolean => path.endsWith('.node.ts');

describe('layers', () => {
  test('core imports only from its own layer or a lower one', () => {
    expect(CORE.flatMap(layerProblems)).toEqual([]);
  });

  test('folders of core do not import each other in a circle', () => {
    expect(folderCycles(CORE)).toEqual([]);
  });

  test('files do not import each other in a circle at run time', () => {
    expect(fileCycles(SOURCES)).toEqual([]);
  });

  test('a circle of any length is found once', () => {
    const edges = { a: ['b'], b: ['c', 'd'], c: ['a'], d: [] };
    expect(cyclesIn(new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)])))).toEqual(['a -> b -> c -> a']);
  });

  test('packages use each other only through the doors that are theirs', () => {
    expect(SOURCES.flatMap(packageProblems)).toEqual([]);
  });

  test('relative imports name an existing file with its extension', () => {
    expect([...SOURCES, ...TESTS].flatMap(relativeImportProblems)).toEqual([]);
  });

  test('core runs without Node outside *.node.ts files', () => {
    const portable = CORE.filter((path) => !isForNode(path));
    expect(portable.flatMap((path) => [...builtinProblems(path), ...nodeGlobals(path)])).toEqual([]);
  });
});

describe('size', () => {
  test(`no file is longer than ${FILE_LINES_MAX} lines`, () => {
    const long = [...SOURCES, ...TESTS]
      .filter((path) => !isGenerated(path))
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > FILE_LINES_MAX);
    expect(long).toEqual([]);
  });

  test(`no function is longer than ${FUNCTION_LINES_MAX} lines`, async ({ annotate }) => {
    const checked = SOURCES.filter((path) => !isGenerated(path));
    const aboveAim = checked.flatMap((path) => longFunctions(path, FUNCTION_LINES_AIM));
    if (aboveAim.length > 0) await annotate(`longer than ${FUNCTION_LINES_AIM} lines:\n${aboveAim.join('\n')}`, 'review');
    expect(checked.flatMap((path) => longFunctions(path, FUNCTION_LINES_MAX))).toEqual([]);
  });
});

describe('code', () => {
  test('nothing has the type any', () => {
    expect([...SOURCES, ...TESTS].flatMap(anyTypes)).toEqual([]);
  });

  test('code is made from text in one file only', () => {
    expect(SOURCES.filter((path) => path !== CODE_FROM_TEXT).flatMap(codeFromText)).toEqual([]);
  });

  test(`exports are named, and an index.ts has at most ${INDEX_NAMES_MAX} of them`, () => {
    expect(SOURCES.flatMap((path) => exportProblems(path, INDEX_NAMES_MAX))).toEqual([]);
  });

  test('no test is singled out or left out', () => {
    expect(TESTS.flatMap(leftoverMarks)).toEqual([]);
  });
});

describe('words', () => {
  test('file names say what is inside', () => {
    expect([...SOURCES, ...TESTS].flatMap(nameProblems)).toEqual([]);
  });

  test('no banned word stands in sources and documents', () => {
    expect(TEXT_FILES.filter((path) => path !== WORD_LIST).flatMap(bannedWords)).toEqual([]);
  });

  test('relative links in documents lead somewhere', () => {
    expect(MARKDOWN.flatMap(deadLinks)).toEqual([]);
  });
});
