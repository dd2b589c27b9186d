import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIam } from '#embedded/iam/index.ts';
import { loadStack } from '#embedded/stack/index.ts';
import { takeDeadLetters } from '#test/support/e2e/saga.ts';
import { type FaultyCloud, openFaultyCloud, stackFile } from '#test/support/faulty-cloud.ts';
import { type ScenarioName, scenarios, scenariosFor } from '#test/support/permission-scenarios.ts';

/** Nothing here asks for these: X-Ray and log delivery are AWS's own doing. A static list, so that nothing else hides in it. */
const notAskedForLocally: ReadonlySet<string> = new Set([
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]);

// Read once more outside the running cloud, since the tests' names are needed before it starts.
const permissions = createIam(loadStack(stackFile))
  .policies()
  .filter(({ action }) => !notAskedForLocally.has(action));

let target: FaultyCloud;
beforeAll(async () => {
  target = await openFaultyCloud();
}, 60_000);
afterAll(() => target.close());

async function failed(names: readonly ScenarioName[]): Promise<boolean> {
  for (const name of names) {
    try {
      await scenarios[name](target);
    } catch {
      return true;
    }
  }
  return false;
}

describe('permissions', () => {
  it.each(Object.keys(scenarios) as ScenarioName[])('given all permissions, when %s, then it works', async (name) => {
    await scenarios[name](target);
  });

  it.each(permissions)(
    'given $policy without $action (statement $statement), when the service is used, then something fails',
    async (permission) => {
      const undo = target.cloud.iam.without(permission);
      let somethingFailed: boolean;
      try {
        somethingFailed = await failed(scenariosFor(permission.policy, permission.action));
      } finally {
        undo();
        await settle();
      }
      expect(somethingFailed).toBe(true);
    },
  );

  it.each(Object.keys(scenarios) as ScenarioName[])(
    'given all permissions back, when %s, then it works again',
    async (name) => {
      await scenarios[name](target);
    },
  );

  it('given everything above, when looked at together, then no permission is unused', () => {
    const unused = target.cloud.iam.unused().filter(({ action }) => !notAskedForLocally.has(action));
    expect(unused).toEqual([]);
  });
});

/** What a denied scenario left half-done must not meet the next one. */
async function settle(): Promise<void> {
  await target.cloud.stepFunctions.idle();
  await takeDeadLetters(target);
}
