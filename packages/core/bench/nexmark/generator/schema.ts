/** The tagged stream: all columns of the three kinds; an event has those of its own, the others are NULL. */
export const NEXMARK_SCHEMA = {
  columns: [
    { name: 'event_type', type: 'INTEGER', nullable: false },
    { name: 'id', type: 'INTEGER' },
    { name: 'name', type: 'STRING' },
    { name: 'emailAddress', type: 'STRING' },
    { name: 'creditCard', type: 'STRING' },
    { name: 'city', type: 'STRING' },
    { name: 'state', type: 'STRING' },
    { name: 'itemName', type: 'STRING' },
    { name: 'description', type: 'STRING' },
    { name: 'initialBid', type: 'INTEGER' },
    { name: 'reserve', type: 'INTEGER' },
    { name: 'expires', type: 'TIMESTAMP' },
    { name: 'seller', type: 'INTEGER' },
    { name: 'category', type: 'INTEGER' },
    { name: 'auction', type: 'INTEGER' },
    { name: 'bidder', type: 'INTEGER' },
    { name: 'price', type: 'INTEGER' },
    { name: 'channel', type: 'STRING' },
    { name: 'url', type: 'STRING' },
    { name: 'dateTime', type: 'TIMESTAMP', nullable: false },
    { name: 'extra', type: 'STRING', nullable: false },
  ],
  eventTime: 'dateTime',
} as const;

/** Columns with few different texts: held as codes. */
export const REPEATED: ReadonlySet<string> = new Set(['name', 'city', 'state', 'channel', 'url']);
