import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStack } from '#embedded/index.ts';
import { createIam, type Decision } from '#embedded/testing.ts';
import { takeDeadLetters } from '#test/support/e2e/saga.ts';
import { openFaultyCloud, stackFile } from '#test/support/faulty-cloud.ts';
import { isFullLoad } from '#test/support/load.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { endWaitsAtRefusals } from '#test/support/permission-checks.ts';
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

const target = openSuite(openFaultyCloud);
/** The granted requests of the service while everything worked. */
const granted: Decision[] = [];

const names = Object.keys(scenarios) as ScenarioName[];

describe('permissions', () => {
  let stop: () => void;
  beforeAll(() => {
    stop = target.cloud.iam.onDecision((decision) => {
      if (decision.granted) granted.push(decision);
    });
  });
  afterAll(() => stop());

  it.each(names)('given all permissions, when %s, then it works', async (name) => {
    await scenarios[name](target);
  });

  it('given everything above, when looked at together, then no permission is unused', () => {
    const unused = target.cloud.iam.unused().filter(({ action }) => !notAskedForLocally.has(action));
    expect(unused).toEqual([]);
  });

  it.each(permissions)(
    'given $policy without $action (statement $statement), when the same is asked for again, then something is refused',
    (permission) => {
      const undo = target.cloud.iam.without(permission);
      const isRefused = ({ again }: Decision): boolean => {
        try {
          again();
          return false;
        } catch {
          return true;
        }
      };
      const refused = granted.some(isRefused);
      undo();
      expect(refused).toBe(true);
    },
  );
});

async function failed(tried: readonly ScenarioName[]): Promise<boolean> {
  const stop = endWaitsAtRefusals(target.cloud.iam);
  try {
    for (const name of tried) await scenarios[name](target);
    return false;
  } catch {
    return true;
  } finally {
    stop();
  }
}

/** The leftovers of a denied scenario must not disturb the next one. */
async function settle(): Promise<void> {
  await target.cloud.stepFunctions.idle();
  await takeDeadLetters(target);
}

// A refusal is not only made but noticed: a minute.
if (isFullLoad) {
  describe('the service with a permission less', () => {
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

    it.each(names)('given all permissions back, when %s, then it works again', async (name) => {
      await scenarios[name](target);
    });
  });
}
