import { at, type Json } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { changedSecret } from '../reading/mask.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

type Path = readonly (string | number)[];

/** What the other rules look at, by type of resource; policies are told by `policy-wider`, the definition by `state-removed`. */
const judged: Readonly<Record<string, readonly Path[]>> = {
  aws_dynamodb_table: [
    ['deletion_protection_enabled'],
    ['point_in_time_recovery', 0, 'enabled'],
    ['server_side_encryption', 0, 'enabled'],
    ['ttl', 0, 'enabled'],
  ],
  aws_cognito_user_pool: [['deletion_protection']],
  aws_sqs_queue: [['sqs_managed_sse_enabled'], ['message_retention_seconds'], ['redrive_policy']],
  aws_sns_topic: [['kms_master_key_id']],
  aws_cloudwatch_log_group: [['retention_in_days']],
  aws_cloudwatch_metric_alarm: [['threshold'], ['alarm_actions', 0], ['actions_enabled']],
  aws_cloudwatch_event_rule: [['state']],
  aws_lambda_event_source_mapping: [['enabled']],
  aws_lambda_function: [['environment', 0, 'variables', 'CANCEL_FAILURE_RATE'], ['publish']],
  aws_apigatewayv2_route: [['authorization_type'], ['route_key']],
  aws_apigatewayv2_authorizer: [['jwt_configuration', 0, 'audience', 0]],
};

/** Without it, a mark on a block would turn every danger in it silent. */
export const hiddenSetting: DangerRule = {
  name: 'secret-hides',
  about: 'changes a setting that these rules judge and that the plan marks as secret',
  judge: (change) =>
    (judged[change.type] ?? [])
      .filter((path) => hides(change, path))
      .map(
        (path) =>
          `${capital(wordsFor(change))} changes ${path.filter((step) => typeof step === 'string').join('.')} or what it is in, and the plan marks it as secret: look at it yourself.`,
      ),
};

/** Whether the value at the path, or one that it is in, is another secret than before. */
function hides({ after }: Change, path: Path): boolean {
  return path.some((_, index) => valueAt(after, path.slice(0, index + 1)) === changedSecret);
}

const valueAt = (value: Json | undefined, path: Path): Json | undefined => at(value, path);
