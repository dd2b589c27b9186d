import type { Json } from '#test/infra/support/synthesized.ts';
import { named, pick } from './pick.ts';

export interface HarmlessChange {
  readonly name: string;
  readonly make: (config: Json) => void;
}

/** Changes the policy of a role that may update items. */
const ofPolicy =
  (change: (policy: Json) => void) =>
  ({ resource }: Json): void => {
    const holder = pick(resource, 'aws_iam_role_policy', named('dynamodb:UpdateItem'));
    const policy = JSON.parse(holder.policy);
    change(policy);
    holder.policy = JSON.stringify(policy);
  };

const ofDefinition =
  (change: (definition: Json) => void) =>
  ({ resource }: Json): void => {
    const machine = pick(resource, 'aws_sfn_state_machine');
    const definition = JSON.parse(machine.definition);
    change(definition);
    machine.definition = JSON.stringify(definition);
  };

const reversed = (value: Json): Json => Object.fromEntries(Object.entries(value).reverse());

/** Changes that look like dangers and are none. */
export const harmlessChanges: readonly HarmlessChange[] = [
  {
    name: 'one more tag on everything',
    make: ({ provider }) => {
      provider.aws[0].default_tags = [{ tags: { CostCenter: 'travel' } }];
    },
  },
  {
    name: 'another description of an alarm',
    make: ({ resource }) => {
      pick(resource, 'aws_cloudwatch_metric_alarm').alarm_description = 'in other words';
    },
  },
  {
    name: 'another description of a rule',
    make: ({ resource }) => {
      pick(resource, 'aws_cloudwatch_event_rule').description = 'in other words';
    },
  },
  {
    name: 'statements in another order',
    make: ofPolicy((policy) => {
      policy.Statement.reverse();
    }),
  },
  {
    name: 'properties of statements in another order',
    make: ofPolicy((policy) => {
      policy.Statement = policy.Statement.map(reversed);
    }),
  },
  {
    name: 'single actions and resources as lists, with a name',
    make: ofPolicy((policy) => {
      policy.Statement = policy.Statement.map((statement: Json, index: number) => ({
        ...statement,
        Sid: `Statement${index}`,
        Action: [statement.Action].flat().reverse(),
        Resource: [statement.Resource].flat().reverse(),
      }));
    }),
  },
  {
    name: 'a statement for each action',
    make: ofPolicy((policy) => {
      policy.Statement = policy.Statement.flatMap((statement: Json) =>
        [statement.Action].flat().map((Action: string) => ({ ...statement, Action })),
      );
    }),
  },
  {
    name: 'one more condition',
    make: ofPolicy((policy) => {
      policy.Statement[0].Condition = { ...policy.Statement[0].Condition, Bool: { 'aws:SecureTransport': 'true' } };
    }),
  },
  {
    name: 'one more denial',
    make: ofPolicy((policy) => {
      policy.Statement.push({ Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' });
    }),
  },
  {
    name: 'a log that is kept for longer',
    make: ({ resource }) => {
      pick(resource, 'aws_cloudwatch_log_group').retention_in_days = 3653;
    },
  },
  {
    name: 'messages that are kept for longer',
    make: ({ resource }) => {
      pick(
        resource,
        'aws_sqs_queue',
        ({ message_retention_seconds }) => message_retention_seconds < 1_209_600,
      ).message_retention_seconds = 1_209_600;
    },
  },
  {
    name: 'an alarm more, which rings early',
    make: ({ resource }) => {
      const alarms = resource.aws_cloudwatch_metric_alarm;
      alarms.New_00000000 = { ...pick(resource, 'aws_cloudwatch_metric_alarm'), alarm_name: 'booking-saga-prod-new' };
    },
  },
  {
    name: 'a route more that needs a token',
    make: ({ resource }) => {
      const route = pick(resource, 'aws_apigatewayv2_route', ({ authorization_type }) => authorization_type === 'JWT');
      resource.aws_apigatewayv2_route.New_00000000 = { ...route, route_key: 'GET /bookings/{id}/invoice' };
    },
  },
  {
    name: 'more memory and one more setting for a function',
    make: ({ resource }) => {
      const step = pick(resource, 'aws_lambda_function', named('-reserve-hotel'));
      step.memory_size = 1_024;
      step.environment.variables.GREETING = 'hello';
    },
  },
  {
    name: 'new code of a function',
    make: ({ resource }) => {
      pick(resource, 'aws_lambda_function', named('-confirm-hotel')).source_code_hash = 'x'.repeat(43).concat('=');
    },
  },
  {
    name: 'properties of the definition in another order',
    make: ofDefinition((definition) => {
      definition.States = reversed(definition.States);
    }),
  },
  {
    name: 'a state more, and other words in a comment',
    make: ofDefinition((definition) => {
      definition.States.Pause = { Type: 'Pass', Next: definition.States.ReserveHotel.Next };
      definition.States.ReserveHotel.Next = 'Pause';
      definition.States.ReserveHotel.Comment = 'in other words';
    }),
  },
  {
    name: 'a queue more',
    make: ({ resource }) => {
      resource.aws_sqs_queue.New_00000000 = { name: 'booking-saga-prod-new', sqs_managed_sse_enabled: true };
    },
  },
];
