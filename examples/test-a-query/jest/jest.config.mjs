/**
 * Our packages are ES modules: jest needs `NODE_OPTIONS=--experimental-vm-modules`. A project that installs them from a registry and writes its
 * tests in JavaScript needs no configuration besides; here TypeScript is taken out by esbuild, and packages are read from their sources.
 */
export default {
  testMatch: ['<rootDir>/*.jest.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/strip-types.mjs' },
  testEnvironmentOptions: { customExportConditions: ['@velostream/source', 'node', 'node-addons'] },
};
