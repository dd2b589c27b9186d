import { AwsError, type AwsService, OUTSIDE } from '#embedded/types.ts';

export type Input = Readonly<Record<string, unknown>>;

/** The last is what no template and no `String()` makes a text of. */
const junk: readonly unknown[] = [
  ...[null, 'x', '', 1, -1, 1.5, true, [], {}, [null], ['x'], [[]], [1], { x: null }, { x: 'x' }, [{}]],
  { toString: 'x', valueOf: 'x' },
];

/** The value with junk in the place of each of its values, one at a time, and in its own. */
export function* spoilt(value: unknown): Generator<unknown> {
  yield* junk;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    for (const other of spoilt(inner)) {
      yield Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other };
    }
  }
}

/** The input with junk in the place of each of its members' values, one at a time. */
export function* spoiltInputs(input: Input): Generator<Input> {
  for (const [name, value] of Object.entries(input))
    for (const other of spoilt(value)) yield { ...input, [name]: other };
}

/**
 * The same with the junk of another type alone, of members of the input itself. Null is as good as absent, and an empty text of a query's
 * form is an empty structure.
 */
export function* mistypedInputs(input: Input): Generator<Input> {
  for (const [name, value] of Object.entries(input)) {
    const skipped = typeof value === 'object' ? [null, ''] : [null];
    for (const other of junk) {
      if (!skipped.includes(other as string | null) && typeOf(other) !== typeOf(value))
        yield { ...input, [name]: other };
    }
  }
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** What the service does with a request: the code of its error, a fault of its own in words, or `taken`. */
export async function outcomeOf(service: AwsService, operation: string, input: Input): Promise<string> {
  try {
    await service.call(operation, input, OUTSIDE);
    return 'taken';
  } catch (error) {
    return error instanceof AwsError && error.statusCode < 500 ? error.code : `fault: ${error}`;
  }
}
