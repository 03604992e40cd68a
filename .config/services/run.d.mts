/** Types of run.mjs for the tests, which are the only TypeScript that reads it. */
export interface ServiceAnswer {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly started?: boolean;
  readonly reason?: string;
}
export function loadServices(): Promise<Map<string, { readonly name: string; readonly env: string }>>;
export function readState(): Record<string, { readonly env: Readonly<Record<string, string>> }>;
export function up(names?: readonly string[], print?: (line: string) => void): Promise<ServiceAnswer[]>;
export function down(names?: readonly string[]): Promise<string[]>;
export function refresh(): Promise<void>;
