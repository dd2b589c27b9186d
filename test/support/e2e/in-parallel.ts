/** Runs `work` for each of the values, so many at a time. */
export async function inParallel<Value, Result>(
  values: readonly Value[],
  concurrency: number,
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = values.entries();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const [index, value] of queue) results[index] = await work(value);
    }),
  );
  return results;
}
