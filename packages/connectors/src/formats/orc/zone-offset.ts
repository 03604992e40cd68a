const HOUR_MS = 3_600_000;
const CACHED_MAX = 100_000;

/** By how many ms the clocks of a zone are ahead of UTC at an instant. Remembered by the hour. */
export function zoneOffset(zone: string): (atMs: number) => number {
  if (/^(?:|UTC|GMT|Etc\/UTC|Z)$/i.test(zone)) return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (atMs) => {
    const hour = Math.floor(atMs / HOUR_MS);
    const cached = known.get(hour);
    if (cached !== undefined) return cached;
    const start = hour * HOUR_MS;
    const parts = new Map(format.formatToParts(start).map((part) => [part.type, Number(part.value)]));
    const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    if (known.size >= CACHED_MAX) known.clear();
    known.set(hour, local - start);
    return local - start;
  };
}
