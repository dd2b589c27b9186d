import { page } from '../page.ts';
import { createService, type Operation } from '../service.ts';
import { type Authorize, AwsError, type AwsService, type Environment, type StackResource } from '../types.ts';
import { createParameters, type Parameter } from './parameters.ts';

type Json = Record<string, unknown>;

export interface SsmOptions {
  /** aws_ssm_parameter */
  readonly parameters: readonly StackResource[];
  readonly environment: Environment;
  readonly authorize: Authorize;
}

/**
 * Parameter Store with the parameters of the stack.
 *
 * @example
 * await ssm.call('GetParameter', { Name: '/shop/orders/topic' }, caller)
 */
export function createSsm({ parameters: resources, environment, authorize }: SsmOptions): AwsService {
  const parameters = createParameters(resources, environment);
  const { arnOf } = parameters;

  const operations: Record<string, Operation> = {
    GetParameter(input, caller) {
      const name = String(input.Name ?? '');
      authorize(caller, 'ssm:GetParameter', arnOf(name));
      const parameter = parameters.find(name);
      if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
      return { Parameter: answered(parameter, input) };
    },
    GetParameters(input, caller) {
      const names = strings(input.Names);
      if (names.length === 0 || names.length > 10) {
        throw new AwsError('ValidationException', `Names has ${names.length} members; 1 to 10 are allowed.`);
      }
      for (const name of names) authorize(caller, 'ssm:GetParameters', arnOf(name));
      const found = names.flatMap((name) => parameters.find(name) ?? []);
      return {
        Parameters: found.map((parameter) => answered(parameter, input)),
        InvalidParameters: names.filter((name) => !parameters.find(name)),
      };
    },
    GetParametersByPath(input, caller) {
      const path = String(input.Path ?? '');
      authorize(caller, 'ssm:GetParametersByPath', arnOf(path));
      if (!path.startsWith('/')) {
        throw new AwsError('ValidationException', 'The parameter path must begin with a slash "/".');
      }
      const folder = path.endsWith('/') ? path : `${path}/`;
      const below = parameters.all().filter(({ name }) => {
        return name.startsWith(folder) && (input.Recursive === true || !name.slice(folder.length).includes('/'));
      });
      const { page, NextToken } = paged(below, input, 10);
      return { Parameters: page.map((parameter) => answered(parameter, input)), ...(NextToken && { NextToken }) };
    },
    PutParameter(input, caller) {
      const name = String(input.Name ?? '');
      authorize(caller, 'ssm:PutParameter', arnOf(name));
      const { version } = parameters.put(input);
      return { Version: version, Tier: 'Standard' };
    },
    DescribeParameters(input, caller) {
      authorize(caller, 'ssm:DescribeParameters', '*');
      const { page, NextToken } = paged(parameters.all(), input, 50);
      return { Parameters: page.map(described), ...(NextToken && { NextToken }) };
    },
  };

  return createService('SSM', operations);
}

/** Without decryption AWS gives a secret's cipher text; anything but the secret itself will do for that. */
function answered({ name, type, value, version, arn, modifiedMs }: Parameter, { WithDecryption }: Json): Json {
  const secret = type === 'SecureString' && WithDecryption !== true;
  return {
    Name: name,
    Type: type,
    Value: secret ? Buffer.from(`encrypted:${version}`).toString('base64') : value,
    Version: version,
    LastModifiedDate: modifiedMs / 1000,
    ARN: arn,
    DataType: 'text',
  };
}

function described({ name, type, version, arn, modifiedMs, description }: Parameter): Json {
  return {
    Name: name,
    ARN: arn,
    Type: type,
    LastModifiedDate: modifiedMs / 1000,
    ...(description && { Description: description }),
    Version: version,
    Tier: 'Standard',
    Policies: [],
    DataType: 'text',
  };
}

function paged(all: readonly Parameter[], { MaxResults, NextToken }: Json, usual: number) {
  const { items, next } = page(all, Math.min(Number(MaxResults ?? usual), usual), NextToken);
  return { page: items, NextToken: next };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
