/** What changes; before and after; whether who has the second reads what was written with the first, and the other way. */
export type JsonChange = readonly [what: string, before: object, after: object, backward: boolean, forward: boolean];

export const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const ID = { id: { type: 'integer' } };
const NOTE = { note: { type: 'string' } };
const CLOSED = { additionalProperties: false };
const id = (more: object) => object({ id: { type: 'integer', ...more } });
const name = (more: object) => object({ name: { type: 'string', ...more } });

/** By the rules of Confluent. */
export const JSON_CHANGES: readonly JsonChange[] = [
  ['an optional property is added to a closed object', object(ID, CLOSED), object({ ...ID, ...NOTE }, CLOSED), true, false],
  ['an optional property is added to an open object', object(ID), object({ ...ID, ...NOTE }), false, true],
  ['a property of any kind is added to an open object', object(ID), object({ ...ID, note: {} }), true, true],
  [
    'a required property is added to a closed object',
    object(ID, CLOSED),
    object({ ...ID, ...NOTE }, { ...CLOSED, required: ['note'] }),
    false,
    false,
  ],
  [
    'a required property with a default is added to a closed object',
    object(ID, CLOSED),
    object({ ...ID, note: { type: 'string', default: '' } }, { ...CLOSED, required: ['note'] }),
    true,
    false,
  ],
  ['a property is removed from an open object', object({ ...ID, ...NOTE }), object(ID), true, false],
  ['a property is removed from a closed object', object({ ...ID, ...NOTE }, CLOSED), object(ID, CLOSED), false, true],
  ['a property becomes required', object(ID), object(ID, { required: ['id'] }), false, true],
  ['an object is closed', object(ID), object(ID, CLOSED), false, true],
  ['integers become numbers', id({}), object({ id: { type: 'number' } }), true, false],
  ['integers become texts', id({}), object({ id: { type: 'string' } }), false, false],
  ['a type is added', id({}), object({ id: { type: ['integer', 'null'] } }), true, false],
  ['a text may be shorter', name({ maxLength: 5 }), name({ maxLength: 3 }), false, true],
  ['a pattern is dropped', name({ pattern: '^a' }), name({}), true, false],
  ['a bound of a number is added', id({}), id({ minimum: 0 }), false, true],
  ['a value of an enumeration is added', name({ enum: ['a'] }), name({ enum: ['a', 'b'] }), true, false],
  ['items change', { type: 'array', items: { type: 'integer' } }, { type: 'array', items: { type: 'string' } }, false, false],
  ['an alternative is added', { anyOf: [{ type: 'integer' }] }, { anyOf: [{ type: 'integer' }, { type: 'null' }] }, true, false],
  ['only the description changes', object(ID, { title: 'a' }), object(ID, { title: 'b' }), true, true],
  [
    'a definition changes',
    object({ in: { $ref: '#/definitions/In' } }, { definitions: { In: { type: 'integer' } } }),
    object({ in: { $ref: '#/definitions/In' } }, { definitions: { In: { type: 'string' } } }),
    false,
    false,
  ],
];
