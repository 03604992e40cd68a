/** Runs and seed of the oracles: `ORACLE_RUNS`, `ORACLE_SEED`. A failure prints its seed; the same seed fails again. */
export const ORACLE_SEED = Number(process.env['ORACLE_SEED'] ?? 20_260_101);
export const oracleRuns = (usual: number): number => Math.max(1, Math.round(usual * Number(process.env['ORACLE_RUNS'] ?? 1)));
