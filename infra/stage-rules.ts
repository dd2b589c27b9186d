import type { StageConfig } from './stage-config.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionPeriodsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const maxQueueDelaySeconds = 900;
/** Event source mappings call two at once; with fewer, Lambda would throttle them and messages would age. */
const minReserved = 2;
const maxReserved = 100;

type Rule = readonly [holds: (config: StageConfig) => boolean, problem: string];

const rules: readonly Rule[] = [
  [({ region }) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region), 'region must be an AWS region, for instance eu-west-1'],
  [
    ({ logRetentionDays }) => retentionPeriodsDays.includes(logRetentionDays),
    `logRetentionDays must be one of ${retentionPeriodsDays.join(', ')}`,
  ],
  [
    ({ faults, cancelFailureRate }) => faults || cancelFailureRate === undefined,
    'cancelFailureRate needs faults to be on',
  ],
  [
    ({ cancelFailureRate = 0 }) => cancelFailureRate >= 0 && cancelFailureRate <= 1,
    'cancelFailureRate must be a probability, 0 to 1',
  ],
  [({ alarms }) => alarms.enabled || !alarms.notify, 'alarms.notify needs alarms.enabled'],
  [
    ({ retry = {} }) => [retry.intervalSeconds, retry.maxDelaySeconds].every((n) => n === undefined || isCount(n)),
    'retry seconds must be whole numbers from 1: Step Functions admits no less',
  ],
  [
    ({ throttling }) =>
      [throttling, ...Object.values(throttling.routes ?? {})].every(
        ({ requestsPerSecond, burst }) => isCount(requestsPerSecond) && isCount(burst),
      ),
    'throttling must be whole numbers from 1',
  ],
  [
    ({ throttling }) =>
      Object.values(throttling.routes ?? {}).every(
        ({ requestsPerSecond, burst }) =>
          requestsPerSecond <= throttling.requestsPerSecond && burst <= throttling.burst,
      ),
    'throttling.routes must be no more than throttling itself: they are for routes that need less',
  ],
  [
    ({ reservedConcurrency: reserved = minReserved }) =>
      isCount(reserved) && reserved >= minReserved && reserved <= maxReserved,
    `RESERVED_CONCURRENCY must be a whole number from ${minReserved}, which each queue's consumer needs, to ${maxReserved}`,
  ],
  [({ chargesPerMinute }) => isCount(chargesPerMinute), 'chargesPerMinute must be a whole number from 1'],
  [
    ({ redrive }) => isCount(redrive.delaySeconds) && redrive.delaySeconds <= maxQueueDelaySeconds,
    `redrive.delaySeconds must be a whole number from 1 to ${maxQueueDelaySeconds}, the longest delay of SQS`,
  ],
  [({ reconcile }) => isCount(reconcile.everyMinutes), 'reconcile.everyMinutes must be a whole number from 1'],
  [({ seatAudit }) => isCount(seatAudit.everyMinutes), 'seatAudit.everyMinutes must be a whole number from 1'],
  [
    ({ corsOrigins }) => corsOrigins.every((origin) => origin === '*' || /^https?:\/\/[^/*]+$/.test(origin)),
    'corsOrigins must be "*" or origins such as https://example.com',
  ],
  [
    ({ signIn }) =>
      signIn.returnUrls.every((url) => /^(https:\/\/[^/*#]+|http:\/\/localhost(:\d+)?)(\/[^*#]*)?$/.test(url)),
    'signIn.returnUrls must be pages such as https://example.com/signed-in, or of http://localhost: Cognito admits no other',
  ],
  [
    ({ signIn: { domainPrefix } }) =>
      domainPrefix === undefined ||
      (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(domainPrefix) && !/aws|amazon|cognito/.test(domainPrefix)),
    'signIn.domainPrefix must be 1 to 63 of a-z, 0-9 and inner hyphens, without the words aws, amazon and cognito',
  ],
  [
    ({ notificationEmail }) => notificationEmail === undefined || isAddress(notificationEmail),
    'NOTIFICATION_EMAIL must be one address such as bookings@example.com',
  ],
  [
    ({ alarms: { email } }) => email === undefined || isAddress(email),
    'ALARM_EMAIL must be one address such as on-call@example.com',
  ],
  [
    ({ alarms: { runbookUrl } }) => runbookUrl === undefined || /^https?:\/\/[^\s#]{1,600}$/.test(runbookUrl),
    'RUNBOOK_URL must be the address of a page, without #, such as https://example.com/runbook.html',
  ],
  [
    ({ accountId }) => accountId === undefined || /^\d{12}$/.test(accountId),
    'AWS_ACCOUNT_ID must be the 12 digits of the account that the stage is deployed to',
  ],
  [
    ({ mail }) => mail === undefined || sesIdentity.test(mail.identityArn),
    'SES_IDENTITY_ARN must be the ARN of a verified identity of SES, such as arn:aws:ses:eu-west-1:123456789012:identity/example.com',
  ],
  [
    ({ mail, accountId }) =>
      !mail || !accountId || (sesIdentity.exec(mail.identityArn)?.[1] ?? accountId) === accountId,
    'SES_IDENTITY_ARN must be of the account AWS_ACCOUNT_ID: Cognito sends with no identity of another one',
  ],
  [
    ({ mail }) => mail === undefined || (isAddress(mail.from) && isOfIdentity(mail)),
    'SES_FROM_ADDRESS must be an address of the identity SES_IDENTITY_ARN, such as holidays@example.com',
  ],
  [
    ({ payments, stripeApiBase }) => payments === 'stripe' || stripeApiBase === undefined,
    'STRIPE_API_BASE needs PAYMENT_PROVIDER=stripe',
  ],
  [
    ({ stripeApiBase: base }) => base === undefined || /^https?:\/\/[^/?#]+\/?$/.test(base),
    'STRIPE_API_BASE must be an origin such as http://127.0.0.1:12111',
  ],
  [
    ({ target, stateBucket }) => !target || !stateBucket,
    'the state of an emulator stays beside its stack: unset TF_STATE_BUCKET',
  ],
];

const productionRules: readonly Rule[] = [
  [
    ({ corsOrigins }) => corsOrigins.length > 0,
    'CORS_ORIGINS must name the front-end: without it no browser can use the service',
  ],
  [({ alarms }) => alarms.email !== undefined, 'ALARM_EMAIL must be set: without it alarms reach no one'],
  [
    ({ accountId }) => accountId !== undefined,
    'AWS_ACCOUNT_ID must be set: credentials of another account must not deploy production there',
  ],
  [
    ({ stateBucket }) => stateBucket !== undefined,
    'TF_STATE_BUCKET must be set: a state beside the stack is lost with the checkout (npm run bootstrap:state makes the bucket)',
  ],
  [
    ({ mail }) => mail !== undefined,
    "SES_IDENTITY_ARN and SES_FROM_ADDRESS must be set: Cognito's own mailer stops at some 50 mails a day, for everybody",
  ],
  [({ faults }) => !faults, 'faults must be off: production bookings must not fail on purpose'],
  [({ demoRoutes }) => !demoRoutes, 'demoRoutes must be off: they book without a customer'],
  [({ logRetentionDays }) => logRetentionDays >= 90, 'logRetentionDays must be at least 90'],
  [({ alarms }) => alarms.enabled && alarms.notify, 'alarms must be enabled and notify'],
  [({ deletionProtection }) => deletionProtection, 'deletionProtection must be on'],
  [({ pointInTimeRecovery }) => pointInTimeRecovery, 'pointInTimeRecovery must be on'],
  [({ corsOrigins }) => !corsOrigins.includes('*'), 'corsOrigins must name its origins, not "*"'],
  [({ signIn }) => !signIn.passwordFlows, 'signIn.passwordFlows must be off: passwords stay in the browser, by SRP'],
  [({ retry }) => retry === undefined, 'retry must be left as the ASL has it'],
  [
    ({ target }) => target === undefined,
    'TARGET_ENDPOINT must not be set: production runs on AWS, deploy stage local or dev to an emulator',
  ],
  [
    ({ stripeApiBase }) => stripeApiBase === undefined,
    'STRIPE_API_BASE must not be set: production pays at Stripe itself',
  ],
  [({ logExecutionData }) => !logExecutionData, 'logExecutionData must be off: the data names customers'],
];

const sesIdentity = /^arn:aws:ses:[a-z0-9-]+:(\d{12}):identity\/([^\s/]+)$/;

function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(text);
}

/** An identity is one address, or a domain with all that is below it. */
function isOfIdentity({ identityArn, from }: { readonly identityArn: string; readonly from: string }): boolean {
  const identity = sesIdentity.exec(identityArn)?.[2];
  // A rule of its own tells of an ARN that is none.
  if (identity === undefined || identity === from) return true;
  const domain = from.split('@')[1] ?? '';
  return domain === identity || domain.endsWith(`.${identity}`);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

/** Throws one error that lists every broken rule. */
export function validateStage(config: StageConfig): StageConfig {
  const broken = [...rules, ...(config.stage === 'prod' ? productionRules : [])]
    .filter(([holds]) => !holds(config))
    .map(([, problem]) => `  - ${problem}`);
  if (broken.length > 0) throw new Error(`Stage "${config.stage}" is not valid:\n${broken.join('\n')}`);
  return config;
}
