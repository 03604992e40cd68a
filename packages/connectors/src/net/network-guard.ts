import { type LookupAddress, lookup } from 'node:dns';
import { isIP } from 'node:net';
import { type ConnectorHost, databaseError, type NetworkPolicy, type NetworkTarget } from '@velostream/core/connect';
import { addressBytes, isWithinRange, kindOfAddress, sameForm } from './addresses.ts';

/** Asks for the addresses of a name; replaced in tests. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

const systemResolve: Resolve = (name) =>
  new Promise((done, fail) => lookup(name, { all: true, verbatim: true }, (error, found) => (error ? fail(error) : done(found))));

/** Decides which servers connections may lead to, at the moment they are opened. */
export interface NetworkGuard {
  /** Refuses a target by its name alone; throws VS4501. */
  check(target: NetworkTarget): void;
  /**
   * The address to connect to: the name is resolved once, every address that comes back is checked, and the caller connects to that very
   * address, so that a second answer of the name server changes nothing.
   */
  resolve(target: NetworkTarget): Promise<LookupAddress>;
}

/** Names that mean this machine or its cloud, whatever the name server says. */
const LOCAL_NAMES = /^(?:localhost|.*\.localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)$/;
const METADATA_NAMES = /^(?:metadata|metadata\.google\.internal|instance-data|instance-data\.ec2\.internal)$/;
/** `0x7f000001`, `2130706433`, `0177.0.0.1`, `127.1`: address forms that only some resolvers understand. */
const ODD_ADDRESS = /^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}$/i;

const plainHost = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

export function networkGuard(host: Pick<ConnectorHost, 'network'>, resolveName: Resolve = systemResolve): NetworkGuard {
  const { network } = host;
  const check = (target: NetworkTarget): void => {
    const name = plainHost(target.host);
    const refuse = (problem: string) => databaseError('VS4501', { target: `${name}:${target.port}`, problem });
    if (name === '' || name.length > 253 || /[^a-z0-9._:%-]/.test(name)) throw refuse('it is no name of a host');
    if (!Number.isInteger(target.port) || target.port < 1 || target.port > 65_535) throw refuse('it has no port');
    if (METADATA_NAMES.test(name)) throw refuse('it names the metadata service of a cloud');
    if (isIP(name) === 0 && ODD_ADDRESS.test(name)) throw refuse('it is an address in an unusual form');
    const bytes = addressBytes(name);
    if (bytes !== undefined) checkAddress(bytes, target, refuse);
    if (network !== undefined) checkListed(network, { name, port: target.port, bytes }, refuse);
  };
  const checkAddress = (bytes: readonly number[], target: NetworkTarget, refuse: (problem: string) => Error): void => {
    const kind = kindOfAddress(bytes);
    if (kind === 'public') return;
    if (kind === 'link-local') throw refuse('link-local addresses are never reached: clouds keep credentials there');
    if (network === undefined || network.allowPrivate === true) return;
    if (!network.allowedHosts.some((entry) => coversAddress(entry, bytes, target.port))) throw refuse(`the address is ${kind}`);
  };
  return {
    check,
    async resolve(target) {
      check(target);
      const name = plainHost(target.host);
      const literal = isIP(name);
      if (literal !== 0) return { address: name, family: literal };
      const found = await resolveName(name);
      const first = found[0];
      if (first === undefined)
        throw databaseError('VS4502', { system: 'the server', target: `${name}:${target.port}`, problem: 'its name has no address' });
      const refuse = (problem: string) => databaseError('VS4501', { target: `${name}:${target.port}`, problem });
      // One refused address refuses the name: otherwise retries would find their way to it.
      for (const { address } of found) {
        const bytes = addressBytes(address);
        if (bytes === undefined) throw refuse('its name has no usable address');
        checkAddress(bytes, target, refuse);
      }
      return found.find(({ family }) => family === 4) ?? first;
    },
  };
}

interface Wanted {
  readonly name: string;
  readonly port: number;
  readonly bytes: readonly number[] | undefined;
}

function checkListed(network: NetworkPolicy, wanted: Wanted, refuse: (problem: string) => Error): void {
  const isListed = network.allowedHosts.some((entry) =>
    wanted.bytes === undefined ? coversName(entry, wanted.name, wanted.port) : coversAddress(entry, wanted.bytes, wanted.port),
  );
  if (!isListed) throw refuse('it is not among the allowed hosts');
  if (LOCAL_NAMES.test(wanted.name) && network.allowPrivate !== true) throw refuse('the name means this machine');
}

/** `host`, `host:port`, `[v6]:port`: host part and port. */
function entryParts(entry: string): { readonly host: string; readonly port: number | undefined } {
  const text = entry.trim().toLowerCase();
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  if (bracketed) return { host: bracketed[1] as string, port: bracketed[2] === undefined ? undefined : Number(bracketed[2]) };
  const parts = text.split(':');
  return parts.length === 2 ? { host: parts[0] as string, port: Number(parts[1]) } : { host: text, port: undefined };
}

function coversName(entry: string, name: string, port: number): boolean {
  const { host, port: only } = entryParts(entry);
  if (only !== undefined && only !== port) return false;
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : host === name;
}

function coversAddress(entry: string, bytes: readonly number[], port: number): boolean {
  const { host, port: only } = entryParts(entry);
  if (only !== undefined && only !== port) return false;
  const [address = '', bits] = host.split('/');
  const range = addressBytes(address);
  if (range === undefined) return false;
  const [one, other] = [sameForm(range), sameForm(bytes)];
  return isWithinRange(other, one, bits === undefined ? one.length * 8 : Number(bits));
}
