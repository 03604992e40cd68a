export { extractAnnotations } from './annotation/extract-annotations.ts';
export { substituteVariables, type VariableLookup } from './annotation/variables.ts';
export type {
  AlertAnnotation,
  AnnotationCondition,
  ApplicationHeader,
  MetricAnnotation,
  SqlAnnotations,
  StatementInfo,
  VizHint,
} from './annotations.ts';
export { type ParseOptions, type ParseResult, parse } from './parse.ts';
export { parseExpression } from './parse-expression.ts';
export { printExpression, printQuery, printStatement } from './print/print-statement.ts';
export type { PrintTarget } from './print/print-target.ts';
