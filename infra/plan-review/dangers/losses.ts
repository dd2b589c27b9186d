import { definitionsOf } from '../machine/definitions.ts';
import { graphOf } from '../machine/graph.ts';
import type { Change, Reading } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import { type DangerRule, goneWords, isGone } from './danger.ts';

const held: Readonly<Record<string, string>> = {
  aws_dynamodb_table: 'every booking, flight and charge in it is lost',
  aws_sqs_queue: 'messages that wait in it are lost',
  aws_cognito_user_pool: 'every customer loses the account',
  aws_sns_topic: 'subscribers from outside of this stack lose their subscription',
  aws_sfn_state_machine: 'runs under way are stopped without being undone, and their histories are lost',
  aws_cloudwatch_log_group: 'its log lines are lost',
  aws_apigatewayv2_api: 'its address changes, and clients of the old one fail',
  aws_cognito_user_pool_domain: 'sign-in pages under the old address fail',
};

export const lostData: DangerRule = {
  name: 'data-lost',
  about: 'destroys or replaces what holds data or what clients know by its address',
  judge: (change) => {
    const lost = held[change.type];
    return isGone(change) && lost !== undefined ? [`${capital(wordsFor(change))} ${goneWords(change)}: ${lost}.`] : [];
  },
};

/** A saga under way goes on by the definition that it was started with, and calls the versions that this one names. */
export const calledFunction: DangerRule = {
  name: 'function-in-use',
  about:
    "destroys or replaces a function that the state machine's definition names with its version, or ends its versions",
  judge: (change, reading) => {
    if (change.type !== 'aws_lambda_function' && change.type !== 'aws_lambda_alias') return [];
    if (!isNamedByMachine(change, reading)) return [];
    if (endsVersions(change)) {
      return [
        `${capital(wordsFor(change))} publishes no versions any more, and the state machine calls it: sagas under way get new code in the middle.`,
      ];
    }
    if (!isGone(change)) return [];
    return [
      `${capital(wordsFor(change))} ${goneWords(change)}, and the state machine calls it: sagas under way fail at that step.`,
    ];
  },
};

const publishes = (values: Change['before']): boolean => values?.publish === true;

const endsVersions = ({ before, after }: Change): boolean =>
  after !== undefined && publishes(before) && !publishes(after);

/**
 * A function that no state calls any more may still be called: by a run that an older definition started, which names one of
 * its versions. All of them go with it.
 */
export const oldVersions: DangerRule = {
  name: 'old-versions-gone',
  about: 'destroys or replaces a function with published versions that no state calls any more',
  judge: (change, reading) => {
    if (change.type !== 'aws_lambda_function' || !isGone(change) || !publishes(change.before)) return [];
    if (isNamedByMachine(change, reading)) return [];
    return [
      `${capital(wordsFor(change))} ${goneWords(change)} with all its versions: runs that began before the release that removed its state may still call them.`,
    ];
  },
};

function isNamedByMachine({ before, address }: Change, { changes }: Reading): boolean {
  const names = [
    before?.arn,
    before?.qualified_arn,
    before?.function_name && `:function:${before.function_name}`,
    `${address}.`,
  ];
  return changes.some(({ type, before: machine }) => {
    const definition = type === 'aws_sfn_state_machine' ? machine?.definition : undefined;
    if (typeof definition !== 'string') return false;
    return names.some((name) => typeof name === 'string' && name !== '' && containsName(definition, name));
  });
}

/** Not where the name goes on: `…:function:cancel` is not `…:function:cancel-booking`. */
function containsName(text: string, name: string): boolean {
  const parts = text.split(name);
  return name.endsWith('.') ? parts.length > 1 : parts.slice(1).some((part) => !/^[A-Za-z0-9_-]/.test(part));
}

export const removedState: DangerRule = {
  name: 'state-removed',
  about: 'removes a state from the state machine, or hides its definition',
  judge: (change, reading) => {
    const { before, after } = definitionsOf(change, reading);
    if (change.before === undefined || change.after === undefined || before === undefined || before === after)
      return [];
    const [old, fresh] = [graphOf(before), graphOf(after ?? '')];
    if (old === undefined || fresh === undefined) {
      return ['The definition of the state machine cannot be read, so whether states are removed is not known.'];
    }
    return [...old.states.keys()]
      .filter((name) => !fresh.states.has(name))
      .map(
        (name) =>
          `The state "${name}" is removed: runs under way finish by the old definition, but a redrive of one that stopped there starts with the new one.`,
      );
  },
};
