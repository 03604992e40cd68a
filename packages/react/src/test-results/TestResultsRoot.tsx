import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** A report of one query under test, or of all queries of an application. */
export const TestResultsRoot: ArtifactRoot<'test-results'> = defineRoot('test-results', 'TestResults');
