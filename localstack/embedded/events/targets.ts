import { parsedJson } from '../json.ts';
import { addressOf, checkRange, naming } from '../resource.ts';
import type { StackResource } from '../types.ts';
import { messageOf } from '../values.ts';
import type { EventBridgeEvent } from './event.ts';
import { compileTargetInput, describeTargetInput, type RuleContext } from './target-input.ts';

export interface Taken {
  /** Resolves when the first try of the function has ended. */
  readonly ended: Promise<void>;
}

/** How events leave. Both may throw; an `AwsError` that says "not allowed" or "not there" is not tried again. */
export interface TargetPorts {
  sendToQueue(
    queueArn: string,
    body: string,
    sourceArn: string,
    attributes?: Record<string, { DataType: string; StringValue: string }>,
  ): Promise<void>;
  /** Resolves when the function has taken the event; whether it then fails is its own affair, as with AWS's asynchronous call. */
  invokeFunction(functionArn: string, payload: unknown, sourceArn: string): Promise<Taken>;
}

export interface Target {
  /** Its own among those of the rule. */
  readonly id: string;
  /** As ListTargetsByRule answers it. */
  readonly description: Readonly<Record<string, unknown>>;
  /**
   * Never rejects: what cannot be delivered goes to the dead-letter queue or is lost with a warning. Calls `done` when one of the three
   * has happened, which it has not where the bus closes first, and resolves when a function has run, too.
   */
  deliver(event: EventBridgeEvent, receivedAt: number, done: () => void): Promise<void>;
}

export interface TargetOptions {
  readonly ports: TargetPorts;
  readonly warn: (message: string) => void;
  /** Milliseconds before the first retry; doubled for each further one. AWS goes on for a day. */
  readonly retryDelayMs: number;
  readonly closing: AbortSignal;
  /** Rejects when the bus closes. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

const attempts = 4;

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retries: number;
}

/** What a letter says of an error; https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
const letterCodes: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|NotAuthorized|AuthorizationError/, 'NO_PERMISSIONS'],
  [/NotFound|DoesNotExist/, 'NO_RESOURCE'],
  [/TooManyRequests|Throttl|OverLimit/, 'THROTTLING'],
  [/Invalid|Validation/, 'INVALID_PARAMETER'],
];

/** AWS does not retry these either. */
const hopeless = ['NO_PERMISSIONS', 'NO_RESOURCE'];

export function createTarget(resource: StackResource, rule: RuleContext, options: TargetOptions): Target {
  const { arn, target_id: id = resource.name, role_arn: roleArn } = resource.attributes;
  const label = addressOf(resource);
  const { ports, warn, retryDelayMs, closing, pause } = options;
  const send = sender(String(arn), rule, ports, label);
  const input = naming(resource, () => compileTargetInput(resource, rule));
  const { dead_letter_config: deadLetterConfig, retry_policy: policy } = resource.attributes;
  checkRetryPolicy(label, policy ?? {});
  const deadLetters: string | undefined = deadLetterConfig?.arn;
  const tries = Math.min(attempts, (policy?.maximum_retry_attempts ?? attempts) + 1);

  async function attempt(body: string): Promise<Taken | Failure> {
    for (let retries = 0; ; retries++) {
      try {
        return await send(body);
      } catch (error) {
        const code = letterCodeOf(error);
        if (hopeless.includes(code) || retries + 1 >= tries) return { code, message: messageOf(error), retries };
      }
      await pause(retryDelayMs * 2 ** retries);
    }
  }

  async function bury(body: string, { code, message, retries }: Failure): Promise<void> {
    warn(`${label}: no delivery to ${arn}: ${message}${deadLetters ? '' : '; the event is lost'}`);
    if (!deadLetters) return;
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const attributes = {
      RULE_ARN: text(rule.ruleArn),
      TARGET_ARN: text(String(arn)),
      ERROR_CODE: text(code),
      ERROR_MESSAGE: text(message || '-'),
      ...(!hopeless.includes(code) && {
        EXHAUSTED_RETRY_CONDITION: text('MaximumRetryAttempts'),
        RETRY_ATTEMPTS: text(String(retries)),
      }),
    };
    await ports.sendToQueue(deadLetters, body, rule.ruleArn, attributes);
  }

  return {
    id,
    description: {
      Id: id,
      Arn: arn,
      ...(roleArn && { RoleArn: roleArn }),
      ...describeTargetInput(resource),
      ...(deadLetters && { DeadLetterConfig: { Arn: deadLetters } }),
      ...(policy && {
        RetryPolicy: {
          MaximumEventAgeInSeconds: policy.maximum_event_age_in_seconds,
          MaximumRetryAttempts: policy.maximum_retry_attempts,
        },
      }),
    },
    async deliver(event, receivedAt, done) {
      try {
        const body = input(event, receivedAt);
        const outcome = await attempt(body);
        if ('code' in outcome) {
          if (closing.aborted) return;
          await bury(body, outcome);
        }
        done();
        if ('ended' in outcome) await outcome.ended;
      } catch (error) {
        if (closing.aborted) return;
        warn(`${label}: event ${event.id} is lost: ${messageOf(error)}`);
        done();
      }
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
const retryRanges = { maximum_retry_attempts: [0, 185], maximum_event_age_in_seconds: [60, 86_400] } as const;

function checkRetryPolicy(label: string, policy: Readonly<Record<string, unknown>>): void {
  for (const [member, range] of Object.entries(retryRanges)) {
    checkRange(`${label}.retry_policy.${member}`, policy[member] ?? range[1], range);
  }
}

function sender(
  arn: string,
  { ruleArn }: RuleContext,
  ports: TargetPorts,
  label: string,
): (body: string) => Promise<Taken> {
  const service = arn.split(':')[2];
  if (service === 'sqs') {
    return async (body) => {
      await ports.sendToQueue(arn, body, ruleArn);
      return { ended: Promise.resolve() };
    };
  }
  if (service === 'lambda') {
    // A template may give plain text, which a function gets as a string.
    return (body) => ports.invokeFunction(arn, parsedJson(body) ?? body, ruleArn);
  }
  throw new Error(`${label}: targets are queues and functions, not ${arn}`);
}

function letterCodeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const own = String(code ?? name);
  return letterCodes.find(([pattern]) => pattern.test(own))?.[1] ?? 'INTERNAL_ERROR';
}
