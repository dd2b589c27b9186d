import {
  CloudwatchEventRule,
  CloudwatchEventTarget,
  Construct,
  LambdaFunctionEventInvokeConfig,
  LambdaPermission,
} from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { SagaFunction } from './saga-function.ts';

/** Neither EventBridge nor Lambda admits less. */
const leastEventAgeSeconds = 60;
/** The longest that Lambda keeps an event. */
const greatestEventAgeSeconds = 6 * 60 * 60;

/** Where what a schedule could not bring about is kept. */
export interface ScheduleDeadLetters {
  /** Events that EventBridge could not hand over. */
  readonly undeliveredEvents: DeadLetterQueue;
  /** Invocations that Lambda took and that failed. */
  readonly failedInvocations: DeadLetterQueue;
}

export interface ScheduledFunctionProps extends ScheduleDeadLetters {
  readonly config: StageConfig;
  /** Of the rule, within the stage. */
  readonly name: string;
  readonly description: string;
  readonly everyMinutes: number;
  readonly scheduled: SagaFunction;
}

/**
 * A function with a clock. What it finds it finds again at its next run, so a run that failed is not repeated: a second
 * one beside the next would only do the same work twice. It is kept as a letter, and an alarm tells of it.
 */
export class ScheduledFunction extends Construct {
  /** Of the rule, without the stage's prefix. */
  readonly shortName: string;
  readonly ruleName: string;
  readonly scheduled: SagaFunction;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { config, name, description, everyMinutes, scheduled, undeliveredEvents, failedInvocations } = props;
    const rule = new CloudwatchEventRule(this, 'Schedule', {
      name: physicalName(config, name),
      description,
      scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? 'minute' : 'minutes'})`,
    });
    this.shortName = name;
    this.ruleName = rule.name;
    this.scheduled = scheduled;
    const permission = new LambdaPermission(this, 'Permission', {
      statementId: 'schedule',
      action: 'lambda:InvokeFunction',
      functionName: scheduled.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
    const eventAge = Math.min(greatestEventAgeSeconds, Math.max(leastEventAgeSeconds, everyMinutes * 60));
    undeliveredEvents.admit('events.amazonaws.com', rule.arn);
    new CloudwatchEventTarget(this, 'Target', {
      rule: rule.name,
      arn: scheduled.arn,
      deadLetterConfig: { arn: undeliveredEvents.arn },
      retryPolicy: { maximumEventAgeInSeconds: eventAge, maximumRetryAttempts: 185 },
      dependsOn: [permission],
    });

    scheduled.role.allow({ actions: ['sqs:SendMessage'], resources: [failedInvocations.arn] });
    new LambdaFunctionEventInvokeConfig(this, 'Invocations', {
      functionName: scheduled.functionName,
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: eventAge,
      destinationConfig: { onFailure: { destination: failedInvocations.arn } },
      // Lambda looks into the role when the destination is set.
      dependsOn: [scheduled.role.policy],
    });
  }
}
