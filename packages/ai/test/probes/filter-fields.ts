import type { TableSchema } from '@velostream/core/protocol';
import { schemasFrom } from '../../src/eval/case.ts';

/** How a column is spoken of. */
interface Said {
  readonly column: string;
  readonly name: string;
}

/** One relation with what people call its rows, numbers, flags, values, names and notes; and the table that tells more of them. */
export interface Field {
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly table: string;
  readonly rows: string;
  readonly time: string;
  readonly number: Said & { readonly amount: number };
  readonly flag: Said;
  readonly kind: Said & { readonly values: readonly [string, string] };
  readonly name: Said & { readonly values: readonly [string, string] };
  readonly note: Said & { readonly word: string };
  readonly other: { readonly table: string; readonly key: string; readonly noun: string; readonly kind: Said & { readonly value: string } };
}

/** Four trades, in two manners of naming. */
export const FIELDS: readonly Field[] = [
  {
    schemas: schemasFrom(`
      sightings: ranger STRING, park STRING, species STRING elephant|lion|rhino, herd_size INTEGER, distance_m FLOAT, injured BOOLEAN, comment STRING, spotted_at TIMESTAMP
      table parks: park STRING, country STRING, biome STRING savanna|forest, warden STRING
    `),
    table: 'sightings',
    rows: 'sightings',
    time: 'spotted_at',
    number: { column: 'distance_m', name: 'distance', amount: 400 },
    flag: { column: 'injured', name: 'injured' },
    kind: { column: 'species', name: 'species', values: ['elephant', 'rhino'] },
    name: { column: 'ranger', name: 'ranger', values: ['Okoye', 'Dlamini'] },
    note: { column: 'comment', name: 'comment', word: 'snare' },
    other: { table: 'parks', key: 'park', noun: 'park', kind: { column: 'biome', name: 'biome', value: 'forest' } },
  },
  {
    schemas: schemasFrom(`
      trips: tripId STRING, driver STRING, zone STRING, kind STRING airport|city|hospital, waitMin FLOAT, fareEur FLOAT, cancelled BOOLEAN, voucher STRING, requestedAt TIMESTAMP
      table drivers: driver STRING, company STRING, rank STRING rookie|senior
    `),
    table: 'trips',
    rows: 'trips',
    time: 'requestedAt',
    number: { column: 'fareEur', name: 'fare', amount: 35 },
    flag: { column: 'cancelled', name: 'cancelled' },
    kind: { column: 'kind', name: 'kind', values: ['airport', 'hospital'] },
    name: { column: 'zone', name: 'zone', values: ['Docklands', 'Harbour'] },
    note: { column: 'voucher', name: 'voucher', word: 'STAFF' },
    other: { table: 'drivers', key: 'driver', noun: 'driver', kind: { column: 'rank', name: 'rank', value: 'rookie' } },
  },
  {
    schemas: schemasFrom(`
      firings: kiln STRING, potter STRING, glaze STRING celadon|raku|ash, peak_c FLOAT, pieces INTEGER, aborted BOOLEAN, defect STRING, fired_at TIMESTAMP
      table kilns: kiln STRING, maker STRING, fuel STRING gas|wood|electric
    `),
    table: 'firings',
    rows: 'firings',
    time: 'fired_at',
    number: { column: 'pieces', name: 'pieces', amount: 60 },
    flag: { column: 'aborted', name: 'aborted' },
    kind: { column: 'glaze', name: 'glaze', values: ['raku', 'ash'] },
    name: { column: 'potter', name: 'potter', values: ['Yuki', 'Bernard'] },
    note: { column: 'defect', name: 'defect', word: 'blister' },
    other: { table: 'kilns', key: 'kiln', noun: 'kiln', kind: { column: 'fuel', name: 'fuel', value: 'wood' } },
  },
  {
    schemas: schemasFrom(`
      clips: clipId STRING, editor STRING, desk STRING sport|politics|culture, durationSec INTEGER, wordCount INTEGER, sponsored BOOLEAN, embargoNote STRING, filedAt TIMESTAMP
      table editors: editor STRING, bureau STRING, seniority STRING junior|chief
    `),
    table: 'clips',
    rows: 'clips',
    time: 'filedAt',
    number: { column: 'wordCount', name: 'word count', amount: 300 },
    flag: { column: 'sponsored', name: 'sponsored' },
    kind: { column: 'desk', name: 'desk', values: ['sport', 'culture'] },
    name: { column: 'editor', name: 'editor', values: ['Marta', 'Quinn'] },
    note: { column: 'embargoNote', name: 'embargo note', word: 'court' },
    other: { table: 'editors', key: 'editor', noun: 'editor', kind: { column: 'seniority', name: 'seniority', value: 'chief' } },
  },
];
