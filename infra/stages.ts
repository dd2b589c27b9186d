import type { StageConfig, StageName } from './stage-config.ts';

const developmentStage = {
  faults: true,
  demoRoutes: true,
  logExecutionData: true,
  alarms: { enabled: true, notify: false },
  payments: 'ledger',
  deletionProtection: false,
  corsOrigins: ['*'],
  // Where the airline's front-end is while it is developed.
  signIn: { passwordFlows: true, returnUrls: ['http://localhost:8080/'] },
} as const;

/** What each stage is before the environment has its say. */
export const stages: Readonly<Record<StageName, Omit<StageConfig, 'region'>>> = {
  local: {
    ...developmentStage,
    // A run that wants failing cancels says so (`cancelFailureRate`), so that run types end the same way every time.
    cancelFailureRate: 0,
    stage: 'local',
    logLevel: 'INFO',
    logRetentionDays: 1,
    pointInTimeRecovery: false,
    throttling: { requestsPerSecond: 10_000, burst: 5_000 },
    // Tests make them by the thousand.
    chargesPerMinute: 100_000,
    retry: { intervalSeconds: 1, maxDelaySeconds: 1 },
    redrive: { delaySeconds: 1 },
    reconcile: { everyMinutes: 1 },
    seatAudit: { everyMinutes: 1 },
  },
  dev: {
    ...developmentStage,
    // As in the seed example.
    cancelFailureRate: 0.4,
    stage: 'dev',
    logLevel: 'DEBUG',
    logRetentionDays: 14,
    pointInTimeRecovery: false,
    throttling: {
      requestsPerSecond: 50,
      burst: 100,
      routes: {
        // Anybody who finds the host may call it, and each call costs a saga.
        demo: { requestsPerSecond: 1, burst: 5 },
        charges: { requestsPerSecond: 5, burst: 10 },
        methodNotAllowed: { requestsPerSecond: 10, burst: 20 },
      },
    },
    chargesPerMinute: 10,
    redrive: { delaySeconds: 30 },
    reconcile: { everyMinutes: 5 },
    seatAudit: { everyMinutes: 60 },
  },
  prod: {
    stage: 'prod',
    faults: false,
    demoRoutes: false,
    logLevel: 'INFO',
    logRetentionDays: 365,
    logExecutionData: false,
    alarms: { enabled: true, notify: true },
    // The default must not be the ledger, which takes no money.
    payments: 'stripe',
    deletionProtection: true,
    pointInTimeRecovery: true,
    throttling: {
      requestsPerSecond: 500,
      burst: 1_000,
      routes: {
        charges: { requestsPerSecond: 5, burst: 10 },
        // Browsers' preflights come here; they are kept for ten minutes.
        methodNotAllowed: { requestsPerSecond: 50, burst: 100 },
      },
    },
    chargesPerMinute: 10,
    corsOrigins: [],
    signIn: { passwordFlows: false, returnUrls: [] },
    redrive: { delaySeconds: 60 },
    reconcile: { everyMinutes: 5 },
    seatAudit: { everyMinutes: 60 },
  },
};
