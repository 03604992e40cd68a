import { type Rule, tool } from '../finding.ts';

/** An older version of a topic beside the newer one. */
export const versionedDuplicate: Rule = {
  id: 'versioned-duplicate',
  triggers: ['connect_source', 'list_topics'],
  run({ sources }) {
    const out = [];
    for (const old of sources) {
      const version = /^(.*?)[-_.]v(\d+)$/.exec(old.name);
      if (!version) continue;
      const newer = sources.find(
        (s) =>
          s !== old &&
          (s.name === version[1] || (s.name.startsWith(`${version[1]}`) && Number(/v(\d+)$/.exec(s.name)?.[1] ?? -1) > Number(version[2]))),
      );
      if (!newer || (old.lastRecordAt ?? 0) >= (newer.lastRecordAt ?? Number.POSITIVE_INFINITY)) continue;
      out.push({
        fingerprint: `version:${old.id}`,
        severity: 'low',
        confidence: 0.8,
        title: 'An older version',
        message: `${old.name} seems to be superseded by ${newer.name}.`,
        evidence: { old: old.name, newer: newer.name },
        actions: [tool(`Use ${newer.name}`, 'inspect_source', { source: newer.name })],
      } as const);
    }
    return out;
  },
};
