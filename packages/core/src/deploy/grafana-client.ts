import { grafanaFailed, grafanaUnreachable } from '../diagnostics/codes/deploy.ts';
import type { DashboardPlan } from '../protocol/studio/app.ts';

export interface GrafanaOptions {
  /** Address of Grafana, e.g. `http://localhost:3000`. */
  readonly url: string;
  /** Token of a service account; it is sent and never stored or shown. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
  /** Folder for dashboards; the general one by default. */
  readonly folderUid?: string;
  readonly timeoutMs?: number;
}

export interface PublishedDashboard {
  readonly uid: string;
  readonly url: string;
  readonly version: number;
}

export interface Grafana {
  /** Makes the dashboard or replaces the one with its uid. */
  publish(dashboard: DashboardPlan, options?: { readonly message?: string; readonly signal?: AbortSignal }): Promise<PublishedDashboard>;
  /** False: there was none. */
  remove(uid: string, options?: { readonly signal?: AbortSignal }): Promise<boolean>;
  /** Makes a folder unless it is there. */
  ensureFolder(uid: string, title: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Notes a deployment on the dashboard, at its time. */
  annotate(uid: string, text: string, at: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
  health(options?: { readonly signal?: AbortSignal }): Promise<{ readonly version: string; readonly database: string }>;
}

const TIMEOUT_MS = 10_000;
const DETAIL_CHARACTERS_MAX = 300;

/**
 * Grafana's HTTP API with a token.
 *
 * @throws {VeloError} `grafana-failed`, `grafana-unreachable` from every call.
 */
export function grafana(options: GrafanaOptions): Grafana {
  const base = options.url.replace(/\/+$/, '');
  const send = options.fetch ?? fetch;
  const call = async (
    method: string,
    path: string,
    what: string,
    { body, signal }: { readonly body?: unknown; readonly signal?: AbortSignal | undefined } = {},
  ) => {
    const limit = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const request: RequestInit = { method, headers, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) };
    if (body !== undefined) request.body = JSON.stringify(body);
    const response = await send(`${base}${path}`, request).catch((cause: unknown) => {
      throw grafanaUnreachable(base, cause);
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, data: parsed(text), detail: detailOf(text), what };
  };
  type Answer = Awaited<ReturnType<typeof call>>;
  const must = (answer: Answer): Readonly<Record<string, unknown>> => {
    if (!answer.ok) throw grafanaFailed(answer.status, answer.what, answer.detail);
    return answer.data;
  };
  return {
    async publish(dashboard, { message, signal } = {}) {
      const body = {
        dashboard: { ...dashboard.grafanaJson, id: null },
        overwrite: true,
        message: message ?? 'Deployed by Velostream',
        ...(options.folderUid === undefined ? {} : { folderUid: options.folderUid }),
      };
      const data = must(await call('POST', '/api/dashboards/db', `dashboard "${dashboard.title}"`, { body, signal }));
      const path = typeof data['url'] === 'string' ? data['url'] : `/d/${dashboard.uid}`;
      return { uid: String(data['uid'] ?? dashboard.uid), url: new URL(path, `${base}/`).href, version: Number(data['version'] ?? 1) };
    },
    async remove(uid, { signal } = {}) {
      const answer = await call('DELETE', `/api/dashboards/uid/${encodeURIComponent(uid)}`, `removing dashboard "${uid}"`, { signal });
      if (answer.status === 404) return false;
      must(answer);
      return true;
    },
    async ensureFolder(uid, title, { signal } = {}) {
      const found = await call('GET', `/api/folders/${encodeURIComponent(uid)}`, `folder "${title}"`, { signal });
      if (found.status !== 404) {
        must(found);
        return;
      }
      const made = await call('POST', '/api/folders', `folder "${title}"`, { body: { uid, title }, signal });
      // Somebody else may have made it meanwhile.
      if (made.status !== 409 && made.status !== 412) must(made);
    },
    async annotate(uid, text, at, { signal } = {}) {
      must(
        await call('POST', '/api/annotations', 'an annotation', {
          body: { dashboardUID: uid, time: at, tags: ['deployment', 'velostream'], text },
          signal,
        }),
      );
    },
    async health({ signal } = {}) {
      const data = must(await call('GET', '/api/health', 'the health check', { signal }));
      return { version: String(data['version'] ?? ''), database: String(data['database'] ?? '') };
    },
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Readonly<Record<string, unknown>>) : {};
  } catch {
    // An answer of a proxy in between is no JSON; its text is shown instead.
    return {};
  }
}

function detailOf(text: string): string {
  const { message } = parsed(text);
  return (typeof message === 'string' ? message : text).slice(0, DETAIL_CHARACTERS_MAX);
}
