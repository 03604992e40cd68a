/** What changes; before and after; whether who has the second reads what was written with the first, and the other way. */
export type ProtoChange = readonly [what: string, before: string, after: string, backward: boolean, forward: boolean];

const proto3 = (fields: string, more = ''): string => `syntax = "proto3"; package shop; message Order { ${fields} } ${more}`;
const proto2 = (fields: string): string => `syntax = "proto2"; message Order { ${fields} }`;
const ID = 'int32 id = 1;';

/** By the rules of Confluent. */
export const PROTO_CHANGES: readonly ProtoChange[] = [
  ['a field is added', proto3(ID), proto3(`${ID} string note = 2;`), true, true],
  ['a field is renamed', proto3(ID), proto3('int32 number = 1;'), true, true],
  ['a required field is added', proto2('optional int32 id = 1;'), proto2('optional int32 id = 1; required int32 n = 2;'), false, false],
  ['a number is used for another type', proto3(ID), proto3('string id = 1;'), false, false],
  ['a number is read by its bytes', proto3(ID), proto3('int64 id = 1;'), true, true],
  ['a number is written otherwise', proto3(ID), proto3('sint32 id = 1;'), false, false],
  ['texts become bytes', proto3('string id = 1;'), proto3('bytes id = 1;'), true, true],
  ['a number becomes an enum', proto3(ID), proto3('Kind id = 1;', 'enum Kind { NONE = 0; }'), true, true],
  ['a number becomes repeated', proto3(ID), proto3('repeated int32 id = 1;'), false, false],
  ['a text becomes repeated', proto3('string id = 1;'), proto3('repeated string id = 1;'), true, true],
  ['a message is removed', proto3(ID, 'message More { int32 x = 1; }'), proto3(ID), false, true],
  [
    'a field of a nested message changes',
    proto3('message In { int32 x = 1; } In in = 1;'),
    proto3('message In { string x = 1; } In in = 1;'),
    false,
    false,
  ],
  [
    'a message becomes another one',
    proto3('A in = 1;', 'message A {} message B {}'),
    proto3('B in = 1;', 'message A {} message B {}'),
    false,
    false,
  ],
  ['two fields move into one choice', proto3('int32 a = 1; int32 b = 2;'), proto3('oneof c { int32 a = 1; int32 b = 2; }'), false, true],
  ['one field moves into a new choice', proto3('int32 a = 1;'), proto3('oneof c { int32 a = 1; }'), true, true],
  ['a field of a choice is gone', proto3('oneof c { int32 a = 1; int32 b = 2; }'), proto3('oneof c { int32 a = 1; }'), false, true],
  ['values of a map change', proto3('map<string, int32> m = 1;'), proto3('map<string, string> m = 1;'), false, false],
  ['the package changes', proto3(ID), proto3(ID).replace('package shop', 'package store'), false, false],
];
