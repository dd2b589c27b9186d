import { blockOf, type JsonObject } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

/** What starts functions: without them a booking that stopped half-way stays so, or a message is not delivered. */
const starters: ReadonlySet<string> = new Set([
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_event_target',
  'aws_lambda_event_source_mapping',
  'aws_sns_topic_subscription',
]);

/** Where each type says which queue takes what fails: the attribute, and whether a queue stands there. */
const deadLetterQueues: Readonly<Record<string, readonly [attribute: string, isSet: (values: JsonObject) => boolean]>> =
  {
    aws_sqs_queue: ['redrive_policy', ({ redrive_policy }) => Boolean(redrive_policy)],
    aws_sns_topic_subscription: ['redrive_policy', ({ redrive_policy }) => Boolean(redrive_policy)],
    aws_cloudwatch_event_target: ['dead_letter_config', ({ dead_letter_config }) => isBlock(dead_letter_config)],
    aws_lambda_function: ['dead_letter_config', ({ dead_letter_config }) => isBlock(dead_letter_config)],
    aws_lambda_function_event_invoke_config: [
      'destination_config',
      ({ destination_config }) => isBlock(blockOf(destination_config)?.on_failure),
    ],
  };

const isBlock = (value: JsonObject[string]): boolean => blockOf(value) !== undefined;

/** What keeps a booking or a message from being lost when a run ends half-way or a call fails. */
export const removedSafetyNet: DangerRule = {
  name: 'safety-net-off',
  about:
    'disables or removes a rule, a subscription, what gives messages to a function, or a dead-letter queue of one of these',
  judge: (change) => {
    const subject = capital(wordsFor(change));
    const what = 'what it starts does not happen any more';
    if (starters.has(change.type)) {
      if (change.action === 'delete') return [`${subject} is destroyed: ${what}.`];
      if (goesOff(change)) return [`${subject} is disabled: ${what}.`];
    }
    return losesDeadLetters(change) ? [`${subject} loses its dead-letter queue: what fails there is lost.`] : [];
  },
};

const goesOff = ({ before, after }: Change): boolean =>
  before !== undefined && after !== undefined && !isOff(before) && isOff(after);

const isOff = ({ state, is_enabled, enabled }: JsonObject): boolean =>
  state === 'DISABLED' || is_enabled === false || enabled === false;

function losesDeadLetters({ type, before, after, unknown }: Change): boolean {
  const [attribute, isSet] = deadLetterQueues[type] ?? [];
  if (attribute === undefined || isSet === undefined || before === undefined || !isSet(before)) return false;
  // Of the settings of asynchronous calls the queue is all that matters, so they go together.
  if (after === undefined) return type === 'aws_lambda_function_event_invoke_config';
  return !isSet(after) && unknown[attribute] === undefined;
}
