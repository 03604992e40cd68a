/**
 * `studio`: canonical order, every form of the dialect. `velostream`: rewritten, as far as SQL has another way to say it, to forms that the
 * reference parser takes.
 */
export type PrintTarget = 'studio' | 'velostream';
