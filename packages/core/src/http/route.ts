import type { z } from 'zod';
import type { Viewer } from '../protocol/studio/owner.ts';
import type { Session } from '../protocol/studio/session.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import type { TraceContext } from '../protocol/studio/trace.ts';
import type { Principal, Risk } from './principal.ts';
import type { StreamHubs } from './stream-hubs.ts';

/** What a route works with. */
export interface RouteContext<B = unknown, Q = unknown> {
  /** As the caller sees it: what belongs to others is not there. */
  readonly studio: Studio;
  readonly principal: Principal;
  readonly viewer: Viewer;
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly body: B;
  readonly query: Q;
  readonly hubs: StreamHubs;
  readonly tools: ToolGateway | undefined;
  readonly signal: AbortSignal;
  /** What spans of this request go on from: its own span where the handler traces, else the one that it came with. */
  readonly trace: TraceContext | undefined;
  /** The session that the request names (`session_id`, `notebook_id` or the header), else the caller's own default one. */
  session(id?: string): Promise<Session>;
}

/** Tools of the assistant, as far as HTTP needs them: by name, with JSON in and out. */
export interface ToolGateway {
  call(
    name: string,
    input: unknown,
    context: {
      readonly session: Session;
      readonly principal: string;
      readonly signal: AbortSignal;
      readonly approvalId?: string;
      readonly trace?: TraceContext;
    },
  ): Promise<{ readonly output: unknown; readonly artifact?: unknown }>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base path, e.g. `/apps/{id}/test`; starts with `//` for the root (`//metrics`). */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly risk: Risk;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly response?: z.ZodType;
  /** What it answers, where that is not JSON. */
  readonly produces?: 'text/event-stream' | 'text/plain';
  /** Model calls are limited more tightly. */
  readonly expensive?: boolean;
  readonly maxBodyBytes?: number;
  handle(context: RouteContext): Promise<unknown>;
}

interface TypedRoute<B extends z.ZodType | undefined, Q extends z.ZodType | undefined> extends Omit<Route, 'body' | 'query' | 'handle'> {
  readonly body?: B;
  readonly query?: Q;
  handle(
    context: RouteContext<B extends z.ZodType ? z.infer<B> : undefined, Q extends z.ZodType ? z.infer<Q> : undefined>,
  ): Promise<unknown>;
}

/** A route whose handler knows the types of its body and query. */
export const route = <B extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined>(
  r: TypedRoute<B, Q>,
): Route =>
  // The guard has parsed both with the route's own schemas before the handler sees them.
  r as unknown as Route;

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds routes by method and path; literal segments win over parameters. */
export function createRouter(routes: readonly Route[], basePath: string) {
  const compiled: Compiled[] = routes.map((r) => {
    const names: string[] = [];
    const full = r.path.startsWith('//') ? r.path.slice(1) : basePath + r.path;
    const pattern = full.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
    return { route: r, pattern: new RegExp(`^${pattern}/?$`), names };
  });
  compiled.sort((a, b) => a.names.length - b.names.length);
  return (method: string, path: string): Match | readonly string[] => {
    const allowed: string[] = [];
    for (const { route: found, pattern, names } of compiled) {
      const match = pattern.exec(path);
      if (!match) continue;
      if (found.method !== method && !(method === 'HEAD' && found.method === 'GET')) {
        allowed.push(found.method);
        continue;
      }
      return { route: found, params: Object.fromEntries(names.map((name, i) => [name, decoded(match[i + 1] ?? '')])) };
    }
    return allowed;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
