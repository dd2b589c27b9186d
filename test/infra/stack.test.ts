import { describe, expect, it } from '@jest/globals';
import type { SagaFunctionDefinition } from '#infra/functions/definition.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { indexes } from '#schema/table.ts';
import { local, prod } from './support/local-and-prod.ts';
import type { Json, Synthesized } from './support/synthesized.ts';

describe('state machine', () => {
  it('is a standard workflow that logs and traces', () => {
    expect(local.resource('aws_sfn_state_machine')).toMatchObject({
      name: 'booking-saga-local-process-booking',
      type: 'STANDARD',
      logging_configuration: { level: 'ALL', include_execution_data: true },
      tracing_configuration: { enabled: true },
    });
    expect(prod.resource('aws_sfn_state_machine').logging_configuration.include_execution_data).toBe(false);
  });

  it('invokes every step function, none other, and has no placeholder left', () => {
    const { definition } = local.resource('aws_sfn_state_machine');
    const invoked = new Set(
      [...definition.matchAll(/\$\{aws_lambda_function\.(\w+)\.arn\}:/g)].map(([, name]: string[]) =>
        local.resources('aws_lambda_function')[name as string].function_name.replace('booking-saga-local-', ''),
      ),
    );

    expect([...invoked].sort()).toEqual(
      (sagaFunctions as readonly SagaFunctionDefinition[])
        .filter(({ role, retired }) => role === 'step' && !retired)
        .map(({ name }) => name)
        .sort(),
    );
    expect(definition.match(/.{0,20}\{\{.{0,20}/)).toBeNull();
    expect(() => JSON.parse(definition)).not.toThrow();
  });

  it('gives every task more time than its function takes at most', () => {
    const { States } = JSON.parse(local.resource('aws_sfn_state_machine').definition);
    const functions = local.resources('aws_lambda_function');
    const tasks = (Object.values(States) as Json[]).filter(({ Resource = '' }) => Resource.startsWith('${aws_lambda'));

    expect(tasks.length).toBeGreaterThan(0);
    for (const { Resource, TimeoutSeconds } of tasks) {
      const [, name = ''] = /aws_lambda_function\.(\w+)\.arn/.exec(Resource) ?? [];
      expect(TimeoutSeconds).toBeGreaterThan(functions[name].timeout);
    }
  });

  it('retries within a second locally, and as the ASL says elsewhere', () => {
    const delaysOf = (stack: Synthesized): Set<unknown> => {
      const { States } = JSON.parse(stack.resource('aws_sfn_state_machine').definition);
      const retriers = (Object.values(States) as Json[]).flatMap(({ Retry = [] }) => Retry);
      return new Set(
        retriers.filter(({ MaxAttempts }: Json) => MaxAttempts !== 0).map((each: Json) => each.MaxDelaySeconds),
      );
    };

    expect(delaysOf(local)).toEqual(new Set([1]));
    expect(delaysOf(prod)).not.toEqual(new Set([1]));
  });
});

describe('table', () => {
  it('has the keys, indexes, expiry and encryption of the schema', () => {
    const table = local.resource('aws_dynamodb_table');

    expect(table).toMatchObject({
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      range_key: 'sk',
      ttl: { attribute_name: 'expiresAt', enabled: true },
      server_side_encryption: { enabled: true },
    });
    expect(table.global_secondary_index.map(({ name }: Json) => name).sort()).toEqual(
      Object.values(indexes)
        .map(({ name }) => name)
        .sort(),
    );
    const used = table.global_secondary_index.flatMap(({ hash_key, range_key }: Json) => [hash_key, range_key]);
    // AWS refuses a table that declares an attribute which no key uses.
    expect(table.attribute.map(({ name }: Json) => name).sort()).toEqual([...new Set(['pk', 'sk', ...used])].sort());
    const schedule = table.global_secondary_index.find(({ name }: Json) => name === 'ByDepartureSchedule');
    expect(schedule.non_key_attributes).toContain('seatCapacity');
    expect(schedule.non_key_attributes).not.toContain('seatHolds');
  });

  it('projects less than the 100 attributes that AWS allows, and none that is a key already', () => {
    for (const index of local.resource('aws_dynamodb_table').global_secondary_index) {
      const projected: string[] = index.non_key_attributes ?? [];
      expect(projected.length).toBeLessThanOrEqual(20);
      expect(projected).not.toEqual(expect.arrayContaining([index.hash_key]));
      expect(projected).not.toEqual(expect.arrayContaining([index.range_key]));
    }
  });
});

describe('outputs and parameters', () => {
  it('name what clients look up', () => {
    expect(Object.keys(local.json.output).sort()).toEqual([
      'api_url',
      'booking_topic_arn',
      'dead_letter_queue_url',
      'issuer',
      'redrive_queue_url',
      'state_machine_arn',
      'table_name',
      'user_pool_client_id',
      'user_pool_id',
    ]);
    expect(
      prod.resource('aws_ssm_parameter', { name: '/prod/service/booking/statemachine/processBooking' }).value,
    ).toBe(`\${${prod.reference('aws_sfn_state_machine')}.arn}`);
    expect(local.resource('aws_ssm_parameter', { name: '/local/service/booking/messaging/bookingTopic' }).value).toBe(
      `\${${local.reference('aws_sns_topic')}.arn}`,
    );
  });
});
