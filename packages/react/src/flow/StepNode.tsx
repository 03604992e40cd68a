import type { JobMetrics, TopologyNode } from '@velostream/core/protocol/deploy';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo, type ReactNode, useContext } from 'react';
import { durationText, rateText } from '../text/quantity-text.ts';
import { COLUMNS_SHOWN } from './layout.ts';
import { LineageContext } from './lineage-context.ts';

export type StepData = Node<
  { readonly node: TopologyNode; readonly metrics: JobMetrics | undefined; readonly isBottleneck: boolean },
  'step'
>;

const WORDS = { source: 'source', transform: 'step', sink: 'sink' } as const;

/** A source, a step or a sink, with its rate, its latency and its columns. */
export const StepNode = memo(function StepNode({ data }: NodeProps<StepData>): ReactNode {
  const { node, metrics, isBottleneck } = data;
  const { trail } = useContext(LineageContext);
  const { columns = [] } = node;
  const isTraced = columns.some((column) => trail.has(`${node.id}.${column}`));
  return (
    <article
      className="velo-node"
      data-type={node.type}
      data-bottleneck={isBottleneck ? '' : undefined}
      data-dimmed={trail.size > 0 && !isTraced ? '' : undefined}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <header>
        <span className="velo-node-type">{isBottleneck ? 'slowest step' : WORDS[node.type]}</span>
        <strong>{node.label}</strong>
        {node.verb !== undefined && (
          <span className="velo-node-verb" title={node.verb}>
            {node.verb}
          </span>
        )}
        {metrics && (
          <span className="velo-node-rate">
            {rateText(metrics.recordsPerSecond)}
            {metrics.latencyP99Ms !== undefined && ` · ${durationText(metrics.latencyP99Ms)} p99`}
          </span>
        )}
      </header>
      {columns.length > 0 && (
        <ul>
          {columns.slice(0, COLUMNS_SHOWN).map((column) => (
            <ColumnLine key={column} id={`${node.id}.${column}`} name={column} />
          ))}
          {columns.length > COLUMNS_SHOWN && <li className="velo-node-more">{`and ${columns.length - COLUMNS_SHOWN} more`}</li>}
        </ul>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </article>
  );
});

function ColumnLine({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const { trail, trace, reached } = useContext(LineageContext);
  return (
    <li data-traced={trail.has(id) ? '' : undefined}>
      <button
        type="button"
        className="nodrag nopan"
        data-column={id}
        tabIndex={id === reached ? 0 : -1}
        aria-label={`Trace ${id.replace('.', ', column ')}`}
        onPointerEnter={() => trace(id)}
        onPointerLeave={() => trace(null)}
        onFocus={() => trace(id)}
        onBlur={() => trace(null)}
      >
        {name}
      </button>
    </li>
  );
}
