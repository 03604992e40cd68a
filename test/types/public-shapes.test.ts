// The options and shapes that programs outside are written against; the compiler is the judge.

import type { Change, Engine, EngineOptions, Query, RunOptions, SourceInput, StudioOptions } from '@velostream/core';
import type { StudioClientOptions } from '@velostream/core/client';
import type { StudioHandler, StudioHandlerOptions } from '@velostream/core/http';
import type { ServeOptions } from '@velostream/core/node';
import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import type { Coverage, Peek } from '@velostream/core/protocol/explore';
import type { ColumnSchema, Diagnostic, explain, format, parse, TableSchema, validate } from '@velostream/core/sql';
import type { generateData, renderReport, runTestSpec, streamTest, testQuery } from '@velostream/core/testing';
import { expectTypeOf, test } from 'vitest';

type Options<F extends (first: never, second: never) => unknown> = NonNullable<Parameters<F>[1]>;

test('options of the engine and of a run', () => {
  expectTypeOf<
    | 'sources'
    | 'tables'
    | 'connectors'
    | 'limits'
    | 'compat'
    | 'decimals'
    | 'divisionByZero'
    | 'missingFields'
    | 'changes'
    | 'codegen'
    | 'clock'
    | 'rng'
    | 'workers'
  >().toExtend<keyof EngineOptions>();
  expectTypeOf<'signal' | 'batchRows' | 'limits' | 'from'>().toExtend<keyof RunOptions>();
  expectTypeOf<{ a: number }[]>().toExtend<SourceInput>();
  expectTypeOf<Generator<{ a: number }>>().toExtend<SourceInput>();
  expectTypeOf<AsyncGenerator<{ a: number } | { a: number }[]>>().toExtend<SourceInput>();
  expectTypeOf<{
    rows?: { a: number }[];
    schema: TableSchema;
    eventTime: string;
    watermarkDelayMs: number;
    key: string[];
  }>().toExtend<SourceInput>();
  expectTypeOf<{ uri: string; format: string; options: Record<string, unknown> }>().toExtend<SourceInput>();
});

test('a query, its changes, and how an engine is fed', () => {
  expectTypeOf<Query['ready']>().toEqualTypeOf<Promise<void>>();
  expectTypeOf<Query['schema']>().toEqualTypeOf<TableSchema>();
  expectTypeOf<'op' | 'row' | 'key' | 'window' | 'final'>().toEqualTypeOf<keyof Change>();
  expectTypeOf<Change['op']>().toEqualTypeOf<'insert' | 'update' | 'delete'>();
  expectTypeOf<[source: string, rows: { a: number } | { a: number }[]]>().toExtend<Parameters<Engine['push']>>();
  expectTypeOf<[source?: string]>().toExtend<Parameters<Engine['end']>>();
});

test('schemas and diagnostics', () => {
  expectTypeOf<'kind' | 'columns' | 'eventTime' | 'key' | 'description'>().toExtend<keyof TableSchema>();
  expectTypeOf<'name' | 'type' | 'nullable' | 'description' | 'tags' | 'values'>().toExtend<keyof ColumnSchema>();
  expectTypeOf<'code' | 'severity' | 'message' | 'start' | 'end' | 'line' | 'column' | 'statement' | 'hint' | 'reason'>().toExtend<
    keyof Diagnostic
  >();
  expectTypeOf<Diagnostic['severity']>().toEqualTypeOf<'error' | 'warning' | 'info'>();
});

test('options of the language', () => {
  expectTypeOf<'mode' | 'compat'>().toExtend<keyof Options<typeof parse>>();
  expectTypeOf<'statements' | 'diagnostics' | 'application' | 'annotations'>().toExtend<keyof ReturnType<typeof parse>>();
  expectTypeOf<'catalog' | 'mode' | 'compat' | 'purpose'>().toExtend<keyof Options<typeof validate>>();
  expectTypeOf<{ target: 'studio' | 'velostream' | 'flink' }>().toExtend<Options<typeof format>>();
  expectTypeOf<{ stage: 'ast' | 'bound' | 'logical' | 'optimised' | 'physical' }>().toExtend<Options<typeof explain>>();
});

test('options of the test kit', () => {
  expectTypeOf<'records' | 'seed' | 'references'>().toExtend<keyof Options<typeof generateData>>();
  expectTypeOf<'schemas' | 'records' | 'seed' | 'assertions' | 'inputs' | 'timeoutMs'>().toExtend<keyof Options<typeof testQuery>>();
  expectTypeOf<'files' | 'filter'>().toExtend<keyof Options<typeof runTestSpec>>();
  expectTypeOf<'text' | 'json' | 'junit'>().toExtend<Parameters<typeof renderReport>[1]>();
  expectTypeOf<'given' | 'advanceTo' | 'expect' | 'expectChanges' | 'expectLate' | 'end' | 'expectFinal' | 'then'>().toExtend<
    keyof ReturnType<typeof streamTest>
  >();
});

test('options of a studio, its handler, its client and its server', () => {
  expectTypeOf<'connectors' | 'store' | 'targets' | 'assistant' | 'templates' | 'limits' | 'clock' | 'rng' | 'logger'>().toExtend<
    keyof StudioOptions
  >();
  expectTypeOf<'authorize' | 'cors' | 'basePath'>().toExtend<keyof StudioHandlerOptions>();
  expectTypeOf<'fetch' | 'websocket' | 'openapi'>().toExtend<keyof StudioHandler>();
  expectTypeOf<'baseUrl' | 'fetch' | 'WebSocket' | 'headers'>().toExtend<keyof StudioClientOptions>();
  expectTypeOf<'port' | 'host' | 'authorize'>().toExtend<keyof ServeOptions>();
});

test('what was looked at is said with every peek', () => {
  expectTypeOf<Peek['coverage']>().toEqualTypeOf<Coverage>();
  expectTypeOf<'scanned' | 'available' | 'partitions' | 'stoppedBy' | 'continueFrom'>().toEqualTypeOf<keyof Coverage>();
});

test('a question to the assistant and its three kinds of answer', () => {
  expectTypeOf<'prompt' | 'schemas' | 'previousSql' | 'glossary'>().toExtend<keyof NlToSqlRequest>();
  type Answer<K extends NlToSqlResult['kind']> = keyof Extract<NlToSqlResult, { kind: K }>;
  expectTypeOf<
    'sql' | 'explanation' | 'assumptions' | 'confidence' | 'alternatives' | 'annotations' | 'viz' | 'diagnostics' | 'engine' | 'ignored'
  >().toExtend<Answer<'sql'>>();
  expectTypeOf<'question' | 'options'>().toExtend<Answer<'clarify'>>();
  expectTypeOf<'reason' | 'message'>().toExtend<Answer<'refused'>>();
});
