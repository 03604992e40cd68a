import { type Rule, tool } from '../finding.ts';

/** A large file that is read faster by large windows. */
export const largeFileMmap: Rule = {
  id: 'large-file-mmap',
  triggers: ['connect_source'],
  run({ sources }) {
    // One file that is known under two names, or was connected twice, is told of once.
    const large = sources.filter((s) => s.kind === 'file' && (s.sizeBytes ?? 0) >= 1_073_741_824 && !s.connectionId.includes('mmap'));
    return [...new Map(large.map((s) => [s.uri, s])).values()].flatMap((s) => {
      // A path is named by what it ends in; all of it stands in the evidence.
      const name = s.name.split(/[\\/]/).at(-1) || s.name;
      const gigabytes = Math.round((s.sizeBytes ?? 0) / 1_073_741_824);
      return [
        {
          fingerprint: `mmap:${s.uri}`,
          severity: 'medium',
          confidence: 0.9,
          title: `${name} is a large file`,
          message: `${name} has ${gigabytes} GB; reading it by large windows is faster.`,
          evidence: { gigabytes, source: s.name },
          actions: [tool('Reconnect with large windows', 'connect_source', { uri: s.uri, options: { use_mmap: 'true' } })],
        } as const,
      ];
    });
  },
};
