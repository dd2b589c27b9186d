import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { dangerRules } from '#infra/plan-review/dangers/rules.ts';
import { readStacks } from '#infra/plan-review/reading/read-stacks.ts';
import { textReport } from '#infra/plan-review/report/text.ts';
import { type Review, reviewOf } from '#infra/plan-review/review.ts';
import { harmlessChanges } from '#test/terraform/plan-review/harmless.ts';
import { planableStack } from '#test/terraform/plan-review/planned.ts';
import { plantedDangers } from '#test/terraform/plan-review/planted.ts';
import type { Json } from './support/synthesized.ts';

const { config } = planableStack();
const before = JSON.stringify(config);

function changed(change: (config: Json) => void): string {
  const copy = structuredClone(config);
  change(copy);
  return JSON.stringify(copy);
}

const allowAll = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] });

const reviewed = (change: (config: Json) => void): Review => reviewOf(readStacks(before, changed(change)));
const rulesOf = ({ dangers }: Review): string[] => [...new Set(dangers.map(({ rule }) => rule))].sort();

describe('the difference of two synthesized stacks', () => {
  it.each(plantedDangers.map((danger) => [danger.name, danger] as const))('flags %s, and nothing else', (_, danger) => {
    expect(rulesOf(reviewed(({ resource }) => danger.plant(resource)))).toEqual([danger.rule]);
  });

  it('flags each of them beside all the others', () => {
    const review = reviewed(({ resource }) => {
      for (const { plant } of plantedDangers) plant(resource);
    });
    expect(rulesOf(review)).toEqual([...new Set(plantedDangers.map(({ rule }) => rule))].sort());
  });

  it.each(harmlessChanges.map(({ name, make }) => [name, make] as const))('flags nothing for %s', (_, make) => {
    expect(reviewed(make).dangers).toEqual([]);
  });

  it('says nothing about one more tag, and counts a policy that is spelled in another way', () => {
    const [tag, ...others] = harmlessChanges;
    expect(reviewed((whole) => tag?.make(whole))).toMatchObject({
      dangers: [],
      groups: [],
      policies: [],
      machine: undefined,
    });
    const split = others.find(({ name }) => name === 'a statement for each action');
    const review = reviewed((whole) => split?.make(whole));
    expect(review).toMatchObject({ groups: [], policies: [] });
    expect(textReport(review)).toContain('Only: 1 spell');
  });

  it('says nothing about new code but its count', () => {
    const review = reviewed(({ resource }) => {
      for (const each of Object.values<Json>(resource.aws_lambda_function)) each.source_code_hash = 'other';
    });
    expect(review).toMatchObject({ dangers: [], groups: [] });
    expect(textReport(review)).toMatch(/^Only: \d+ get new code\.$/m);
  });

  it('flags what belongs to the whole stack when all of it is destroyed', () => {
    const rules = rulesOf(reviewOf(readStacks(before, JSON.stringify({ resource: {} }))));
    expect(rules).toEqual(['alarm-removed', 'data-lost', 'function-in-use', 'safety-net-off']);
  });

  it('flags a retired function whose versions an older definition may name, and only counts it once it has none', () => {
    const retire = (values: Json) =>
      changed(({ resource }) => {
        resource.aws_lambda_function.Visa_00000000 = { function_name: 'booking-saga-prod-reserve-visa', ...values };
      });
    const review = (values: Json): Review => reviewOf(readStacks(retire(values), before));

    expect(review({ publish: true }).dangers).toEqual([
      expect.objectContaining({
        rule: 'old-versions-gone',
        sentence: expect.stringMatching(
          /^The function reserve-visa is destroyed with all its versions: runs that began before/,
        ),
      }),
    ]);
    expect(rulesOf(review({}))).toEqual([]);
  });

  it('flags a removed state beside its function, each for itself', () => {
    const review = reviewed(({ resource }) => {
      const [machine] = Object.values<Json>(resource.aws_sfn_state_machine);
      const definition = JSON.parse(machine.definition);
      delete definition.States.ConfirmRental;
      definition.States.ConfirmFlight.Next = 'ConfirmBooking';
      machine.definition = JSON.stringify(definition);
      const [id] = Object.entries<Json>(resource.aws_lambda_function).find(([, { function_name: name }]) =>
        name.endsWith('-confirm-rental'),
      ) ?? [''];
      delete resource.aws_lambda_function[id];
    });

    expect(rulesOf(review)).toEqual(['function-in-use', 'state-removed']);
  });

  it('plants a danger for every rule but those of other tokens, of retired functions and of secrets', () => {
    const planted = new Set(plantedDangers.map(({ rule }) => rule));
    expect(dangerRules.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([
      'old-versions-gone',
      'authorizer-changed',
      'secret-hides',
    ]);
  });

  it.each([
    ['aws_sqs_queue', { message_retention_seconds: 1_209_600 }, {}, 'keeps a message for 4 days instead of 14 days'],
    ['aws_sqs_queue', {}, { message_retention_seconds: 1_209_600 }, undefined],
    ['aws_cloudwatch_log_group', {}, { retention_in_days: 400 }, 'is kept for 400 days instead of ever'],
    [
      'aws_dynamodb_table',
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 1 }] },
      'can be restored to a moment of the last 1 day instead of 35 days',
    ],
    ['aws_dynamodb_table', {}, { ttl: { enabled: true, attribute_name: 'pk' } }, 'deletes items at the time in'],
    [
      'aws_lambda_function_url',
      { authorization_type: 'AWS_IAM' },
      { authorization_type: 'NONE' },
      'needs no signature',
    ],
    ['aws_iam_role', { permissions_boundary: 'arn:b' }, {}, 'is no longer bounded by arn:b'],
    ['aws_iam_role', {}, { managed_policy_arns: ['arn:m'] }, 'gets the managed policy arn:m'],
    ['aws_cloudwatch_metric_alarm', { treat_missing_data: 'breaching' }, {}, 'does not ring any more where nothing'],
    ['aws_s3_bucket_policy', { policy: '{}' }, { policy: allowAll }, 'More is allowed in aws_s3_bucket_policy.R'],
  ])(
    'judges what the service has not yet, or as AWS does where nothing stands: %s %j → %j',
    (type, old, fresh, said) => {
      const file = (values: object) => JSON.stringify({ resource: { [type]: { R: values } } });
      const { dangers } = reviewOf(readStacks(file(old), file(fresh)));
      expect(dangers.map(({ sentence }) => sentence)).toEqual(
        said === undefined ? [] : [expect.stringContaining(said)],
      );
    },
  );

  it('flags an authorizer that accepts other tokens', () => {
    const review = reviewed(({ resource }) => {
      const [authorizer] = Object.values<Json>(resource.aws_apigatewayv2_authorizer);
      authorizer.jwt_configuration.audience = ['another client'];
    });
    expect(rulesOf(review)).toEqual(['authorizer-changed']);
  });
});

describe('npm run plan:review', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-review-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [old, fresh] = [
    file('old.json', before),
    file(
      'new.json',
      changed(({ resource }) => plantedDangers.at(-1)?.plant(resource)),
    ),
  ];

  const planReview = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        ['infra/plan-review/main.ts', ...args],
        { cwd: projectRoot },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });

  it('ends with 0, 2 or 3: nothing dangerous, something that was not accepted, nothing to read', async () => {
    const [same, dangerous, accepted, unreadable, missing] = await Promise.all([
      planReview('--stack', old, old),
      planReview('--stack', old, fresh),
      planReview('--stack', old, fresh, '--accept', 'safety-net-off', '--accept', 'data-lost'),
      planReview(file('none.json', '{"format_version":"9.0"}')),
      planReview(join(folder, 'missing.json')),
    ]);

    expect([same, dangerous, accepted, unreadable, missing].map(({ code }) => code)).toEqual([0, 2, 0, 3, 3]);
    expect(dangerous.stdout).toContain('is disabled: what it starts does not happen any more.');
    expect(accepted.stdout).toContain('Accepted (1)');
    expect(accepted.stderr).toContain('nothing in this plan is accepted by --accept data-lost');
    expect(unreadable.stderr).toContain('only 1.x is understood');
  });

  it('draws what changes in the state machine, and nothing where it stays as it is', async () => {
    const other = file(
      'other-machine.json',
      changed(({ resource }) => {
        const [machine] = Object.values<Json>(resource.aws_sfn_state_machine);
        const definition = JSON.parse(machine.definition);
        definition.States.ReserveHotel.TimeoutSeconds = 14;
        machine.definition = JSON.stringify(definition);
      }),
    );
    const [drawn, none] = [join(folder, 'machine.svg'), join(folder, 'none.svg')];

    const [changing, same] = await Promise.all([
      planReview('--stack', old, other, '--svg', drawn),
      planReview('--stack', old, old, '--svg', none),
    ]);

    expect(changing.stdout).toContain('~ state "ReserveHotel"');
    expect(readFileSync(drawn, 'utf8')).toMatch(/^<svg .*\n<title>.*States: 0 added, 0 removed, 1 changed\./);
    expect(same.stderr).toContain('none.svg is not written');
    expect(existsSync(none)).toBe(false);
  });

  it('writes Markdown and SARIF', async () => {
    const [markdown, sarif] = await Promise.all(
      ['markdown', 'sarif'].map((format) => planReview('--stack', old, fresh, '--format', format)),
    );

    expect(markdown?.stdout).toMatch(/^### ⚠️ 1 dangerous/);
    expect(JSON.parse(sarif?.stdout ?? '')).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'safety-net-off', level: 'error' }] }],
    });
  });
});
