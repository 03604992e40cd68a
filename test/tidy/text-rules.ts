import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, read } from './repository.ts';

const word = (text: string): RegExp => new RegExp(`\\b${text}\\b`, 'i');

/** What must not stand in the repository, and why. `where` narrows a rule to some files. */
export const BANNED: readonly { readonly pattern: RegExp; readonly why: string; readonly where?: RegExp }[] = [
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, why: 'an open end belongs into an issue, not into the text' },
  { pattern: /(^|[\s"'`(=])\/(work|root)\//, why: 'a path of one machine' },
  { pattern: /(^|[\s"'`(=])\/(home|Users)\/[a-z]/, why: 'a path of one machine' },
  { pattern: /\bC:\\Users\\/, why: 'a path of one machine' },
  { pattern: /registry\.npm|npmmirror|yarnpkg\.com/i, why: 'the registry is the reader’s own setting' },
  { pattern: word('(helper|agent) sessions?'), why: 'how the work was organised is no part of the product' },
  { pattern: word('sub-?agents?'), why: 'how the work was organised is no part of the product' },
  {
    pattern: word('(co-authored|generated) (by|with) (an? )?(ai|llm|claude|gpt|copilot)'),
    why: 'how the work was organised is no part of the product',
  },
  { pattern: word('as an ai( language)? model'), why: 'this is not what it should say' },
  { pattern: word('(simply|blazing(ly)?|seamless(ly)?)'), why: 'says nothing', where: /\.md$/ },
  { pattern: /dangerouslySetInnerHTML/, why: 'data is shown as text only', where: /\.tsx?$/ },
  { pattern: /@ts-ignore|@ts-nocheck/, why: 'use a type, or @ts-expect-error with the reason', where: /\.tsx?$/ },
];

export function bannedWords(path: string): string[] {
  const rules = BANNED.filter(({ where }) => !where || where.test(path));
  return read(path)
    .split('\n')
    .flatMap((line, i) =>
      rules.filter(({ pattern }) => pattern.test(line)).map(({ why }) => `${path}:${i + 1} ${line.trim().slice(0, 80)} (${why})`),
    );
}

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*_]/g, '')
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const withoutCode = (text: string): string =>
  text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, '')).replace(/`[^`\n]*`/g, '');

const headingsOf = (path: string): Set<string> =>
  new Set(
    [
      ...read(path)
        .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
        .matchAll(/^#{1,6}\s+(.+)$/gm),
    ].map((match) => slug(match[1] ?? '')),
  );

/** Relative links and anchors of a Markdown file that lead nowhere. */
export function deadLinks(path: string): string[] {
  return withoutCode(read(path))
    .split('\n')
    .flatMap((line, i) =>
      [...line.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].flatMap((match) => {
        const link = match[1] ?? '';
        if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : join(dirname(path), decodeURIComponent(file));
        if (!existsSync(join(ROOT, target))) return [`${path}:${i + 1} links to ${link}, which does not exist`];
        const isHeading = anchor === undefined || !target.endsWith('.md') || headingsOf(target).has(anchor);
        return isHeading ? [] : [`${path}:${i + 1} links to ${link}: there is no such heading`];
      }),
    );
}

const BANNED_NAME_PARTS = new Set(['util', 'utils', 'helper', 'helpers', 'impl', 'manager', 'misc', 'stuff', 'common']);

/** File names that hide what is inside, or are written in another style than kebab-case (components: PascalCase). */
export function nameProblems(path: string): string[] {
  const file = path.split('/').at(-1) ?? '';
  const stem = file.replace(/\.[a-z]+(\.[a-z]+)*$/, '');
  const parts = stem
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_.]/);
  const banned = parts.find((part) => BANNED_NAME_PARTS.has(part));
  if (banned) return [`${path}: "${banned}" says nothing; name the thing`];
  const style = file.endsWith('.tsx') ? /^([A-Z][A-Za-z0-9]*|[a-z0-9]+(-[a-z0-9]+)*)$/ : /^[a-z0-9]+(-[a-z0-9]+)*$/;
  return style.test(stem) ? [] : [`${path}: file names are kebab-case (React components: PascalCase)`];
}
