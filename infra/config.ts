import { paymentProviders, type StageConfig, type StageName, stageNames } from './stage-config.ts';
import { validateStage } from './stage-rules.ts';
import { stages } from './stages.ts';
import { targetProfile, targetVariables } from './target-profile.ts';

export { paymentProviders, type Rate, type StageConfig, type StageName, stageNames } from './stage-config.ts';

/** Variables that the configuration reads, so that a synth made with other values of them counts as stale. */
export const configVariables = [
  'STAGE',
  'AWS_REGION',
  'AWS_ACCOUNT_ID',
  'CORS_ORIGINS',
  'ALARM_EMAIL',
  'RUNBOOK_URL',
  'NOTIFICATION_EMAIL',
  'PAYMENT_PROVIDER',
  'STRIPE_API_BASE',
  'SIGN_IN_RETURN_URLS',
  'SIGN_IN_DOMAIN_PREFIX',
  'SES_IDENTITY_ARN',
  'SES_FROM_ADDRESS',
  'RESERVED_CONCURRENCY',
  'TF_STATE_BUCKET',
  'TF_STATE_KEY',
  'TF_STATE_REGION',
  ...targetVariables,
] as const;

/**
 * The stage that `STAGE` names (`local` by default), with region, origins, sign-in and state bucket from the environment.
 * Throws naming the stage or every setting that breaks a rule.
 */
export function stageConfig(environment: NodeJS.ProcessEnv = process.env): StageConfig {
  const { stage: name, region } = stageAndRegion(environment);
  const stage = stages[name];
  const target = targetProfile(environment);
  return validateStage({
    ...stage,
    region,
    ...(target ? { target, throttling: withoutRoutes(stage.throttling) } : {}),
    // The local cloud has one account, too.
    ...(stage.stage !== 'local' && environment.AWS_ACCOUNT_ID ? { accountId: environment.AWS_ACCOUNT_ID } : {}),
    payments: paymentProvider(environment) ?? stage.payments,
    alarms: {
      ...stage.alarms,
      ...(environment.ALARM_EMAIL ? { notify: true, email: environment.ALARM_EMAIL } : {}),
      ...(environment.RUNBOOK_URL ? { runbookUrl: environment.RUNBOOK_URL } : {}),
    },
    ...mailOf(environment),
    ...(environment.RESERVED_CONCURRENCY ? { reservedConcurrency: Number(environment.RESERVED_CONCURRENCY) } : {}),
    ...(environment.NOTIFICATION_EMAIL ? { notificationEmail: environment.NOTIFICATION_EMAIL } : {}),
    ...(environment.STRIPE_API_BASE ? { stripeApiBase: environment.STRIPE_API_BASE } : {}),
    ...(environment.CORS_ORIGINS ? { corsOrigins: listOf(environment.CORS_ORIGINS) } : {}),
    signIn: {
      ...stage.signIn,
      ...(environment.SIGN_IN_RETURN_URLS ? { returnUrls: listOf(environment.SIGN_IN_RETURN_URLS) } : {}),
      ...(environment.SIGN_IN_DOMAIN_PREFIX ? { domainPrefix: environment.SIGN_IN_DOMAIN_PREFIX } : {}),
    },
    ...(environment.TF_STATE_BUCKET
      ? {
          stateBucket: {
            bucket: environment.TF_STATE_BUCKET,
            key: environment.TF_STATE_KEY || `booking-saga/${stage.stage}/terraform.tfstate`,
            region: environment.TF_STATE_REGION || region,
          },
        }
      : {}),
  });
}

/** Where a stage is, for commands that need nothing else of it. Throws naming an unknown stage. */
export function stageAndRegion(environment: NodeJS.ProcessEnv = process.env): Pick<StageConfig, 'stage' | 'region'> {
  const name = environment.STAGE || 'local';
  const stage = stageNames.find((known) => known === name);
  if (stage === undefined) throw new Error(`Unknown stage "${name}": set STAGE to one of ${stageNames.join(', ')}`);
  // The local cloud has one region; a shell that is set up for another one must not move it.
  return { stage, region: (stage !== 'local' && environment.AWS_REGION) || 'us-east-1' };
}

/** An emulator belongs to its deployer: it has no other callers, and tests call often. */
function withoutRoutes({ routes: _routes, ...all }: StageConfig['throttling']): StageConfig['throttling'] {
  return all;
}

function mailOf({ SES_IDENTITY_ARN, SES_FROM_ADDRESS }: NodeJS.ProcessEnv): Pick<StageConfig, 'mail'> {
  if (!SES_IDENTITY_ARN && !SES_FROM_ADDRESS) return {};
  return { mail: { identityArn: SES_IDENTITY_ARN ?? '', from: SES_FROM_ADDRESS ?? '' } };
}

function listOf(text: string): string[] {
  return text.split(',').map((each) => each.trim());
}

function paymentProvider({ PAYMENT_PROVIDER: name }: NodeJS.ProcessEnv): StageConfig['payments'] | undefined {
  if (!name) return undefined;
  const provider = paymentProviders.find((one) => one === name);
  if (provider === undefined)
    throw new Error(`PAYMENT_PROVIDER must be ${paymentProviders.join(' or ')}, not "${name}"`);
  return provider;
}

/** `booking-saga-dev`, or `booking-saga-dev-reserve-flight`: the stack's name and every physical name in it. */
export function physicalName(stage: { readonly stage: StageName }, part?: string): string {
  return ['booking-saga', stage.stage, ...(part === undefined ? [] : [part])].join('-');
}

/** The parameter with the state machine's ARN; its name is a contract, and so is the next one's. */
export const stateMachineParameter = ({ stage }: { readonly stage: string }): string =>
  `/${stage}/service/booking/statemachine/processBooking`;

/** The parameter with the booking topic's ARN. */
export const bookingTopicParameter = ({ stage }: { readonly stage: string }): string =>
  `/${stage}/service/booking/messaging/bookingTopic`;
