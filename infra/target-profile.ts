/** What a deploy target is, as far as the stack has to know; the deploy command finds it out and says it by variables. */
export interface TargetProfile {
  /** Where Terraform finds every AWS service, for instance `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Without: the HTTP API and what belongs to it are left out, and a gateway stands in front of the target instead. */
  readonly httpApi: boolean;
  /** With: functions take their code from a bucket, which an emulator deploys far sooner. */
  readonly codeBucket: boolean;
  /** An emulator runs the functions on this machine's own processor. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Set as the functions' `AWS_ENDPOINT_URL`; without, the target sets that by itself. */
  readonly functionEndpoint?: string;
}

export const targetVariables = [
  'TARGET_ENDPOINT',
  'TARGET_HTTP_API',
  'TARGET_CODE_BUCKET',
  'TARGET_ARCHITECTURE',
  'TARGET_FUNCTION_ENDPOINT',
] as const;

/** Services of the stack's resources, by the provider's names; a service left out would be looked for at AWS. */
export const targetServices = [
  'apigatewayv2',
  'cloudwatch',
  'cognitoidp',
  'dynamodb',
  'events',
  'iam',
  'kms',
  'lambda',
  'logs',
  's3',
  'sfn',
  'sns',
  'sqs',
  'ssm',
  'sts',
] as const;

/** The profile that the `TARGET_…` variables describe; undefined (AWS itself) without `TARGET_ENDPOINT`. Throws naming the variable. */
export function targetProfile(environment: NodeJS.ProcessEnv): TargetProfile | undefined {
  const { TARGET_ENDPOINT: endpoint, TARGET_FUNCTION_ENDPOINT: functionEndpoint } = environment;
  if (!endpoint) return undefined;
  return {
    endpoint: urlOf('TARGET_ENDPOINT', endpoint),
    httpApi: choice('TARGET_HTTP_API', environment.TARGET_HTTP_API || 'yes', ['yes', 'no']) === 'yes',
    codeBucket: choice('TARGET_CODE_BUCKET', environment.TARGET_CODE_BUCKET || 'no', ['yes', 'no']) === 'yes',
    architecture: choice('TARGET_ARCHITECTURE', environment.TARGET_ARCHITECTURE || 'arm64', ['arm64', 'x86_64']),
    ...(functionEndpoint ? { functionEndpoint: urlOf('TARGET_FUNCTION_ENDPOINT', functionEndpoint) } : {}),
  };
}

function urlOf(variable: string, text: string): string {
  if (!/^https?:\/\/[^/?#]+\/?$/.test(text) || !URL.canParse(text)) {
    throw new Error(`${variable} must be an endpoint such as http://127.0.0.1:4566, not "${text}"`);
  }
  return text.replace(/\/$/, '');
}

function choice<Value extends string>(variable: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`${variable} must be ${values.join(' or ')}, not "${text}"`);
  return found;
}
