import { code } from '../define-codes.ts';
import { type ErrorFactory, errorFactory } from '../error-factory.ts';

/** VS54xx: data schemas, test specs and what a test is told to do. */
export const TESTING_CODES = {
  VS5401: code<{ what: string; problem: string }>({
    reason: 'data-schema',
    severity: 'error',
    message: ({ what, problem }) => `data schema "${what}": ${problem}`,
  }),
  VS5402: code<{ what: string; problem: string }>({
    reason: 'test-spec',
    severity: 'error',
    message: ({ what, problem }) => `test spec "${what}": ${problem}`,
  }),
  VS5403: code<{ text: string }>({
    reason: 'time-expression',
    severity: 'error',
    message: ({ text }) => `"${text}" is no time`,
    hint: () => 'Write now, -1h, +30m, seconds as a number, or ISO text such as 2024-01-01T00:00:00Z.',
  }),
  VS5404: code<{ field: string; pattern: string; problem: string }>({
    reason: 'data-pattern',
    severity: 'error',
    message: ({ field, pattern, problem }) => `pattern "${pattern}" of field "${field}" cannot be generated: ${problem}`,
    hint: () => 'Use literals, classes such as [A-Z0-9], \\d \\w \\s, groups, | and the quantifiers ? + * {n} {n,m}.',
  }),
  VS5405: code<{ path: string; problem: string }>({
    reason: 'test-file',
    severity: 'error',
    message: ({ path, problem }) => `cannot read "${path}": ${problem}`,
  }),
  VS5406: code<{ expression: string; problem: string }>({
    reason: 'test-expression',
    severity: 'error',
    message: ({ expression, problem }) => `expression "${expression}": ${problem}`,
  }),
  VS5407: code<{ text: string }>({
    reason: 'stream-test',
    severity: 'error',
    message: ({ text }) => text,
  }),
  VS5408: code<{ ms: number }>({
    reason: 'test-timeout',
    severity: 'error',
    message: ({ ms }) => `the query was not done after ${ms} ms`,
    hint: () => 'Raise `timeoutMs` (`timeout_ms` in a spec), or test with fewer records.',
  }),
  VS5409: code<{ generator: string; problem: string }>({
    reason: 'generator-import',
    severity: 'error',
    message: ({ generator, problem }) => `generator "${generator}" cannot be read: ${problem}`,
  }),
  VS5410: code<{ problem: string }>({
    reason: 'nothing-to-test',
    severity: 'error',
    message: ({ problem }) => problem,
    hint: () => 'Give a SELECT or a CREATE STREAM … AS SELECT.',
  }),
  VS5411: code<{ input: string; reads: readonly string[] }>({
    reason: 'unused-input',
    severity: 'error',
    message: ({ input, reads }) =>
      `the query does not read "${input}", for which there are rows; it reads ${reads.map((r) => `"${r}"`).join(', ') || 'nothing'}`,
    hint: () => 'Write the name as in FROM or JOIN, or leave the rows out.',
  }),
  VS5412: code<{ problem: string }>({
    reason: 'test-thread',
    severity: 'error',
    message: ({ problem }) => `the thread that ran the query is gone: ${problem}`,
    hint: () => 'Test with fewer records, or with one job so that the whole memory of the process is there for it.',
  }),
  VS5413: code<{ query: string; format: string; problem: string }>({
    reason: 'capture-format',
    severity: 'error',
    message: ({ query, format, problem }) => `the output of query "${query}" cannot be captured as ${format}: ${problem}`,
    hint: () => 'Compare `capture_schema` with the columns of the query, their names and types.',
  }),
  VS5415: code<{ problem: string }>({
    reason: 'test-broker',
    severity: 'error',
    message: ({ problem }) => `the topics of the test cannot be made: ${problem}`,
    hint: () => 'Check the address of the broker, and that its user may create and delete topics.',
  }),
  VS5414: code<{ query: string; format: string }>({
    reason: 'capture-format-missing',
    severity: 'error',
    message: ({ query, format }) => `query "${query}" wants its output captured as "${format}", and there is no such format`,
    hint: () =>
      'Formats are json, csv, avro and protobuf of the package @velostream/connectors: install it for `velo test`, or give `formats: [avro()]` to `runTestSpec`.',
  }),
};

/** A coded error of the test kit. */
export const testingError: ErrorFactory<typeof TESTING_CODES> = errorFactory(TESTING_CODES);
