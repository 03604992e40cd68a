export { artifactOf, SAMPLE_TIME } from './samples/envelope.ts';
export { sampleArtifacts, typicalArtifacts } from './samples/sample-artifacts.ts';
export { sampleNumbers, sampleWindows } from './samples/sample-results.ts';
