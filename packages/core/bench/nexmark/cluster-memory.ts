/** Memory of a TaskManager in use: heap, what lies beside it, direct and managed memory. */
const NAMES = [
  'Status.JVM.Memory.Heap.Used',
  'Status.JVM.Memory.NonHeap.Used',
  'Status.JVM.Memory.Direct.MemoryUsed',
  'Status.Flink.Memory.Managed.Used',
];
const EVERY_MS = 500;
const MB = 2 ** 20;

/**
 * Looks at the TaskManagers of a cluster twice a second, until it is stopped; answers with the highest sum that was seen, in MB. A heap holds
 * what is not collected yet: it is what the job took, and not the least that it would need.
 */
export function watchMemory(restUrl: string): { stop(): Promise<number> } {
  let peak = 0;
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      peak = Math.max(peak, await used(restUrl).catch(() => 0));
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  };
  const looking = look();
  return {
    async stop() {
      isOver = true;
      await looking;
      return Math.round(peak / MB);
    },
  };
}

async function used(restUrl: string): Promise<number> {
  const get = async (path: string) => (await fetch(`${restUrl}${path}`)).json() as Promise<unknown>;
  const { taskmanagers } = (await get('/taskmanagers')) as { readonly taskmanagers: readonly { readonly id: string }[] };
  let sum = 0;
  for (const { id } of taskmanagers) {
    const found = (await get(`/taskmanagers/${id}/metrics?get=${NAMES.join(',')}`)) as readonly { readonly value: string }[];
    for (const { value } of found) sum += Number(value);
  }
  return sum;
}
