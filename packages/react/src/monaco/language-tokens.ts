import type { languages } from 'monaco-editor';
import { KEYWORDS, TYPE_WORDS } from './dialect-words.ts';

export const LANGUAGE = 'velostream-sql';

/** Brackets, comments and quotes of the dialect. */
export const LANGUAGE_CONFIGURATION: languages.LanguageConfiguration = {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [
    ['(', ')'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: "'", close: "'" },
    { open: '"', close: '"' },
  ],
  wordPattern: /-?\d*\.\d\w*|[^\s`~!#%^&*()=+[{\]}\\|;:'",.<>/?-]+/,
};

/** Colours of the dialect: `@metric` and its kin in comments, windows and EMIT as keywords, functions by the engine's own list. */
export function languageTokens(functions: readonly string[]): languages.IMonarchLanguage {
  return {
    ignoreCase: true,
    keywords: [...KEYWORDS],
    typeWords: [...TYPE_WORDS],
    functions: [...functions],
    tokenizer: {
      root: [
        [/--\s*@[A-Za-z_]+/, { token: 'annotation', next: '@annotation' }],
        [/--.*$/, 'comment'],
        [/\/\*/, { token: 'comment', next: '@comment' }],
        [/[a-z][a-z0-9+.]*:\/\/[^\s;,)]+/, 'string.uri'],
        [/'/, { token: 'string', next: '@text' }],
        [/"/, { token: 'identifier.quoted', next: '@quoted' }],
        [/`/, { token: 'identifier.quoted', next: '@backquoted' }],
        [/\d+(\.\d+)?([eE][-+]?\d+)?/, 'number'],
        [
          /[A-Za-z_][\w$]*/,
          { cases: { '@keywords': 'keyword', '@typeWords': 'type', '@functions': 'predefined', '@default': 'identifier' } },
        ],
        [/[()[\]]/, '@brackets'],
        [/[<>=!%&+\-*/|~^]/, 'operator'],
        [/[;,.]/, 'delimiter'],
      ],
      annotation: [
        [/[^\n]+$/, { token: 'annotation.value', next: '@pop' }],
        [/$/, { token: '', next: '@pop' }],
      ],
      comment: [
        [/\*\//, { token: 'comment', next: '@pop' }],
        [/./, 'comment'],
      ],
      text: [
        [/''/, 'string'],
        [/'/, { token: 'string', next: '@pop' }],
        [/[^']+/, 'string'],
      ],
      quoted: [
        [/"/, { token: 'identifier.quoted', next: '@pop' }],
        [/[^"]+/, 'identifier.quoted'],
      ],
      backquoted: [
        [/`/, { token: 'identifier.quoted', next: '@pop' }],
        [/[^`]+/, 'identifier.quoted'],
      ],
    },
  };
}
