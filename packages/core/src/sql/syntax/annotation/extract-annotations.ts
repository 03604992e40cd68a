import type { SqlAnnotations } from '../annotations.ts';
import { parse } from '../parse.ts';

/** Metrics, alerts and chart hints that the comments of a text declare; what is wrong with them is said by `parse` and `validate`. */
export const extractAnnotations = (sql: string): SqlAnnotations => parse(sql).annotations;
