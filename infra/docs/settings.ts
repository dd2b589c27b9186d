import { configVariables, stageConfig } from '../config.ts';

type Setting = (typeof configVariables)[number];

/** Environment variables of a synth: what each sets. */
export const settings: Readonly<Record<Setting, string>> = {
  STAGE: '`local`, `dev` or `prod`',
  AWS_REGION: 'the region of `dev` and `prod` (default: `us-east-1`)',
  AWS_ACCOUNT_ID: 'the account that Terraform may change; it refuses credentials of any other account',
  CORS_ORIGINS: 'origins that browsers may call from, comma separated',
  ALARM_EMAIL: 'an address that gets every alarm, once its owner has confirmed to SNS',
  RUNBOOK_URL: 'where `docs/runbook.md` is served, so that each alarm links its page; by default alarms name the file',
  NOTIFICATION_EMAIL: 'an address that gets every message of the booking topic',
  PAYMENT_PROVIDER: "`ledger` or `stripe`, instead of the stage's own",
  STRIPE_API_BASE: "an address for tests instead of Stripe's own; never on `prod`",
  SIGN_IN_RETURN_URLS:
    "pages to which Cognito's hosted sign-in may return, comma separated; `http://localhost:8080/` on `local` and `dev`, none on `prod`, which turns the hosted sign-in off",
  SIGN_IN_DOMAIN_PREFIX:
    "first part of the hosted sign-in's host name; by default `booking-saga-<stage>-<hash of the account>`, since a prefix is unique in a region across all AWS accounts",
  SES_IDENTITY_ARN: 'the verified identity of SES that sends the sign-up mails',
  SES_FROM_ADDRESS: 'their sender address',
  RESERVED_CONCURRENCY:
    'concurrent invocations kept for each background function, 2 to 100; needs an account quota of 200 or more',
  TF_STATE_BUCKET: "the S3 bucket of Terraform's state, with a lock file; a local file otherwise",
  TF_STATE_KEY: "the state's key in the bucket (default: `booking-saga/<stage>/terraform.tfstate`)",
  TF_STATE_REGION: "the bucket's region (default: `AWS_REGION`)",
  TARGET_ENDPOINT: 'an emulator to deploy to; `npm run deploy:local` sets it and the four below',
  TARGET_HTTP_API: 'whether the emulator has HTTP APIs',
  TARGET_CODE_BUCKET: 'whether functions take their code from a bucket, which Terraform deploys far sooner than files',
  TARGET_ARCHITECTURE: 'the processor that the emulator runs functions on: `arm64` or `x86_64`',
  TARGET_FUNCTION_ENDPOINT: "the emulator's address as functions see it",
};

/** Settings without which `prod` is not synthesized: those that its refusal names when none is set. */
export function requiredInProduction(): ReadonlySet<string> {
  const refusal = refusalOf({ STAGE: 'prod' });
  return new Set(configVariables.filter((name) => new RegExp(`\\b${name}\\b`).test(refusal)));
}

function refusalOf(environment: NodeJS.ProcessEnv): string {
  try {
    stageConfig(environment);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Environment variables of commands: what each sets. */
export const commandVariables: Readonly<Record<string, string>> = {
  PORT: 'the port of the local HTTP API (default: 4000), for `npm start` and for the commands that call it',
  AWS_PORT: 'the port of the local AWS endpoint (default: 4566)',
  API_URL: 'the address of the API that `npm run trip` calls, instead of `PORT`',
  AWS_ENDPOINT_URL: 'the AWS endpoint that commands call, instead of `AWS_PORT`',
  STAGE: 'the stage whose stack `npm start` runs, and whose letters and versions `dlq` and `versions` look at',
  LOAD: '`full` runs tests with all of their loads and random cases',
  UPDATE_END_STATES: '`1` lets `npm run test:e2e -- end-states` record `test/e2e/end-states.json` anew',
  CDKTF_SKIP_PROVIDER_LOCK: "`false` brings the CDKTF CLI's own provider lock back",
  NO_COLOR: 'set to anything, it turns colours off',
};
