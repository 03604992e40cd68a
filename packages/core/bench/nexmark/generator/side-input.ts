/** The bounded side of q13: a text for each key. */
export const sideInput = Array.from({ length: 10_000 }, (_, key) => ({ key, value: `value-${key}` }));

export const SIDE_INPUT_SCHEMA = {
  columns: [
    { name: 'key', type: 'INTEGER', nullable: false },
    { name: 'value', type: 'STRING', nullable: false },
  ],
  key: ['key'],
  kind: 'table',
} as const;
