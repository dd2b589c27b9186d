/** How a Choice decides, for the tests that the saga's machine uses. https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */

export interface ChoiceTest {
  readonly Variable?: string;
  readonly IsPresent?: boolean;
  readonly IsString?: boolean;
  readonly StringEquals?: string;
  readonly StringEqualsPath?: string;
  readonly BooleanEquals?: boolean;
  readonly And?: readonly ChoiceTest[];
  readonly Or?: readonly ChoiceTest[];
  readonly Not?: ChoiceTest;
}

/** What paths refer to: `$.trip_id` to the state, `$$.Execution.Name` to the context. */
export interface ChoiceData {
  readonly state: unknown;
  readonly context: unknown;
}

/** @throws Error for a test that is not known here: it would be decided wrongly in silence */
export function holds(test: ChoiceTest, data: ChoiceData): boolean {
  if (test.And !== undefined) return test.And.every((inner) => holds(inner, data));
  if (test.Or !== undefined) return test.Or.some((inner) => holds(inner, data));
  if (test.Not !== undefined) return !holds(test.Not, data);
  const value = valueAt(test.Variable ?? '', data);
  if (test.IsPresent !== undefined) return (value !== undefined) === test.IsPresent;
  if (test.IsString !== undefined) return (typeof value === 'string') === test.IsString;
  if (test.StringEquals !== undefined) return value === test.StringEquals;
  if (test.StringEqualsPath !== undefined) return value === valueAt(test.StringEqualsPath, data);
  if (test.BooleanEquals !== undefined) return value === test.BooleanEquals;
  throw new Error(`This test of a Choice is not known here: ${JSON.stringify(test)}`);
}

/** Undefined where there is nothing at the path. */
function valueAt(path: string, { state, context }: ChoiceData): unknown {
  const [root, names] = path.startsWith('$$.') ? [context, path.slice(3)] : [state, path.slice(2)];
  if (!/^\$?\$\.[\w.]+$/.test(path)) throw new Error(`This path of a Choice is not known here: ${path}`);
  return names
    .split('.')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], root);
}
