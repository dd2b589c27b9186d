import { beforeAll, it } from '@jest/globals';

type Body = () => Promise<void>;

/**
 * Declares tests whose bodies run at the same time, so many at once: for those that mostly wait, each with things of its own.
 * They are begun before the first test of the describe block, and each test tells how its own body ended.
 */
export function itSideBySide(
  bodies: Readonly<Record<string, Body>>,
  { atOnce, timeout = 120_000 }: { readonly atOnce: number; readonly timeout?: number },
): void {
  const outcomes = new Map<string, Promise<void>>();
  beforeAll(() => {
    const waiting = Object.entries(bodies).map(([name, body]) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // Told by its own test.
      promise.catch(() => undefined);
      outcomes.set(name, promise);
      return () => body().then(resolve, reject);
    });
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
    };
    for (let index = 0; index < atOnce; index += 1) void work();
  });
  it.each(Object.keys(bodies))(
    '%s',
    async (name) => {
      await outcomes.get(name);
    },
    timeout,
  );
}
