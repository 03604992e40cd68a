// Large CSV and JSON files through `file_mmap`: time, MB/s and the largest memory of the process, with the answers compared. Each case is
// a process of its own, so that its memory is its own. Files are generated below /tmp and deleted.
//
//   node --conditions=@velostream/source packages/connectors/bench/mmap.mjs            1 GB each
//   node --conditions=@velostream/source packages/connectors/bench/mmap.mjs --gb 10    the full run
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = ['view', 'click', 'cart', 'buy', 'refund'];
const MEMORY_MB_MAX = 500;

/** Rows of one block; the same block is written again and again, so that writing is as fast as the disk. */
const BLOCK_ROWS = 100_000;

function blockOf(kind) {
  const rows = [];
  for (let id = 0; id < BLOCK_ROWS; id++) {
    const type = TYPES[(id * 7) % 5];
    const amount = (id * 31) % 1000;
    const at = new Date(1_700_000_000_000 + id * 10).toISOString();
    const user = `u${(id * 13) % 50_000}`;
    const page = `/shop/${(id * 17) % 900}`;
    if (kind === 'csv') rows.push(`${id},${at},${type},${user},"${page}, page",${amount}\n`);
    else rows.push(`${JSON.stringify({ id, ts: at, event_type: type, user_id: user, page, amount })}${kind === 'json-array' ? '' : '\n'}`);
  }
  return Buffer.from(kind === 'json-array' ? rows.join(',') : rows.join(''));
}

/** Writes blocks until the file has `bytes`; gives counts and sums by type. */
function generate(path, kind, bytes) {
  const file = openSync(path, 'w');
  const block = blockOf(kind);
  const blocks = Math.ceil(bytes / block.length);
  if (kind === 'csv') writeSync(file, 'id,ts,event_type,user_id,page,amount\n');
  for (let i = 0; i < blocks; i++) {
    if (kind === 'json-array') writeSync(file, i === 0 ? '[' : ',');
    for (let at = 0; at < block.length; ) at += writeSync(file, block, at);
  }
  if (kind === 'json-array') writeSync(file, ']');
  closeSync(file);
  const expected = Object.fromEntries(TYPES.map((type) => [type, { n: 0, total: 0 }]));
  for (let id = 0; id < BLOCK_ROWS; id++) {
    const group = expected[TYPES[(id * 7) % 5]];
    group.n += blocks;
    group.total += blocks * ((id * 31) % 1000);
  }
  return expected;
}

async function measure(folder, name, mmap) {
  const { createEngine } = await import('@velostream/core');
  const { files } = await import('@velostream/connectors/files');
  const engine = createEngine({ connectors: [files({ roots: [folder] })] });
  const started = performance.now();
  const sql = `SELECT event_type, COUNT(*) AS n, SUM(amount) AS total FROM 'file://${name}?mmap=${mmap}' GROUP BY event_type EMIT FINAL`;
  const rows = await engine.run(sql).rows();
  const ms = performance.now() - started;
  process.stdout.write(JSON.stringify({ rows, ms, memoryMb: process.resourceUsage().maxRSS / 1024 }));
}

function check(rows, expected) {
  for (const type of TYPES) {
    const row = rows.findLast?.((one) => one.event_type === type);
    if (Number(row?.n) !== expected[type].n || Number(row?.total) !== expected[type].total)
      throw new Error(`${type}: ${JSON.stringify(row)} instead of ${JSON.stringify(expected[type])}`);
  }
}

const [command, ...rest] = process.argv.slice(2);
if (command === '--case') await measure(...rest);
else {
  const gigabytes = Number(process.argv[process.argv.indexOf('--gb') + 1] ?? 1) || 1;
  const folder = mkdtempSync(join(tmpdir(), 'velostream-mmap-'));
  try {
    console.log(`| file | size | mode | time | MB/s | peak memory |\n| --- | --- | --- | --- | --- | --- |`);
    for (const [kind, name] of [
      ['csv', 'events.csv'],
      ['jsonl', 'events.jsonl'],
      ['json-array', 'events.json'],
    ]) {
      const path = join(folder, name);
      const expected = generate(path, kind, gigabytes * 1e9);
      const { size } = statSync(path);
      for (const mmap of ['false', 'true']) {
        const args = ['--conditions=@velostream/source', fileURLToPath(import.meta.url), '--case', folder, name, mmap];
        const { rows, ms, memoryMb } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 }));
        check(rows, expected);
        const speed = (size / 1e6 / (ms / 1000)).toFixed(0);
        const mode = mmap === 'true' ? 'file_mmap' : 'one reader';
        console.log(
          `| ${kind} | ${(size / 1e9).toFixed(1)} GB | ${mode} | ${(ms / 1000).toFixed(1)} s | ${speed} | ${memoryMb.toFixed(0)} MB |`,
        );
        if (memoryMb > MEMORY_MB_MAX) process.exitCode = 1;
      }
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
