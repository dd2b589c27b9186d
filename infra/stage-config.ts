import type { TargetProfile } from './target-profile.ts';

export const stageNames = ['local', 'dev', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

export const paymentProviders = ['ledger', 'stripe'] as const;

/** A bucket of `burst` tokens, which `requestsPerSecond` fill again. */
export interface Rate {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

export interface StageConfig {
  readonly stage: StageName;
  readonly region: string;
  /** Fault injection: run types that fail on purpose, and cancels that fail at random. */
  readonly faults: boolean;
  /** Probability of a failing cancel where a run does not say; only with `faults`. */
  readonly cancelFailureRate?: number;
  /** The catch-all route that books without a customer. */
  readonly demoRoutes: boolean;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  /** One of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
  /** Whether the state machine's log holds the states' inputs and outputs, which name customers. */
  readonly logExecutionData: boolean;
  readonly alarms: {
    readonly enabled: boolean;
    /** Alarms tell a topic of their own. */
    readonly notify: boolean;
    /** Gets what that topic is told, once its owner has confirmed to SNS. */
    readonly email?: string;
    /** Where `docs/runbook.md` is served. */
    readonly runbookUrl?: string;
  };
  /** Who takes the money: the ledger in the table, which moves none, or Stripe. */
  readonly payments: (typeof paymentProviders)[number];
  /** Instead of Stripe's own address: for tests and local runs. */
  readonly stripeApiBase?: string;
  /** Gets every message of the booking topic, once its owner has confirmed to SNS. */
  readonly notificationEmail?: string;
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
  /** Of every route, each for itself. */
  readonly throttling: Rate & {
    /** Of routes that anybody may call without a token, or that move money. */
    readonly routes?: Readonly<Partial<Record<'demo' | 'charges' | 'methodNotAllowed', Rate>>>;
  };
  /** Of one customer: each asks the bank about a card. */
  readonly chargesPerMinute: number;
  /** Origins that browsers may call from; none means no CORS at all. */
  readonly corsOrigins: readonly string[];
  readonly signIn: {
    /** Sign-in by a request that carries the password itself, for tests and scripts. */
    readonly passwordFlows: boolean;
    /** Pages of front-ends that Cognito's hosted sign-in may lead back to; none means no hosted sign-in. */
    readonly returnUrls: readonly string[];
    /** Begins the host name of the hosted sign-in; made from stage and account by default. */
    readonly domainPrefix?: string;
  };
  /** Bounds put on every `Retry` of the ASL; AWS admits whole seconds from 1. */
  readonly retry?: { readonly intervalSeconds?: number; readonly maxDelaySeconds?: number };
  readonly redrive: {
    /** Delay of the first try after an ended execution; it grows with every further one. */ readonly delaySeconds: number;
  };
  readonly reconcile: {
    readonly everyMinutes: number;
    /** Age from which an unfinished booking counts as stuck; the machine's own time limit plus a margin by default. */
    readonly ageSeconds?: number;
  };
  /** How often seat holds are audited, a round or a part of one at a time. */
  readonly seatAudit: { readonly everyMinutes: number };
  /**
   * Concurrent invocations kept for each background function, so that the API's cannot starve them; none by default: an account
   * has to have so many, and Lambda keeps 100 unreserved.
   */
  readonly reservedConcurrency?: number;
  /** The one account that Terraform may change; by default the one that the credentials belong to. */
  readonly accountId?: string;
  /** The verified identity of SES that sign-up mails are sent with; Cognito's own mailer, some 50 a day, by default. */
  readonly mail?: { readonly identityArn: string; readonly from: string };
  /** Where Terraform keeps its state; a file beside the stack by default. */
  readonly stateBucket?: { readonly bucket: string; readonly key: string; readonly region: string };
  /** An emulator to deploy to; AWS itself without. */
  readonly target?: TargetProfile;
}
