import { ADVERBS, BUCKETS, take, type WindowRequest } from './find-window.ts';
import { findPattern, keepUses, use } from './pattern.ts';
import type { Token } from './token.ts';

const ROLLING = 'sliding|rolling|moving|hopping|overlapping|trailing|hop';
const UPDATE =
  'update|updated|updates|updating|refresh|refreshed|refreshes|refreshing|recomputed|recalculated|recalculate|recompute|calculated|computed|evaluated|emitted|reported|sampled|checked|repeated';
const STEP =
  'advance|advances|advancing|advanced|slide|slides|sliding|hop|hops|hopping|step|steps|stepping|moving|moves|shifting|shifted|stride';

function findAdvance(tokens: readonly Token[]): number | undefined {
  return take(tokens, [
    `that|which|and|with? ${STEP} forward|along? by|every|in|of|each every|steps|each|a|an? of? #dur|#unit`,
    `and|that|which|with? ${UPDATE} once? every|each|per|at #dur|#unit`,
    `with|and a|an? #dur ${STEP}|steps|hops|slide|slides|stride`,
    `every|each|once #dur|#unit update|updates|refresh|advance?`,
    'per|every|each #dur|#unit',
  ])?.ms;
}

/** A window that moves in steps smaller than itself. */
export function findSliding(tokens: readonly Token[]): WindowRequest | undefined {
  const rolling = findPattern(tokens, ROLLING);
  const range = 'last|past|previous|trailing|preceding|prior|recent';
  const sizes = [
    `${ROLLING} #dur|#unit ${BUCKETS}?`,
    `#dur ${ROLLING} ${BUCKETS}?`,
    `${ROLLING} ${BUCKETS} of|over|with|lasting|spanning? size|length|width? of|a|an? #dur`,
    `over|in|for|during|within|across|of|on a|an|the|each|any? ${ROLLING} #dur|#unit ${BUCKETS}?`,
  ];
  if (rolling) {
    // "a 1h window sliding by 10m"
    const moved = take(tokens, [`${ROLLING} by|every|each #dur`]);
    const direct = take(tokens, sizes);
    const stated = direct ? undefined : findPattern(tokens, Object.keys(ADVERBS).join('|'));
    const size =
      direct ??
      (stated
        ? undefined
        : take(tokens, [
            `over|in|for|during|within|across|of|on|with|from a|an|the|each|any|every? ${range}? #dur|#unit ${BUCKETS}?`,
            `#dur ${BUCKETS}?`,
          ]));
    const adverb = size ? undefined : findPattern(tokens, Object.keys(ADVERBS).join('|'));
    const named = adverb && tokens[adverb.start];
    if (adverb && named?.t === 'word') {
      for (const token of [...tokens.slice(rolling.start, rolling.end), named]) token.used ??= 'window';
      const step = findAdvance(tokens);
      const sizeMs = ADVERBS[named.word] ?? 3_600_000;
      const rest = findPattern(tokens, 'over|in|on a|the? window|windows');
      if (rest) use(tokens, rest, 'window');
      return { kind: 'sliding', sizeMs, advanceMs: step !== undefined && step < sizeMs ? step : defaultStep(sizeMs).ms };
    }
    if (!size) return undefined;
    for (const token of tokens.slice(rolling.start, rolling.end)) token.used ??= 'window';
    const advance = moved?.ms ?? findAdvance(tokens);
    if (advance !== undefined && advance < size.ms) return { kind: 'sliding', sizeMs: size.ms, advanceMs: advance };
    const step = defaultStep(size.ms);
    return { kind: 'sliding', sizeMs: size.ms, advanceMs: step.ms, assumed: `the window moves on every ${step.text}` };
  }
  // "over the last 10 minutes, every minute"
  const hasStep = findPattern(tokens, `${UPDATE}|${STEP} by|every|each`) ?? findPattern(tokens, 'every|each #dur|#unit');
  const overlap =
    findPattern(tokens, `${range} #dur|#unit`) ??
    (findPattern(tokens, `${UPDATE} every|each`) && findPattern(tokens, `#dur ${BUCKETS}`)) ??
    (findPattern(tokens, `${STEP} by|every`) && findPattern(tokens, '#dur'));
  if (!hasStep || !overlap) return undefined;
  const sizes2 = [
    `over|in|for|during|within|across|of|on|from|using the|a|an|each? ${range} #dur|#unit ${BUCKETS}?`,
    `${range} #dur|#unit`,
    `#dur ${BUCKETS}`,
    `over|in|for|within a|an|the? #dur`,
  ];
  const restore = keepUses(tokens);
  const size = take(tokens, sizes2);
  const advance = size ? findAdvance(tokens) : undefined;
  if (size && advance !== undefined && advance < size.ms) return { kind: 'sliding', sizeMs: size.ms, advanceMs: advance };
  restore();
  return undefined;
}

function defaultStep(sizeMs: number): { ms: number; text: string } {
  if (sizeMs <= 60_000)
    return { ms: Math.max(1000, Math.round(sizeMs / 6000) * 1000), text: `${Math.max(1, Math.round(sizeMs / 6000))} seconds` };
  if (sizeMs <= 7_200_000) return { ms: 60_000, text: 'minute' };
  return { ms: 3_600_000, text: 'hour' };
}
