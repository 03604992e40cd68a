import type { TableSchema } from '@velostream/core/protocol';
import { schemasFrom } from '../../src/eval/case.ts';

/** A relation, what people call what is in it (lower case), and its columns and values (upper case): both fill the frames. */
export interface ChangeField {
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly words: Readonly<Record<string, string>>;
}

const field = (schema: string, words: string): ChangeField => ({
  schemas: schemasFrom(schema),
  words: Object.fromEntries(words.split(', ').map((w) => w.split('=') as [string, string])),
});

export const CHANGE_FIELDS: readonly ChangeField[] = [
  field(
    'crossings: ferry STRING, route_name STRING north|south|islands, sea_state STRING calm|rough|swell, skipper STRING, vehicles INTEGER, delay_min INTEGER, sailed_at TIMESTAMP',
    'T=crossings, rows=crossings, row=crossing, K=ferry, key=ferry, keys=ferries, D=skipper, dim=skipper, dims=skippers, C=sea_state, V=rough, W=swell, N=delay_min, number=delay, M=vehicles, figure=vehicles, whom=the harbour master',
  ),
  field(
    'hive_scans: hive STRING, apiary STRING hilltop|meadow|orchard, keeper STRING, weight_kg FLOAT, humidity_pct FLOAT, scanned_at TIMESTAMP',
    'T=hive_scans, rows=scans, row=scan, K=hive, key=hive, keys=hives, D=keeper, dim=keeper, dims=keepers, C=apiary, V=meadow, W=orchard, N=humidity_pct, number=humidity, M=weight_kg, figure=weight, whom=the beekeeper',
  ),
  field(
    'cabRides: cab STRING, zone STRING centre|harbour|airport, payMethod STRING cash|card|voucher, driver STRING, fareChf FLOAT, waitS INTEGER, endedAt TIMESTAMP',
    'T=cabRides, rows=rides, row=ride, K=zone, key=zone, keys=zones, D=driver, dim=driver, dims=drivers, C=payMethod, V=cash, W=voucher, N=waitS, number=wait, M=fareChf, figure=fare, whom=the dispatcher',
  ),
  field(
    'tube_sends: from_station STRING, cargo STRING blood|medicine|samples, carrier STRING, travel_s FLOAT, weight_g FLOAT, sent_at TIMESTAMP',
    'T=tube_sends, rows=sends, row=send, K=from_station, key=station, keys=stations, D=carrier, dim=carrier, dims=carriers, C=cargo, V=blood, W=samples, N=travel_s, number=travel time, M=weight_g, figure=weight, whom=the ward clerk',
  ),
];

export const filled = (text: string, { words }: ChangeField): string =>
  text.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? word);
