import type { Events } from './events/index.ts';
import type { Iam } from './iam/index.ts';
import type { LambdaService } from './lambda/index.ts';
import type { Logs } from './logs/index.ts';
import type { StepFunctions } from './stepfunctions/index.ts';
import type { AwsService, Closable, Stack } from './types.ts';

export interface CloudOptions {
  /** The synthesized `cdk.tf.json`. */
  readonly stackFile: string;
  /** Port of the HTTP API; 0 takes any free one. */
  readonly port: number;
  /** Port of the AWS endpoint; 0 takes any free one. */
  readonly awsPort: number;
  /** Folder that keeps the table, the messages of the stack's queues and the executions' names; memory without. */
  readonly dataFolder?: string | undefined;
  /** Multiplies the state machine's retry delays. */
  readonly retryScale?: number | undefined;
  /** Whether scheduled rules fire by themselves. */
  readonly schedules?: boolean;
  /** Milliseconds after which a failed queue message is handed out again, instead of its queue's visibility time-out. */
  readonly queueRetryDelayMs?: number | undefined;
  /** Copies the functions' logs to stderr. */
  readonly echoLogs?: boolean;
  /** Told of deliveries that were lost and pollers that stand still; standard error by default. */
  readonly warn?: (message: string) => void;
}

/** The running local cloud; tests reach into its parts, everybody else uses its two URLs. */
export interface Cloud extends Closable {
  readonly apiUrl: string;
  readonly awsUrl: string;
  /** Where GraphiQL is, on stages that have it. */
  readonly graphiqlUrl: string | undefined;
  readonly stack: Stack;
  readonly iam: Iam;
  readonly lambda: LambdaService;
  readonly stepFunctions: StepFunctions;
  readonly events: Events;
  readonly logs: Logs;
  readonly dynamodb: AwsService;
  readonly sqs: AwsService;
}
