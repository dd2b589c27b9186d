import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** Holds functions until the test lets them go on; in a function's code, `await pass(gate)` from `passing`. */
export interface Gate {
  /** For the function's event. */
  readonly until: string;
  open(): void;
  /** Resolves once so many functions have come to it. */
  begun(count?: number): Promise<void>;
  remove(): void;
}

export function aGate(): Gate {
  const until = join(tmpdir(), `gate-${randomUUID()}`);
  return {
    until,
    open: () => writeFileSync(until, ''),
    async begun(count = 1) {
      while (!existsSync(`${until}.begun`) || statSync(`${until}.begun`).size < count) await setImmediate();
    },
    remove() {
      for (const file of [until, `${until}.begun`]) rmSync(file, { force: true });
    },
  };
}

export const passing = `
  import { appendFileSync, existsSync } from 'node:fs';
  const pass = async (gate) => {
    appendFileSync(gate + '.begun', '.');
    while (!existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
`;
