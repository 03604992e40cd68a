import { serveFolder } from './serve-folder.ts';

const port = Number(process.env['PORT'] ?? 4350);
const { url } = await serveFolder(port);
process.stdout.write(`${url}\n`);
