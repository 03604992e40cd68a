import { Draws } from './random.ts';
import { padding, words } from './text.ts';

/**
 * The stream of an auction site: of 50 events one is a person, three are auctions and 46 are bids (performance.md §5). An event follows
 * from its number and the seed alone, so that any part of the stream can be made anywhere.
 */
export interface StreamOptions {
  readonly seed: number;
  /** Events per second of event time. */
  readonly eventsPerSecond: number;
  /** Event time of event 0, ms since the epoch. */
  readonly baseTime: number;
  /** Events change places within groups of so many; 1: none. */
  readonly disorder: number;
}

export const STREAM: StreamOptions = { seed: 1, eventsPerSecond: 10_000, baseTime: 1_436_918_400_000, disorder: 1 };

/** How far an event may lie behind one before it, ms: the watermark delay that the stream needs. */
export const delayOf = ({ disorder, eventsPerSecond }: StreamOptions): number => Math.ceil(((disorder - 1) * 1000) / eventsPerSecond);

export const EVENT_TYPE = { person: 0, auction: 1, bid: 2 } as const;

/** One row of the tagged stream; which columns it has depends on `event_type`. */
export type NexmarkEvent = PersonEvent | AuctionEvent | BidEvent;

export interface PersonEvent {
  readonly event_type: 0;
  readonly id: number;
  readonly name: string;
  readonly emailAddress: string;
  readonly creditCard: string;
  readonly city: string;
  readonly state: string;
  readonly dateTime: number;
  readonly extra: string;
}

export interface AuctionEvent {
  readonly event_type: 1;
  readonly id: number;
  readonly itemName: string;
  readonly description: string;
  readonly initialBid: number;
  readonly reserve: number;
  readonly dateTime: number;
  readonly expires: number;
  readonly seller: number;
  readonly category: number;
  readonly extra: string;
}

export interface BidEvent {
  readonly event_type: 2;
  readonly auction: number;
  readonly bidder: number;
  readonly price: number;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: number;
  readonly extra: string;
}

const ROUND = 50;
const AUCTIONS = 3;
const FIRST_ID = 1000;
const FIRST_CATEGORY = 10;
const CATEGORIES = 5;
/** Auctions that are open at a time, about. */
const OPEN_AUCTIONS = 100;
const ACTIVE_PEOPLE = 1000;
const HOT = 100;
const CHANNELS = 10_000;
const STATES = ['AZ', 'CA', 'ID', 'OR', 'WA', 'WY'];
const CITIES = ['Phoenix', 'Los Angeles', 'San Francisco', 'Boise', 'Portland', 'Bend', 'Redmond', 'Seattle', 'Kent', 'Cheyenne'];
const FIRST_NAMES = ['Peter', 'Paul', 'Luke', 'John', 'Saul', 'Vicky', 'Kate', 'Julie', 'Sarah', 'Deiter', 'Walter'];
const LAST_NAMES = ['Shultz', 'Abrams', 'Spencer', 'White', 'Bartels', 'Walton', 'Smith', 'Jones', 'Noris'];
const HOT_CHANNELS = ['Google', 'Facebook', 'Baidu', 'Apple'];

/** Bytes that a payload has on average, without the names of its columns. */
const BYTES = { person: 200, auction: 500, bid: 100 };

/** Makes events by number; not to be shared between threads. */
export function eventMaker(options: StreamOptions): (n: number) => NexmarkEvent {
  const draws = new Draws();
  const { seed, disorder } = options;
  return (place) => {
    const n = disorder > 1 ? shuffled(place, options) : place;
    draws.start(seed, n);
    const round = Math.floor(n / ROUND);
    const slot = n % ROUND;
    const dateTime = timeOf(n, options);
    if (slot === 0) return person(round, dateTime, draws);
    if (slot <= AUCTIONS) return auction(round, slot, dateTime, draws, options);
    return bid(round, dateTime, draws);
  };
}

export const timeOf = (n: number, { baseTime, eventsPerSecond }: StreamOptions): number =>
  baseTime + Math.floor((n * 1000) / eventsPerSecond);

/** The event at a place of a stream out of order: each group is turned round by a drawn distance. */
function shuffled(place: number, { seed, disorder }: StreamOptions): number {
  const group = Math.floor(place / disorder);
  const draws = new Draws();
  draws.start(seed ^ 0x5bd1e995, group);
  return group * disorder + ((place - group * disorder + draws.below(disorder)) % disorder);
}

function person(round: number, dateTime: number, draws: Draws): PersonEvent {
  const first = pick(FIRST_NAMES, draws);
  const name = `${first} ${pick(LAST_NAMES, draws)}`;
  const emailAddress = `${words(draws, 7)}@${words(draws, 5)}.com`;
  const creditCard = [0, 1, 2, 3].map(() => String(draws.below(10_000)).padStart(4, '0')).join(' ');
  const city = pick(CITIES, draws);
  const state = pick(STATES, draws);
  const used = 8 + name.length + emailAddress.length + creditCard.length + city.length + state.length + 8;
  return {
    event_type: 0,
    id: FIRST_ID + round,
    name,
    emailAddress,
    creditCard,
    city,
    state,
    dateTime,
    extra: padding(draws, BYTES.person, used),
  };
}

function auction(round: number, slot: number, dateTime: number, draws: Draws, { eventsPerSecond }: StreamOptions): AuctionEvent {
  const itemName = words(draws, 20);
  const description = words(draws, 100);
  const initialBid = priceOf(draws);
  const horizonMs = Math.max(1, Math.floor((((OPEN_AUCTIONS * ROUND) / AUCTIONS) * 1000) / eventsPerSecond));
  return {
    event_type: 1,
    id: FIRST_ID + round * AUCTIONS + slot - 1,
    itemName,
    description,
    initialBid,
    reserve: initialBid + priceOf(draws),
    dateTime,
    expires: dateTime + 1 + draws.below(2 * horizonMs),
    seller: draws.below(4) > 0 ? FIRST_ID + hot(round) : recentPerson(round, draws),
    category: FIRST_CATEGORY + draws.below(CATEGORIES),
    extra: padding(draws, BYTES.auction, 8 * 7 + itemName.length + description.length),
  };
}

function bid(round: number, dateTime: number, draws: Draws): BidEvent {
  const newest = round * AUCTIONS + AUCTIONS - 1;
  const onHot = draws.below(2) > 0;
  const auctionNumber = onHot ? hot(newest) : newest - draws.below(Math.min(newest + 1, OPEN_AUCTIONS));
  const bidder = draws.below(4) > 0 ? FIRST_ID + hot(round) + 1 : recentPerson(round, draws);
  const price = priceOf(draws);
  const [channel, url] = draws.below(2) > 0 ? hotChannel(draws) : otherChannel(draws);
  const used = 8 * 4 + channel.length + url.length;
  return {
    event_type: 2,
    auction: FIRST_ID + auctionNumber,
    bidder,
    price,
    channel,
    url,
    dateTime,
    extra: padding(draws, BYTES.bid, used),
  };
}

const hot = (number: number): number => Math.floor(number / HOT) * HOT;
const recentPerson = (round: number, draws: Draws): number => FIRST_ID + round - draws.below(Math.min(round + 1, ACTIVE_PEOPLE));
const priceOf = (draws: Draws): number => Math.round(10 ** (draws.unit() * 6) * 100);
const pick = (from: readonly string[], draws: Draws): string => from[draws.below(from.length)] as string;

function hotChannel(draws: Draws): [channel: string, url: string] {
  return [pick(HOT_CHANNELS, draws), `https://www.nexmark.com/${path(draws.below(4))}/item.htm?query=1`];
}

function otherChannel(draws: Draws): [channel: string, url: string] {
  const number = draws.below(CHANNELS);
  const id = draws.below(10) > 0 ? `&channel_id=${Math.imul(number, 0x9e3779b1) >>> 5}` : '';
  return [`channel-${number}`, `https://www.nexmark.com/${path(number + 4)}/item.htm?query=1${id}`];
}

/** Three folders that belong to a channel. */
const path = (channel: number): string => {
  const draws = new Draws();
  draws.start(0, channel);
  return `${words(draws, 5)}/${words(draws, 5)}/${words(draws, 5)}`;
};
