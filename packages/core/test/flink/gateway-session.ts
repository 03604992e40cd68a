/** A session of a SQL Gateway: one statement after another, rows as text by column. */
export interface GatewaySession {
  /** Runs a statement that gives no rows of interest, and waits until it is done. */
  run(sql: string): Promise<void>;
  /** All changes of a query, in order; `kind` is INSERT, UPDATE_BEFORE, UPDATE_AFTER or DELETE. */
  rows(sql: string): Promise<readonly FlinkRow[]>;
  close(): Promise<void>;
}

export interface FlinkRow {
  readonly kind: string;
  readonly fields: readonly unknown[];
}

interface ResultPage {
  readonly resultType: string;
  readonly nextResultUri?: string;
  readonly results?: { readonly data: readonly FlinkRow[] };
}

const PATIENCE_MS = 120_000;

async function call(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const { errors = [text] } = JSON.parse(text) as { errors?: string[] };
  throw new Error(rootCause(errors.join('\n')));
}

/** The causes of a Java stack trace, the innermost last. */
function rootCause(trace: string): string {
  const causes = trace.split('\n').filter((line) => /^(Caused by: |org\.|java\.)/.test(line) && !line.startsWith('\tat'));
  return causes.slice(-2).join('\n') || trace.slice(0, 2000);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function openGateway(gateway: string, properties: Readonly<Record<string, string>> = {}): Promise<GatewaySession> {
  const body = JSON.stringify({ sessionName: 'velo', properties });
  const headers = { 'content-type': 'application/json' };
  const { sessionHandle } = (await call(`${gateway}/v1/sessions`, { method: 'POST', headers, body })) as { sessionHandle: string };
  const session = `${gateway}/v1/sessions/${sessionHandle}`;

  async function rows(statement: string): Promise<FlinkRow[]> {
    const { operationHandle } = (await call(`${session}/statements`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ statement }),
    })) as { operationHandle: string };
    const found: FlinkRow[] = [];
    let next: string | undefined = `/v1/sessions/${sessionHandle}/operations/${operationHandle}/result/0?rowFormat=JSON`;
    let waitMs = 2;
    while (next !== undefined) {
      const page = (await call(`${gateway}${next.replace(/^https?:\/\/[^/]+/, '')}`)) as ResultPage;
      const data = page.results?.data ?? [];
      for (const row of data) found.push(row);
      if (page.resultType === 'NOT_READY' || (page.resultType === 'PAYLOAD' && data.length === 0)) {
        await pause(waitMs);
        waitMs = Math.min(waitMs * 2, 40);
      }
      next = page.resultType === 'EOS' ? undefined : (page.nextResultUri ?? undefined);
    }
    return found;
  }
  return {
    run: async (sql) => void (await rows(sql)),
    rows,
    close: async () => void (await call(session, { method: 'DELETE' })),
  };
}
