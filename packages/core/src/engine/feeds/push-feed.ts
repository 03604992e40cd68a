import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { ReadRows } from './array-feed.ts';
import type { Feed, FeedItem } from './feed.ts';

export type PushItem =
  | { readonly kind: 'rows'; readonly sequence: number; readonly rows: readonly object[] }
  | { readonly kind: 'watermark'; readonly sequence: number; readonly time: number }
  | { readonly kind: 'end'; readonly sequence: number };

/** Rows that wait for one query. Filled from the moment the query is made, read once it runs. */
export interface Mailbox {
  put(item: PushItem): void;
  readonly items: PushItem[];
  waitingRows: number;
  onArrival: (() => void) | undefined;
}

export function createMailbox(source: string, maxBufferedRows: number): Mailbox {
  const mailbox: Mailbox = {
    items: [],
    waitingRows: 0,
    onArrival: undefined,
    put(item) {
      if (item.kind === 'rows') {
        if (mailbox.waitingRows + item.rows.length > maxBufferedRows) {
          throw limitExceeded(
            'maxBufferedRows',
            maxBufferedRows,
            mailbox.waitingRows + item.rows.length,
            `Read the query while you push to "${source}", push in smaller steps, or raise \`limits.maxBufferedRows\`.`,
          );
        }
        mailbox.waitingRows += item.rows.length;
      }
      mailbox.items.push(item);
      mailbox.onArrival?.();
    },
  };
  return mailbox;
}

/** An open source: rows come by `engine.push`. Its position counts the rows taken. */
export function pushFeed(name: string, mailbox: Mailbox, read: ReadRows, batchRows: number, from: number): Feed {
  let taken = from;
  let headRow = 0;
  let wake: (() => void) | null = null;
  const feed: Feed = {
    name,
    mode: 'arrival',
    onArrival: undefined,
    peekSequence: () => mailbox.items[0]?.sequence,
    next() {
      const item = mailbox.items[0];
      if (!item) return new Promise((resolve) => (wake = () => resolve(takeNow())));
      return takeNow();
    },
    position: () => taken,
    close: async () => {
      mailbox.onArrival = undefined;
      mailbox.items.length = 0;
    },
  };
  const takeNow = (): FeedItem | null => {
    const item = mailbox.items[0];
    if (!item || item.kind === 'end') return null;
    if (item.kind === 'watermark') {
      mailbox.items.shift();
      return { kind: 'watermark', time: item.time };
    }
    const end = Math.min(item.rows.length, headRow + batchRows);
    const batch = read(item.rows, headRow, end, taken);
    taken += end - headRow;
    mailbox.waitingRows -= end - headRow;
    headRow = end;
    if (headRow >= item.rows.length) {
      mailbox.items.shift();
      headRow = 0;
    }
    return { kind: 'rows', batch };
  };
  mailbox.onArrival = () => {
    const resume = wake;
    wake = null;
    resume?.();
    feed.onArrival?.();
  };
  return feed;
}
