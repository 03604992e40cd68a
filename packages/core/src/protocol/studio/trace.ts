/** A W3C trace context: which trace a record, a request or a call belongs to, and which span it comes from. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly sampled: boolean;
  /** `tracestate` as it came. */
  readonly state?: string;
}
