import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApprovalDesk } from './approval-desk.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * A page on this machine where a person agrees to plans or declines them. Its address holds a secret that only the person who started the
 * server is told; a request with an origin has to come from the page itself.
 */
export async function serveApprovalPage(desk: ApprovalDesk, port = 0): Promise<{ readonly url: string; close(): Promise<void> }> {
  const secret = randomUUID();
  const http = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const [, key, id] = url.pathname.split('/');
      const { origin } = request.headers;
      if (key !== secret) return void response.writeHead(404).end();
      if (origin !== undefined && origin !== `http://${request.headers.host ?? ''}`) return void response.writeHead(403).end();
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        // Not `no-referrer`: a browser then sends the page's own form with the origin `null`.
        'referrer-policy': 'same-origin',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        'x-frame-options': 'DENY',
      };
      // `velo approve` asks for the same as JSON.
      const isJson = request.headers.accept === 'application/json';
      const tell = (status: number, value: object): void =>
        void response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
      if (request.method === 'POST' && id !== undefined) {
        const answer = await desk.decide(id, url.searchParams.get('approve') === 'yes').then(
          (said) => ({ said }),
          (cause: unknown) => ({ error: cause instanceof Error ? cause.message : String(cause) }),
        );
        if (isJson) return tell('error' in answer ? 409 : 200, answer);
        const text = 'error' in answer ? answer.error : answer.said;
        return void response.writeHead(200, headers).end(pageOf(`<p>${escaped(text)}</p><p><a href="/${secret}">Back</a></p>`));
      }
      if (isJson) {
        const waiting = desk.waiting.map(({ approvalId, title, summary, expiresAt }) => ({
          id: approvalId,
          title,
          summary,
          expires_at: expiresAt,
        }));
        return tell(200, { waiting });
      }
      const plans = desk.waiting.map(
        ({ approvalId, title, summary }) =>
          `<section><h2>${escaped(title)}</h2><pre>${escaped(summary)}</pre>${['yes', 'no']
            .map(
              (answer) =>
                `<form method="post" action="/${secret}/${approvalId}?approve=${answer}"><button>${answer === 'yes' ? 'Approve' : 'Decline'}</button></form>`,
            )
            .join('')}</section>`,
      );
      response.writeHead(200, headers).end(pageOf(plans.join('') || '<p>Nothing waits for an approval.</p>'));
    })().catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/${secret}`,
    async close() {
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

const pageOf = (body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Approvals</title><body><h1>Approvals</h1>${body}</body></html>`;
