/** Makes a thing for each name the first time that it is asked for, and keeps those that were asked for last. */
export function createKept<Thing>(
  most: number,
  make: (name: string) => Promise<Thing>,
  dispose: (thing: Thing) => Promise<void>,
): (name: string) => Promise<Thing> {
  const things = new Map<string, Thing>();
  return async (name) => {
    const thing = things.get(name) ?? (await make(name));
    things.delete(name);
    things.set(name, thing);
    const [oldest] = things;
    if (things.size > most && oldest !== undefined) {
      things.delete(oldest[0]);
      await dispose(oldest[1]);
    }
    return thing;
  };
}
