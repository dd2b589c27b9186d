/** One call of a port: `port.method`, with what the test wants to know of that moment. */
export interface Recorded {
  readonly call: string;
  readonly arguments: readonly unknown[];
}

type Port = { [method: string]: unknown };

/** The port itself, with every call noted in order before it is made, and those of `failing` refused. */
export function recorded<T extends object>(
  name: string,
  port: T,
  calls: Recorded[],
  failing: Readonly<Record<string, Error>> = {},
): T {
  const noted = Object.entries(port as Port).map(([method, value]) => {
    if (typeof value !== 'function') return [method, value];
    const call = `${name}.${method}`;
    return [
      method,
      async (...given: unknown[]) => {
        calls.push({ call, arguments: given });
        const error = failing[call];
        if (error !== undefined) throw error;
        return value.apply(port, given);
      },
    ];
  });
  return Object.fromEntries(noted) as T;
}

export const callsOf = (calls: readonly Recorded[]): string[] => calls.map(({ call }) => call);
