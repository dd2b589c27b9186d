import { describe, expect, it } from '@jest/globals';
import { physicalName, type StageConfig, stageConfig } from '#infra/config.ts';
import { validateStage } from '#infra/stage-rules.ts';
import { productionSettings } from './support/production.ts';
import { synthesize } from './support/synthesized.ts';

const prod = (change: Partial<StageConfig> = {}): StageConfig => ({ ...stageConfig(productionSettings), ...change });

describe('stage configuration', () => {
  it('is that of local unless STAGE says otherwise', () => {
    expect(stageConfig({}).stage).toBe('local');
    expect(stageConfig({ STAGE: '' }).stage).toBe('local');
    expect(stageConfig({ STAGE: 'dev' }).stage).toBe('dev');
  });

  it.each(['production', 'toString', 'LOCAL'])('given the unknown stage %s, names it and those that exist', (STAGE) => {
    expect(() => stageConfig({ STAGE })).toThrow(`Unknown stage "${STAGE}": set STAGE to one of local, dev, prod`);
  });

  it('takes the region from AWS_REGION, but keeps the local cloud where it is', () => {
    expect(stageConfig({ STAGE: 'dev', AWS_REGION: 'eu-central-1' }).region).toBe('eu-central-1');
    expect(stageConfig({ STAGE: 'dev' }).region).toBe('us-east-1');
    expect(stageConfig({ STAGE: 'local', AWS_REGION: 'eu-central-1' }).region).toBe('us-east-1');
    expect(() => stageConfig({ STAGE: 'dev', AWS_REGION: 'Frankfurt' })).toThrow(/region must be an AWS region/);
  });

  it('names everything after the stage', () => {
    expect(physicalName({ stage: 'dev' })).toBe('booking-saga-dev');
    expect(physicalName({ stage: 'dev' }, 'reserve-flight')).toBe('booking-saga-dev-reserve-flight');
  });
});

describe('production', () => {
  it('is safe as it stands', () => {
    expect(prod()).toMatchObject({
      faults: false,
      demoRoutes: false,
      deletionProtection: true,
      pointInTimeRecovery: true,
      logExecutionData: false,
      alarms: { enabled: true, notify: true },
    });
    expect(prod().logRetentionDays).toBeGreaterThan(stageConfig({ STAGE: 'dev' }).logRetentionDays);
  });

  it.each([
    ['faults', { faults: true }, /faults must be off/],
    ['demo routes', { demoRoutes: true }, /demoRoutes must be off/],
    ['a short log retention', { logRetentionDays: 7 }, /logRetentionDays must be at least 90/],
    ['alarms off', { alarms: { enabled: false, notify: false } }, /alarms must be enabled and notify/],
    ['alarms without an address', { alarms: { enabled: true, notify: true } }, /ALARM_EMAIL must be set/],
    ['no origin', { corsOrigins: [] }, /CORS_ORIGINS must name the front-end/],
    ['alarms without a topic', { alarms: { enabled: true, notify: false } }, /alarms must be enabled and notify/],
    ['no deletion protection', { deletionProtection: false }, /deletionProtection must be on/],
    ['no point-in-time recovery', { pointInTimeRecovery: false }, /pointInTimeRecovery must be on/],
    ['any origin', { corsOrigins: ['*'] }, /corsOrigins must name its origins/],
    ['bare passwords', { signIn: { passwordFlows: true, returnUrls: [] } }, /signIn.passwordFlows must be off/],
    ['other retries than the ASL', { retry: { intervalSeconds: 1 } }, /retry must be left/],
    ['customers in the log', { logExecutionData: true }, /logExecutionData must be off/],
  ] satisfies [string, Partial<StageConfig>, RegExp][])('refuses %s', (_, change, message) => {
    expect(() => validateStage(prod(change))).toThrow(message);
  });

  it.each(['CORS_ORIGINS', 'TF_STATE_BUCKET', 'AWS_ACCOUNT_ID', 'ALARM_EMAIL', 'SES_IDENTITY_ARN', 'SES_FROM_ADDRESS'])(
    'asks for %s',
    (variable) => {
      expect(() => stageConfig({ ...productionSettings, [variable]: '' })).toThrow(new RegExp(`${variable} must`));
      expect(() => stageConfig({ STAGE: 'prod' })).toThrow(
        new RegExp(`${variable} (and \\w+ )?must|and ${variable} must`),
      );
    },
  );

  it.each([
    ['AWS_ACCOUNT_ID', '1234'],
    ['ALARM_EMAIL', 'a@example.com,b@example.com'],
    ['SES_IDENTITY_ARN', 'arn:aws:ses:us-east-1:123456789012:configuration-set/x'],
    ['SES_IDENTITY_ARN', 'arn:aws:ses:us-east-1:210987654321:identity/example.com'],
    ['SES_FROM_ADDRESS', 'holidays@example.org'],
    ['SES_FROM_ADDRESS', 'holidays@badexample.com'],
    ['SES_FROM_ADDRESS', 'holidays'],
  ])('refuses %s = %s', (variable, value) => {
    expect(() => stageConfig({ ...productionSettings, [variable]: value })).toThrow(new RegExp(`${variable} must be`));
  });

  it.each([
    ['arn:aws:ses:us-east-1:123456789012:identity/example.com', 'holidays@mail.example.com'],
    ['arn:aws:ses:eu-west-1:123456789012:identity/me@example.com', 'me@example.com'],
  ])('sends with the identity %s as %s', (SES_IDENTITY_ARN, SES_FROM_ADDRESS) => {
    const stack = synthesize({ STAGE: 'prod', SES_IDENTITY_ARN, SES_FROM_ADDRESS });

    expect(stack.resource('aws_cognito_user_pool').email_configuration).toEqual({
      email_sending_account: 'DEVELOPER',
      source_arn: SES_IDENTITY_ARN,
      from_email_address: SES_FROM_ADDRESS,
    });
  });

  it('lets Terraform change its own account only', () => {
    expect(synthesize({ STAGE: 'prod' }).json.provider.aws[0].allowed_account_ids).toEqual(['123456789012']);
    expect(synthesize({ STAGE: 'dev' }).json.provider.aws[0]).not.toHaveProperty('allowed_account_ids');
    const local = synthesize({ STAGE: 'local', AWS_ACCOUNT_ID: '123456789012' });
    expect(local.json.provider.aws[0]).not.toHaveProperty('allowed_account_ids');
  });

  it('names every broken rule at once', () => {
    expect(() => validateStage(prod({ faults: true, demoRoutes: true }))).toThrow(/faults must[\s\S]*demoRoutes must/);
  });

  it('has neither the demo function nor a trace of faults in its stack', () => {
    const { text, json } = synthesize({ STAGE: 'prod' });

    expect(text).not.toMatch(/start-booking|StartBooking|CANCEL_FAILURE_RATE|"route_key":\s*"\$default"/);
    expect(json.resource.aws_dynamodb_table).toEqual({
      [Object.keys(json.resource.aws_dynamodb_table)[0] as string]: expect.objectContaining({
        deletion_protection_enabled: true,
        point_in_time_recovery: { enabled: true },
      }),
    });
  });
});

describe('any stage', () => {
  const dev = stageConfig({ STAGE: 'dev' });

  it.each([
    ['a retention that CloudWatch does not offer', { logRetentionDays: 10 }, /logRetentionDays must be one of/],
    ['a failure rate without faults', { faults: false }, /cancelFailureRate needs faults/],
    ['a failure rate above 1', { cancelFailureRate: 1.5 }, /must be a probability/],
    ['retries below a second', { retry: { intervalSeconds: 0.1 } }, /whole numbers from 1/],
    ['a delay that SQS has not', { redrive: { delaySeconds: 901 } }, /redrive.delaySeconds/],
    ['notification without alarms', { alarms: { enabled: false, notify: true } }, /needs alarms.enabled/],
    ['an origin with a path', { corsOrigins: ['https://example.com/app'] }, /corsOrigins must be/],
    ['no charges at all', { chargesPerMinute: 0 }, /chargesPerMinute must be/],
    ['too little for a queue', { reservedConcurrency: 1 }, /RESERVED_CONCURRENCY must be a whole number from 2/],
    ['concurrency that is no number', { reservedConcurrency: Number('ten') }, /RESERVED_CONCURRENCY/],
    ['no throughput', { throttling: { requestsPerSecond: 0, burst: 1 } }, /throttling must be/],
    [
      'a route without burst',
      { throttling: { requestsPerSecond: 9, burst: 9, routes: { demo: { requestsPerSecond: 1, burst: 0 } } } },
      /throttling must be/,
    ],
    [
      'a route above all others',
      {
        throttling: {
          requestsPerSecond: 9,
          burst: 9,
          routes: { methodNotAllowed: { requestsPerSecond: 10, burst: 9 } },
        },
      },
      /throttling\.routes/,
    ],
    ['two e-mail addresses', { notificationEmail: 'a@example.com,b@example.com' }, /NOTIFICATION_EMAIL/],
    ['a name for an e-mail address', { notificationEmail: 'bookings' }, /NOTIFICATION_EMAIL/],
    ['an address of Stripe without Stripe', { stripeApiBase: 'http://127.0.0.1:1' }, /needs PAYMENT_PROVIDER=stripe/],
    [
      'an address of Stripe with a path',
      { payments: 'stripe', stripeApiBase: 'http://127.0.0.1:1/v1' },
      /STRIPE_API_BASE/,
    ],
    ['a schedule of no time', { reconcile: { everyMinutes: 0 } }, /reconcile.everyMinutes/],
    ['an audit of no time', { seatAudit: { everyMinutes: 0 } }, /seatAudit.everyMinutes/],
  ] satisfies [string, Partial<StageConfig>, RegExp][])('refuses %s', (_, change, message) => {
    expect(() => validateStage({ ...dev, ...change })).toThrow(message);
  });

  it('takes payments with Stripe in production and with the ledger elsewhere, unless PAYMENT_PROVIDER says otherwise', () => {
    const payments = (environment: NodeJS.ProcessEnv): string =>
      stageConfig(environment.STAGE === 'prod' ? { ...productionSettings, ...environment } : environment).payments;
    expect(['local', 'dev', 'prod'].map((STAGE) => payments({ STAGE }))).toEqual(['ledger', 'ledger', 'stripe']);
    expect(payments({ STAGE: 'dev', PAYMENT_PROVIDER: 'stripe' })).toBe('stripe');
    expect(payments({ STAGE: 'prod', PAYMENT_PROVIDER: 'ledger' })).toBe('ledger');
    expect(() => payments({ PAYMENT_PROVIDER: 'paypal' })).toThrow('PAYMENT_PROVIDER must be ledger or stripe');
    const elsewhere = { STAGE: 'prod', STRIPE_API_BASE: 'http://127.0.0.1:1' };
    expect(() => payments(elsewhere)).toThrow(/STRIPE_API_BASE must not be set/);
  });
});
