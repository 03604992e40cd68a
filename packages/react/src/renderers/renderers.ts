import type { ChartRecommendation, Diagnostic } from '@velostream/core/protocol';
import type { JobMetrics, Topology } from '@velostream/core/protocol/deploy';
import type { SqlContext, SqlService } from '@velostream/core/protocol/studio';
import { type ComponentType, createContext, useContext } from 'react';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';

export interface EditorProps {
  readonly value: string;
  readonly label: string;
  readonly onChange?: ((sql: string) => void) | undefined;
  readonly onRun?: (() => void) | undefined;
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  /** Completion, hover, signature help and formatting come from here. */
  readonly service?: SqlService | null | undefined;
  readonly context?: SqlContext | undefined;
  /** Text to go on with at the cursor, shown as ghost text and taken with Tab. */
  readonly suggest?: ((prefix: string, suffix: string, signal: AbortSignal) => Promise<string | null>) | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly linesMax?: number | undefined;
}

/** What to draw: a recommendation of the studio, or the same written by hand. */
export type ChartSpec = Omit<ChartRecommendation, 'score' | 'reason'> & Partial<ChartRecommendation>;

export interface ChartProps {
  readonly chart: ChartSpec;
  readonly columns: readonly LiveColumn[];
  readonly rows: readonly LiveRow[];
  readonly label: string;
  /** px; the width is that of the place. */
  readonly height?: number | undefined;
  /** Time up to which all events have been seen, of a query that runs: windows that end later are drawn as still open; `-Infinity` while it is not known. */
  readonly watermark?: number | null | undefined;
}

export interface TableProps {
  readonly columns: readonly LiveColumn[];
  readonly rows: readonly LiveRow[];
  readonly label: string;
  /** Rows that are no longer kept: the first row shown is number `rowsDropped + 1`. */
  readonly rowsDropped?: number | undefined;
  readonly masked?: readonly string[] | undefined;
  /** px; 360 by default. */
  readonly height?: number | undefined;
}

export interface GraphProps {
  readonly topology: Topology;
  readonly label: string;
  /** By node id or query id. */
  readonly metrics?: Readonly<Record<string, JobMetrics>> | undefined;
  readonly height?: number | undefined;
}

/** Heavy components that a host may load later, or never; without one the themed artifacts draw something lighter. */
export interface Renderers {
  readonly editor?: ComponentType<EditorProps>;
  readonly chart?: ComponentType<ChartProps>;
  readonly table?: ComponentType<TableProps>;
  readonly graph?: ComponentType<GraphProps>;
}

export const RenderersContext = createContext<Renderers>({});
export const useRenderers = (): Renderers => useContext(RenderersContext);
