import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePolicies } from '#infra/plan-review/iam/compare.ts';

const textOf = (statements: readonly object[]): string => JSON.stringify({ Statement: statements });

it('a policy that is judged the same or narrower allows no request that it did not allow before', () => {
  const text = fc.constantFrom('a', 'ab', 'b', 'a*', '*', '?', 'b*');
  const list = fc.oneof(text, fc.uniqueArray(text, { minLength: 1, maxLength: 2 }));
  const values = fc.oneof(fc.constantFrom('1', '2'), fc.constant(['1', '2']));
  const condition = fc.dictionary(
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike'),
    fc.dictionary(fc.constantFrom('k', 'l'), values, { minKeys: 1 }),
    { maxKeys: 2 },
  );
  const statement = fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      action: fc.record({ name: fc.constantFrom('Action', 'NotAction'), list }),
      resource: fc.record({ name: fc.constantFrom('Resource', 'NotResource'), list }),
      Condition: fc.option(condition, { nil: undefined }),
    })
    .map(({ Effect, action, resource, Condition }) => ({
      Effect,
      [action.name]: action.list,
      [resource.name]: resource.list,
      ...(Condition && { Condition }),
    }));
  const statements = fc.array(statement, { minLength: 1, maxLength: 2 });
  const requests = ['a', 'ab', 'b', 'c'].flatMap((action) =>
    ['a', 'b', 'cc'].flatMap((resource) =>
      ['1', '2', '3'].flatMap((k) => ['1', '3'].map((l) => ({ action, resource, keys: { k, l } }))),
    ),
  );
  let judged = 0;
  fc.assert(
    fc.property(statements, statements, (before, after) => {
      const result = comparePolicies(textOf(before), textOf(after)).verdict;
      if (result !== 'same' && result !== 'narrower') return;
      judged += 1;
      for (const request of requests) {
        if (allows(after, request)) expect(allows(before, request)).toBe(true);
      }
    }),
    { numRuns: 3_000, seed: 15 },
  );
  expect(judged).toBeGreaterThan(100);
});

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** How IAM decides, in the plainest words. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
function allows(statements: readonly Record<string, unknown>[], request: Request): boolean {
  const all = (value: unknown): string[] =>
    [value]
      .flat()
      .filter((each) => each !== undefined)
      .map(String);
  const fits = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
  const matches = (statement: Record<string, unknown>, name: string, text: string) => {
    const [named, excluded] = [all(statement[name]), all(statement[`Not${name}`])];
    return named.length > 0 ? named.some((one) => fits(one, text)) : !excluded.some((one) => fits(one, text));
  };
  const holds = (statement: Record<string, unknown>) =>
    Object.entries((statement.Condition ?? {}) as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => {
        const has = all(values).includes(request.keys[key] ?? '');
        return operator === 'StringNotEquals' ? !has : has;
      }),
    );
  const applying = statements.filter(
    (statement) =>
      matches(statement, 'Action', request.action) &&
      matches(statement, 'Resource', request.resource) &&
      holds(statement),
  );
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}
