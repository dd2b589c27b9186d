import type { Json } from '#test/infra/support/synthesized.ts';
import { named, pick } from './pick.ts';

export interface PlantedDanger {
  readonly name: string;
  /** The rule that has to flag it. */
  readonly rule: string;
  readonly plant: (resources: Json) => void;
}

/** Changes that someone could make without seeing what they do. */
export const plantedDangers: readonly PlantedDanger[] = [
  {
    name: 'a table of another name',
    rule: 'data-lost',
    plant: (resources) => {
      pick(resources, 'aws_dynamodb_table').name += '-2';
    },
  },
  {
    name: 'a queue of another name',
    rule: 'data-lost',
    plant: (resources) => {
      pick(resources, 'aws_sqs_queue', named('-redrive')).name += '-2';
    },
  },
  {
    name: 'a user pool of other usernames',
    rule: 'data-lost',
    plant: (resources) => {
      pick(resources, 'aws_cognito_user_pool').username_attributes = ['phone_number'];
    },
  },
  {
    name: 'a step of another name',
    rule: 'function-in-use',
    plant: (resources) => {
      pick(resources, 'aws_lambda_function', named('-reserve-hotel')).function_name += '-2';
    },
  },
  {
    name: 'a step that publishes no versions',
    rule: 'function-in-use',
    plant: (resources) => {
      pick(resources, 'aws_lambda_function', named('-confirm-rental')).publish = false;
    },
  },
  {
    name: 'a policy with one more action',
    rule: 'policy-wider',
    plant: (resources) => {
      const holder = pick(resources, 'aws_iam_role_policy', named('dynamodb:UpdateItem'));
      const policy = JSON.parse(holder.policy);
      policy.Statement.push({ Effect: 'Allow', Action: 'dynamodb:DeleteTable', Resource: '*' });
      holder.policy = JSON.stringify(policy);
    },
  },
  {
    name: 'a route without its authorizer',
    rule: 'route-opened',
    plant: (resources) => {
      const route = pick(resources, 'aws_apigatewayv2_route', ({ authorization_type }) => authorization_type === 'JWT');
      delete route.authorization_type;
      delete route.authorizer_id;
      delete route.authorization_scopes;
    },
  },
  {
    name: 'a log that is kept for less time',
    rule: 'retention-shorter',
    plant: (resources) => {
      pick(resources, 'aws_cloudwatch_log_group').retention_in_days = 1;
    },
  },
  {
    name: 'faults on purpose',
    rule: 'faults-on',
    plant: (resources) => {
      pick(resources, 'aws_lambda_function', named('-take-payment')).environment.variables.CANCEL_FAILURE_RATE = '0';
    },
  },
  {
    name: 'the demo route',
    rule: 'demo-route-on',
    plant: (resources) => {
      const { api_id, target } = pick(resources, 'aws_apigatewayv2_route');
      resources.aws_apigatewayv2_route.Demo_00000000 = { api_id, target, route_key: '$default' };
    },
  },
  {
    name: 'an alarm less',
    rule: 'alarm-removed',
    plant: (resources) => {
      const alarms = resources.aws_cloudwatch_metric_alarm;
      delete alarms[Object.keys(alarms)[0] ?? ''];
    },
  },
  {
    name: 'no protection from deletion',
    rule: 'deletion-protection-off',
    plant: (resources) => {
      pick(resources, 'aws_dynamodb_table').deletion_protection_enabled = false;
    },
  },
  {
    name: 'no backups',
    rule: 'backups-off',
    plant: (resources) => {
      pick(resources, 'aws_dynamodb_table').point_in_time_recovery = { enabled: false };
    },
  },
  {
    name: 'no encryption',
    rule: 'encryption-off',
    plant: (resources) => {
      pick(resources, 'aws_sqs_queue', named('-dead-letters')).sqs_managed_sse_enabled = false;
    },
  },
  {
    name: 'a state less',
    rule: 'state-removed',
    plant: (resources) => {
      const machine = pick(resources, 'aws_sfn_state_machine');
      const definition = JSON.parse(machine.definition);
      delete definition.States.RejectInput;
      machine.definition = JSON.stringify(definition).replaceAll('"RejectInput"', '"CompensationIncomplete"');
    },
  },
  {
    name: 'a managed policy on a role',
    rule: 'policy-attached',
    plant: (resources) => {
      resources.aws_iam_role_policy_attachment = {
        Admin_00000000: {
          role: pick(resources, 'aws_iam_role').name,
          policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        },
      };
    },
  },
  {
    name: 'a policy that excludes less',
    rule: 'policy-wider',
    plant: (resources) => {
      const holder = pick(resources, 'aws_iam_role_policy', named('sns:Publish'));
      const policy = JSON.parse(holder.policy);
      policy.Statement.push({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' });
      holder.policy = JSON.stringify(policy);
    },
  },
  {
    name: 'a queue policy without its condition',
    rule: 'policy-wider',
    plant: (resources) => {
      const holder = pick(resources, 'aws_sqs_queue_policy', named('Condition'));
      const policy = JSON.parse(holder.policy);
      for (const statement of policy.Statement) delete statement.Condition;
      holder.policy = JSON.stringify(policy);
    },
  },
  {
    name: 'messages that are kept for less time',
    rule: 'retention-shorter',
    plant: (resources) => {
      pick(resources, 'aws_sqs_queue', named('-dead-letters')).message_retention_seconds = 86_400;
    },
  },
  {
    name: 'a rule without its target',
    rule: 'safety-net-off',
    plant: (resources) => {
      const targets = resources.aws_cloudwatch_event_target;
      delete targets[Object.keys(targets)[0] ?? ''];
    },
  },
  {
    name: 'a subscription without dead letters',
    rule: 'safety-net-off',
    plant: (resources) => {
      delete pick(resources, 'aws_sns_topic_subscription', named('redrive_policy')).redrive_policy;
    },
  },
  {
    name: 'an alarm that rings late',
    rule: 'alarm-removed',
    plant: (resources) => {
      pick(resources, 'aws_cloudwatch_metric_alarm').evaluation_periods = 50;
    },
  },
  {
    name: 'a rule that is disabled',
    rule: 'safety-net-off',
    plant: (resources) => {
      pick(resources, 'aws_cloudwatch_event_rule').state = 'DISABLED';
    },
  },
];
