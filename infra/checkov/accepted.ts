export interface Accepted {
  readonly reason: string;
  /** Resources, by type and logical name, that it is accepted for; all by default. */
  readonly resources?: RegExp;
}

/** Findings of checkov that are not mended, each with its reason. One that is not found any more has to go. */
export const accepted: Readonly<Record<string, Accepted>> = {
  CKV_AWS_26: {
    reason:
      "alarms: CloudWatch may not use AWS's own key, and an alarm carries no booking data; a key of our own would cost a dollar a month for that",
    resources: /^aws_sns_topic\.Alarms_/,
  },
  CKV_AWS_115: {
    reason:
      'reserved concurrency is taken from the quota of the account, which is often 10 in a new one; throttles of every function have an alarm',
  },
  CKV_AWS_116: {
    reason:
      'functions that are invoked asynchronously send the record of a failed run to a queue (an event invoke config, which tells more than a dead letter); all others are invoked synchronously or from a queue with dead letters',
  },
  CKV_AWS_117: { reason: 'nothing private is reached: a VPC would add network gateways and no barrier' },
  CKV_AWS_119: {
    reason:
      "the table is encrypted with the account's key that AWS manages (KMS); a key of our own would only add the risk of losing it",
  },
  CKV_AWS_158: { reason: 'log groups are encrypted with a key of CloudWatch Logs; the same as for the table' },
  CKV_AWS_173: {
    reason: 'the variables of functions are names, ARNs and numbers; the one secret is in Parameter Store',
  },
  CKV_AWS_272: {
    reason:
      'code comes from one role alone, whose plan a person approves; signing would need a profile in every account, and no emulator has it',
  },
  CKV_AWS_285: {
    reason: 'the states’ inputs and outputs name customers: the log of prod has the events without them',
    resources: /^aws_sfn_state_machine\.ProcessBooking_/,
  },
  CKV_AWS_309: {
    reason:
      'guards refuse methods and paths that are not there and do nothing else, HEAD of an open document tells its headers; GET /health and the OpenAPI document are for everybody. A test holds the list',
    resources: /^aws_apigatewayv2_route\.HttpApi_(\w+_Guard\d|Health_(Route|Head)0|Openapi_(Route|Head)0)_/,
  },
  CKV2_AWS_34: {
    reason: 'the parameters are two ARNs, for other services to read',
    resources: /^aws_ssm_parameter\.Parameters_/,
  },
};
