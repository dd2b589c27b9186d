import { page } from '../page.ts';

type Input = Readonly<Record<string, unknown>>;

const code = 'InvalidParameterValueException';

/** One page in Lambda's form of answer. A higher limit than 50 is taken, and a page has 50 all the same. */
export async function paged<T>(
  member: string,
  all: readonly T[],
  input: Input,
  describe: (item: T) => unknown,
  longest = 50,
): Promise<Record<string, unknown>> {
  const paging = { limit: 'MaxItems', token: 'Marker', most: 10_000, preset: longest, longest, code };
  const { items, next } = page(all, input, paging);
  return { [member]: await Promise.all(items.map(describe)), ...(next && { NextMarker: next }) };
}
