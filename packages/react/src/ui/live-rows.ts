import { calmFrame } from '../query/calm-frame.ts';

/** How rows of a running query are kept for its card: all parts of the card watch one reader, which has the options of the first. */
export const LIVE_ROWS = { rowsMax: 10_000, frame: calmFrame };
