import { areApart, type CharSet, charSet, charSetSource } from './char-set.ts';
import { type Branch, type PatternNode, parsePattern } from './parse-pattern.ts';

/** Repetitions up to this many are choices, not loops. */
const CHOICES = 8;
/** Ways through the choices of a pattern, at most. */
const WAYS_MAX = 64;

export interface LinearPattern {
  /** For `new RegExp(source, 'u')`. */
  readonly source: string;
  /** Whether it matches the empty text. */
  readonly matchesEmpty: boolean;
}

/**
 * The pattern for JavaScript's matcher, where that is sure to take time linear in the text and to find what RE2 finds; else undefined.
 *
 * JavaScript tries one start after the other and goes back on failure. That stays linear when (1) what may follow a loop begins with no
 * character of the loop, or is sure to match: going back into it then fails at once; and (2) attempts do not read the same text again:
 * there are no loops, or the pattern is held to the start, or what follows its first loop is sure to match, or no attempt can begin where
 * another one has looped.
 */
export function linearPattern(pattern: string): LinearPattern | undefined {
  const branches = parsePattern(pattern);
  if (branches === undefined) return undefined;
  const whole: Branch = branches.length === 1 ? branches[0]! : [{ kind: 'group', captures: false, branches, optional: '' }];
  if (whole.some(mayBeEmptyOption) || ways(whole) > WAYS_MAX || !loopsAreSafe(whole, []) || !attemptsAreSafe(whole)) return undefined;
  return { source: branches.map(branchSource).join('|'), matchesEmpty: firstOf(whole).passes };
}

const isLoop = (node: PatternNode): boolean => node.kind === 'chars' && node.max > CHOICES && node.max > node.min;
const hasLoop = (branch: Branch): boolean => branch.some((node) => isLoop(node) || (node.kind === 'group' && node.branches.some(hasLoop)));

/** JavaScript leaves an optional group that matches nothing out of the match, RE2 does not. */
function mayBeEmptyOption(node: PatternNode): boolean {
  if (node.kind !== 'group') return false;
  return (
    (node.optional !== '' && node.branches.some((branch) => firstOf(branch).passes)) || node.branches.some((b) => b.some(mayBeEmptyOption))
  );
}

function ways(branch: Branch): number {
  let product = 1;
  for (const node of branch) {
    if (node.kind === 'chars' && !isLoop(node)) product *= node.max - node.min + 1;
    if (node.kind === 'group') product *= node.branches.reduce((sum, each) => sum + ways(each), node.optional === '' ? 0 : 1);
  }
  return product;
}

/** Rule 1, for what stands in `branch` before `rest`. */
function loopsAreSafe(branch: Branch, rest: Branch): boolean {
  return branch.every((node, i) => {
    const after = [...branch.slice(i + 1), ...rest];
    if (node.kind === 'group')
      return node.branches.every((each) => (node.branches.length === 1 || !hasLoop(each)) && loopsAreSafe(each, after));
    return node.kind !== 'chars' || !isLoop(node) || isSure(after) || areApart(node.set, firstOf(after).set);
  });
}

/** Rule 2. */
function attemptsAreSafe(whole: Branch): boolean {
  if (!hasLoop(whole) || isHeldToStart(whole)) return true;
  const after = fromFirstLoop(whole);
  if (isSure(after.slice(1))) return true;
  const first = firstOf(whole);
  return !first.passes && setsOf(after).every((set) => areApart(first.set, set));
}

function isHeldToStart([node]: Branch): boolean {
  if (node?.kind === 'group') return node.optional === '' && node.branches.every(isHeldToStart);
  return node?.kind === 'assertion' && node.source === '^';
}

/** The first loop and all that may follow it. */
function fromFirstLoop(branch: Branch): Branch {
  const at = branch.findIndex((node) => hasLoop([node]));
  const node = branch[at]!;
  const rest = branch.slice(at + 1);
  // A group with a loop has one branch.
  return node.kind === 'group' ? [...fromFirstLoop(node.branches[0]!), ...rest] : [node, ...rest];
}

const setsOf = (branch: Branch): CharSet[] =>
  branch.flatMap((node) => (node.kind === 'chars' ? [node.set] : node.kind === 'group' ? node.branches.flatMap(setsOf) : []));

/** Whether a branch matches wherever it is tried. */
const isSure = (branch: Branch): boolean =>
  branch.every((node) =>
    node.kind === 'chars' ? node.min === 0 : node.kind === 'group' && (node.optional !== '' || node.branches.some(isSure)),
  );

/** Characters a match may begin with, and whether it may be empty. */
function firstOf(branch: Branch): { readonly set: CharSet; readonly passes: boolean } {
  const sets: CharSet[] = [];
  for (const node of branch) {
    if (node.kind === 'assertion') continue;
    if (node.kind === 'chars') {
      sets.push(node.max === 0 ? [] : node.set);
      if (node.min > 0) return { set: charSet(sets.flat()), passes: false };
      continue;
    }
    const firsts = node.branches.map(firstOf);
    sets.push(...firsts.map((first) => first.set));
    if (node.optional === '' && firsts.every((first) => !first.passes)) return { set: charSet(sets.flat()), passes: false };
  }
  return { set: charSet(sets.flat()), passes: true };
}

const branchSource = (branch: Branch): string => branch.map(nodeSource).join('');

function nodeSource(node: PatternNode): string {
  if (node.kind === 'assertion') return node.source;
  if (node.kind === 'group') return `(${node.captures ? '' : '?:'}${node.branches.map(branchSource).join('|')})${node.optional}`;
  const { set, min, max, lazy } = node;
  // An empty set has no class in RE2's syntax that gets here but as its complement.
  const chars = set.length === 0 ? '[]' : charSetSource(set);
  if (min === 1 && max === 1) return chars;
  return `${chars}{${min},${max === Number.POSITIVE_INFINITY ? '' : max}}${lazy ? '?' : ''}`;
}
