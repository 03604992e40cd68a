/** Types of process.mjs for tests that stop servers. */
export function stopProcess(pid: number): Promise<void>;
