import { Writable } from 'node:stream';
import { version } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { ENTRIES, pageOf } from './hydration-pages.tsx';

export { ENTRIES, WITHOUT_PAGES } from './hydration-pages.tsx';
export { version };

/** The markup of an entry's page as a server sends it, once everything that it waits for has come. */
export function htmlOf(entry: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let html = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        html += String(chunk);
        done();
      },
      final(done) {
        resolve(html);
        done();
      },
    });
    const stream = renderToPipeableStream(pageOf(entry), { onAllReady: () => stream.pipe(sink), onError: reject, onShellError: reject });
  });
}

export const allHtml = async (): Promise<Readonly<Record<string, string>>> => {
  const pages: Record<string, string> = {};
  for (const entry of ENTRIES) pages[entry] = await htmlOf(entry);
  return pages;
};
