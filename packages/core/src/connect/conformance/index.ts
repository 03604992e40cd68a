export { connectorConformance } from './connector-conformance.ts';
export type { ConformanceCase, ConformanceFixture, FixtureRows, SinkFixture, SourceFixture } from './fixture.ts';
