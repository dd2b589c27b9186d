import type { RequestListener } from 'node:http';
import type { LocalRoutes } from './endpoint/local-routes.ts';
import type { Events } from './events/index.ts';
import type { Iam } from './iam/index.ts';
import type { Issuer } from './issuer/index.ts';
import type { Isolation, LambdaService } from './lambda/index.ts';
import type { Logs } from './logs/index.ts';
import type { Observer } from './observer.ts';
import type { Ports } from './ports.ts';
import type { StepFunctions } from './stepfunctions/index.ts';
import type { Swap, SwapRequest } from './swap.ts';
import type { AwsService, Closable, Stack } from './types.ts';

export interface CloudOptions {
  /** The synthesized `cdk.tf.json`. */
  readonly stackFile: string;
  /** Interface that both ports are opened on; this machine alone (127.0.0.1 and ::1) by default. */
  readonly host?: string | undefined;
  /** Port of the HTTP API; 0 takes any free one. */
  readonly port: number;
  /** Port of the AWS endpoint; 0 takes any free one. */
  readonly awsPort: number;
  /** What writes the stack file; named where the file is missing or broken. */
  readonly synthesizeCommand?: string | undefined;
  /** Keeps the private key of the local token issuer for other processes; without it the key lives as long as the cloud. */
  readonly keyFile?: string | undefined;
  /** Where unpacked functions are cached; a folder of the user's own below the system's temporary folder by default. */
  readonly tempFolder?: string | undefined;
  /** Pages of the project's own below `/_local/` of the AWS endpoint. */
  readonly pages?: LocalPages | undefined;
  /** Address of the project's own page, which `/` of the AWS endpoint names and the command's `--open` opens; undefined where this cloud has none. */
  readonly page?: ((cloud: Cloud) => string | undefined) | undefined;
  /** Folder that keeps what the services have: tables, messages, executions with their histories; memory without. */
  readonly dataFolder?: string | undefined;
  /** Multiplies the delays of a state machine's Retry, neither Wait nor time-outs. */
  readonly retryScale?: number | undefined;
  /**
   * Where functions run: all in one or two worker threads (`shared`, the default), or each environment in a thread of its own with its function's
   * memory limit (`function`).
   */
  readonly isolation?: Isolation | undefined;
  /** How functions' own calls of AWS come here: by message (`port`, the default), or through sockets as on AWS (`http`). */
  readonly awsCalls?: 'port' | 'http' | undefined;
  /** Whether the stream tells of each call of a service, with what it used (`callMade`); not by default. */
  readonly meter?: boolean | undefined;
  /** Whether scheduled rules fire by themselves. */
  readonly schedules?: boolean;
  /** Milliseconds after which a failed queue message is handed out again, instead of its queue's visibility time-out. */
  readonly queueRetryDelayMs?: number | undefined;
  /** How long a write transaction of DynamoDB is under way, in milliseconds of the scheduler; a turn of the event loop by default. */
  readonly transactionMs?: number | undefined;
  /** Time, randomness and waiting of machines, rules, retries and expiry; the system's by default. Functions run in real time. */
  readonly ports?: Ports;
  /** Told of deliveries that were lost and pollers that stand still; standard error by default. */
  readonly warn?: (message: string) => void;
}

/** Makes the pages once the stack is loaded; the HTTP API listens by the time that one is asked for. */
export type LocalPages = (cloud: {
  readonly stack: Stack;
  readonly issuer: Issuer | undefined;
  readonly apiUrl: () => string;
}) => LocalRoutes;

/** The running local cloud; tests reach into its parts, other code uses its two URLs. */
export interface Cloud extends Closable {
  /** Of the HTTP API; empty for a stack without one. */
  readonly apiUrl: string;
  readonly awsUrl: string;
  /** In the place of the user pool that the stack's JWT authorizer trusts; undefined for a stack without one. */
  readonly issuer: Issuer | undefined;
  readonly stack: Stack;
  readonly iam: Iam;
  readonly lambda: LambdaService;
  readonly stepFunctions: StepFunctions;
  readonly events: Events;
  readonly logs: Logs;
  readonly dynamodb: AwsService;
  readonly sqs: AwsService;
  /** Calls the listener with what happens from now on, or after the observation of that id. @returns what ends it */
  readonly observe: Observer['subscribe'];
  /** Takes what changed in the stack file and in the functions' zips, without a restart. Runs and invocations under way go on. */
  swap(request?: SwapRequest): Promise<Swap>;
  /**
   * Serves a path of the HTTP API's port, `/_console` say, and all below it by this listener, before the API's routes: for pages of the
   * project's own. Has no effect for a stack without an HTTP API. What the listener holds open has to be ended before the cloud closes.
   */
  mount(path: string, listener: RequestListener): void;
}
