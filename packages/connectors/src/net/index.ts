export { type AddressKind, addressBytes, kindOfAddress } from './addresses.ts';
export { GuardedSocket, guardedAgents, guardedLookup, guardedSocketFactory, type SocketRequest } from './guarded-socket.ts';
export { type NetworkGuard, networkGuard, type Resolve } from './network-guard.ts';
export { redacted, SecretText, secretOption } from './secret-text.ts';
