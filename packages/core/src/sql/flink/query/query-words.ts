import type { FlinkContext } from '../context.ts';

/** Name of the time attribute that a query hands on behind its columns. */
export const TIME = '$time';

export const offsetText = (offset: number): string => (offset === 0 ? '' : ` OFFSET ${offset}`);
export const limitDiffers = (cx: FlinkContext): void =>
  cx.report.differs('Which rows a LIMIT without an order lets through depends on who reads them first.');
export const orderDiffers = (cx: FlinkContext): void => cx.report.differs('The rows come in no certain order on Flink.');
