import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** What a process prints, on both of its streams. */
export interface Printed {
  text(): string;
  /** Waits for it behind the first `from` characters. Rejects with all that was printed if the process ends before. */
  waitFor(pattern: RegExp, from?: number): Promise<RegExpExecArray>;
}

export function printedBy(child: ChildProcessWithoutNullStreams): Printed {
  let printed = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  return {
    text: () => printed,
    waitFor: (pattern, from = 0) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(printed.slice(from));
          if (found !== null) resolve(found);
        };
        listeners.add(look);
        child.once('exit', () => reject(new Error(`The local cloud ended:\n${printed}`)));
        look();
      }),
  };
}
