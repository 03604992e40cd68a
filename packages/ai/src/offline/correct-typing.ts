import { COMPARATOR_WORDS } from './comparators.ts';
import type { Lexicon } from './lexicon.ts';
import { liftBound } from './lift-bound.ts';
import { ROWS } from './link.ts';
import { splitOpposite } from './opposites.ts';
import { isShortFor } from './short-for.ts';
import { editDistance, stem as stemOf } from './stem.ts';
import { longForm } from './synonyms.ts';
import type { Token } from './token.ts';
import { isKnownStem, isKnownWord, isStopWord, keywordList } from './vocabulary.ts';

/** `unsigned`, `inactive`, `non-urgent`: "not" and the word that the schemas know. */
function splitNegation(token: Token, lexicon: Lexicon): Token[] {
  if (token.t !== 'word' || token.glued || lexicon.words.has(token.stem)) return [token];
  const opposite = splitOpposite(token, lexicon);
  if (opposite) return [...opposite];
  const rest = /^(?:un|non|in|dis)([a-z]{4,})$/.exec(token.word)?.[1];
  if (rest === undefined || !lexicon.words.has(stemOf(rest)) || isKnownWord(token.word)) return [token];
  return [
    { ...token, word: 'not', stem: 'not' },
    { ...token, word: rest, stem: stemOf(rest), glued: true },
  ];
}

const keywords = new Map<string, { readonly word: string; readonly distance: number } | null>();
const KEPT_MAX = 2_000;

/** The word of our own vocabulary that is nearest; kept, because the vocabulary never changes and people say the same words. */
function nearestKeyword(word: string, max: number): { readonly word: string; readonly distance: number } | undefined {
  const known = keywords.get(word);
  if (known !== undefined) return known ?? undefined;
  let best: { word: string; distance: number } | null = null;
  for (const candidate of keywordList()) {
    if (candidate.length < 4) continue;
    const distance = editDistance(word, candidate, best === null ? max : best.distance - 1);
    if (distance <= max && distance < (best?.distance ?? max + 1)) best = { word: candidate, distance };
    if (best?.distance === 1) break;
  }
  if (keywords.size >= KEPT_MAX) keywords.clear();
  keywords.set(word, best);
  return best ?? undefined;
}

/** Two words of one family: `clearance` and `cleared`, `completions` and `complete`. */
function isKin(a: string, b: string): boolean {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n >= 5 && n >= 0.6 * Math.min(a.length, b.length) && a.length - n <= 5 && b.length - n <= 5;
}

/** Name in the schemas that a word is a longer or derived form of. */
function alternativeOf(word: string, stem: string, lexicon: Lexicon): string | undefined {
  if (word.length < 4 || isStopWord(word) || lexicon.rawWords.has(word) || lexicon.rawStems.has(stem)) return undefined;
  if (/[^s]s$/.test(word) && lexicon.words.has(word.slice(0, -1)) && !lexicon.words.has(stem)) return word.slice(0, -1);
  for (const short of lexicon.shortWords) if (isShortFor(short, word)) return stemOf(short);
  if (lexicon.words.has(stem) || isKnownWord(word)) return undefined;
  if (!ROWS.test(word)) for (const raw of lexicon.rawWords) if (isKin(word, raw)) return stemOf(raw);
  return undefined;
}

/** `pH` of a column ph: what capitals part is one word where the schemas have it so. */
function mergeNames(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  return tokens.flatMap((token, i): Token[] => {
    if (token.t !== 'word') return [token];
    if (token.glued && tokens[i - 1]?.start === token.start) {
      const raw = token.raw.toLowerCase();
      return /^[a-z]+$/.test(raw) && lexicon.byFirst.has(stemOf(raw)) && !lexicon.words.has(token.stem) ? [] : [token];
    }
    const next = tokens[i + 1];
    const raw = token.raw.toLowerCase();
    const isSplit = next?.t === 'word' && next.glued && next.start === token.start && !lexicon.words.has(next.stem);
    return [isSplit && /^[a-z]+$/.test(raw) && lexicon.byFirst.has(stemOf(raw)) ? { ...token, word: raw, stem: stemOf(raw) } : token];
  });
}

/** `berth 7A`, `rooms 3B or 4C`: a number and its letter behind the name of a text are one code, and no amperes. */
function letteredNumbers(tokens: readonly Token[], { byFirst }: Lexicon): readonly Token[] {
  const isLetter = (token: Token | undefined, i: number): boolean =>
    token?.t === 'word' && /^[A-Z]$/.test(token.raw) && tokens[i - 1]?.t === 'number' && tokens[i - 1]?.end === token.start;
  if (!tokens.some(isLetter)) return tokens;
  const out: Token[] = [];
  tokens.forEach((token, i) => {
    const before = out.slice(0, -1).findLast((t) => !('word' in t && /^(?:is|are|was|not|no|number|=)$/.test(t.word)));
    const isListed =
      before !== undefined && 'word' in before && /^(?:and|or|,)$/.test(before.word) && /^\d+[A-Z]$/.test(out.at(-3)?.raw ?? '');
    const isNamed =
      before?.t === 'word' &&
      (byFirst.get(before.stem) ?? []).some(({ target, score }) => target.kind === 'column' && target.ref.kind === 'text' && score > 0.6);
    const number = out.at(-1);
    if (number && isLetter(token, i) && (isListed || isNamed)) {
      const raw = `${number.raw}${token.raw}`;
      out[out.length - 1] = {
        start: number.start,
        end: token.end,
        raw,
        t: 'word',
        word: raw.toLowerCase(),
        stem: raw.toLowerCase(),
        glued: false,
      };
    } else out.push(token);
  });
  return out;
}

const isSwapped = (a: string, b: string): boolean => [...a].toSorted().join() === [...b].toSorted().join();

/** Puts words right that nobody knows but that are one or two letters from one that is known. */
export function correctTyping(tokens: readonly Token[], lexicon: Lexicon): { tokens: Token[]; corrected: string[] } {
  const corrected: string[] = [];
  // "signed up" of signup_year
  const particle = (token: Token, next: Token | undefined): string | undefined => {
    const both = token.t === 'word' && next?.t === 'word' && /^(up|in|out|off|on|over)$/.test(next.word) ? `${token.stem}${next.word}` : '';
    return both.length > 4 && lexicon.rawWords.has(both) ? both : undefined;
  };
  const words = mergeNames(liftBound(letteredNumbers(tokens, lexicon), lexicon), lexicon);
  const joined = words.flatMap((token, i) => {
    const both = particle(token, words[i + 1]);
    if (both !== undefined) return [{ ...token, word: both, stem: stemOf(both) } as Token];
    const last = words[i - 1];
    return last && particle(last, token) !== undefined ? [] : [token];
  });
  const out = joined
    .flatMap((token) => splitNegation(token, lexicon))
    .map((token) => {
      const long = token.t === 'word' && !lexicon.words.has(token.stem) && !isKnownWord(token.word) ? longForm(token.word) : undefined;
      const alt = token.t === 'word' && !token.glued ? alternativeOf(token.word, token.stem, lexicon) : undefined;
      if (token.t === 'word' && alt !== undefined && alt !== token.stem) return { ...token, alt };
      if (token.t === 'word' && long !== undefined && !long.includes(' ') && lexicon.words.has(stemOf(long)))
        return { ...token, word: long, stem: stemOf(long) };
      if (token.t !== 'word' || token.word.length < 4 || /\d/.test(token.word) || token.glued) return token;
      if (isKnownWord(token.word) || lexicon.words.has(token.stem) || isKnownStem(token.stem) || COMPARATOR_WORDS.has(token.word))
        return token;
      if (/[A-Z]/.test(token.raw.slice(1)) || (/^[A-Z]/.test(token.raw) && token.start > 0)) return token;
      // "delivered" is no driver: two letters off is another verb.
      const max = token.word.length >= 8 && !/(?:ed|ing)$/.test(token.word) ? 2 : 1;
      let best: { word: string; distance: number } | undefined;
      const consider = (word: string): void => {
        if (word.length < 5 || word.includes(' ') || word[0] !== token.stem[0]) return;
        const distance = editDistance(token.stem, word, max);
        if (distance <= max && distance < (best?.distance ?? max + 1)) best = { word, distance };
      };
      for (const word of lexicon.rawWords) {
        if (word[0] !== token.word[0]) continue;
        // Another letter in a short word makes another word: "shoe" is no "shot".
        const distance =
          token.word.length < 6 && word.length === token.word.length && !isSwapped(token.word, word)
            ? 9
            : editDistance(token.word, word, max);
        if (distance <= max && distance < ((best as { distance: number } | undefined)?.distance ?? max + 1))
          best = { word: stemOf(word), distance };
      }
      if (!best) for (const word of lexicon.words) consider(word);
      // "rides" is no "rider": a plural is not put right into another word of its length.
      const fixed = best as { word: string; distance: number } | undefined;
      const isPlural =
        fixed !== undefined &&
        /[^s]s$/.test(token.word) &&
        fixed.word.length >= token.word.length &&
        !/s$/.test(fixed.word) &&
        fixed.word.slice(0, -1) === token.word.slice(0, -1);
      const fixedStem = isPlural ? undefined : fixed;
      const keyword = nearestKeyword(token.word, max);
      if (keyword && (!fixedStem || keyword.distance <= fixedStem.distance)) {
        corrected.push(`${token.raw} → ${keyword.word}`);
        return { ...token, word: keyword.word, stem: stemOf(keyword.word) };
      }
      if (fixedStem) {
        corrected.push(`${token.raw} → ${fixedStem.word}`);
        return { ...token, word: fixedStem.word, stem: fixedStem.word };
      }
      return token;
    });
  return { tokens: out, corrected };
}
