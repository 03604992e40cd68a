import { type Rule, tool } from '../finding.ts';

/** A large file that is read faster by large windows. */
export const largeFileMmap: Rule = {
  id: 'large-file-mmap',
  triggers: ['connect_source'],
  run({ sources }) {
    return sources.flatMap((s) => {
      if (s.kind !== 'file' || (s.sizeBytes ?? 0) < 1_073_741_824 || s.connectionId.includes('mmap')) return [];
      const gigabytes = Math.round((s.sizeBytes ?? 0) / 1_073_741_824);
      return [
        {
          fingerprint: `mmap:${s.id}`,
          severity: 'medium',
          confidence: 0.9,
          title: 'A large file',
          message: `${s.name} has ${gigabytes} GB; reading it by large windows is faster.`,
          evidence: { gigabytes, source: s.name },
          actions: [tool('Reconnect with large windows', 'connect_source', { uri: s.uri, options: { use_mmap: 'true' } })],
        } as const,
      ];
    });
  },
};
