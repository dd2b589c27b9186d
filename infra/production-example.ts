/** The settings that production demands, with values for examples and tests. */
export const productionSettings = {
  STAGE: 'prod',
  CORS_ORIGINS: 'https://holidays.example.com',
  TF_STATE_BUCKET: 'states',
  AWS_ACCOUNT_ID: '123456789012',
  ALARM_EMAIL: 'alarms@example.com',
  SES_IDENTITY_ARN: 'arn:aws:ses:us-east-1:123456789012:identity/example.com',
  SES_FROM_ADDRESS: 'holidays@example.com',
} as const;
