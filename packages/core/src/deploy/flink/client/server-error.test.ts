import { describe, expect, test } from 'vitest';
import { causeOf, placeOf } from './server-error.ts';

/** As a gateway of version 2.2 answers `select sum(id, 2) from g`; frames left out. */
const VALIDATION = [
  'Internal server error.',
  `<Exception on server side:
org.apache.flink.table.gateway.api.utils.SqlGatewayException: org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.
	at org.apache.flink.table.gateway.rest.handler.statement.FetchResultsHandler.handleRequest(FetchResultsHandler.java:91)
Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 43ac3d28.
	... 1 more
Caused by: org.apache.flink.table.api.ValidationException: SQL validation failed. From line 1, column 8 to line 1, column 17: Invalid number of arguments to function 'SUM'. Was expecting 1 arguments
	... 7 more
Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Invalid number of arguments to function 'SUM'. Was expecting 1 arguments
	... 37 more

End of exception on server side>`,
];

describe('an error answer', () => {
  test('says the innermost cause, without classes and frames', () => {
    expect(causeOf(VALIDATION)).toBe("Invalid number of arguments to function 'SUM'. Was expecting 1 arguments");
  });

  test('keeps a cause that goes over several lines', () => {
    const trace = 'a.b.OneException: outer\n\tat x.y(Z.java:1)\nCaused by: d.TwoError: two\n\nlines\n\t... 3 more\n';
    expect(causeOf([trace])).toBe('two\n\nlines');
  });

  test('is not what failed while it was cleaned up', () => {
    const aside = '\tSuppressed: x.yException: aside\n\t\tat a.b(C.java:1)\n\tCaused by: x.zError: deep\n\t\t... 1 more\n';
    expect(causeOf([`a.bException: outer\n\tat q(Q.java:1)\n${aside}Caused by: a.cException: inner\n\tat q(Q.java:2)\n${aside}`])).toBe(
      'inner',
    );
  });

  test.each([
    [['not found: /x'], 'not found: /x'],
    [['Internal server error.'], 'Internal server error.'],
    [[''], ''],
  ])('without a trace is taken as it stands: %j', (errors, cause) => {
    expect(causeOf(errors)).toBe(cause);
  });

  test('tells where in the statement, where it can', () => {
    expect(placeOf(VALIDATION)).toEqual({ line: 1, column: 8, endLine: 1, endColumn: 17 });
    expect(placeOf(['SQL parse failed. Encountered "x" at line 2, column 5.'])).toEqual({ line: 2, column: 5, endLine: 2, endColumn: 5 });
    expect(placeOf(['no slot'])).toBeUndefined();
  });
});
