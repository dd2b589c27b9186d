import type { Json } from '../json.ts';
import { paged } from '../page.ts';
import { createService, guarded, type Operation } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { createStore, type Store } from '../store/index.ts';
import { type Authorize, AwsError, type AwsService, type Environment, type StackResource } from '../types.ts';
import { createParameters, type Parameter } from './parameters.ts';

export interface SsmOptions {
  /** aws_ssm_parameter */
  readonly parameters: readonly StackResource[];
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** Keeps what calls have put; memory by default. */
  readonly store?: Store;
}

/**
 * Parameter Store with the parameters of the stack.
 *
 * @example
 * await ssm.call('GetParameter', { Name: '/shop/orders/topic' }, caller)
 */
export function createSsm(options: SsmOptions): AwsService {
  const { parameters: resources, environment, authorize, store = createStore() } = options;
  const parameters = createParameters(resources, environment, store);
  const { arnOf } = parameters;

  const asked = guarded('ssm', authorize);
  const named = ({ Name = '' }: Json) => arnOf(String(Name));

  function notFound(name: string): AwsError {
    const [, plain = '', version] = /^(.*):([^:/]+)$/.exec(name) ?? [];
    const known = parameters.find(plain);
    if (known === undefined) return new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    const message = `Version ${version} of ${plain} is not here: the local cloud keeps the newest, ${known.version}, alone.`;
    return new AwsError('ParameterVersionNotFound', message);
  }

  const operations: Record<string, Operation> = {
    GetParameter: asked('GetParameter', named, (input) => {
      const parameter = parameters.find(String(input.Name ?? ''));
      if (!parameter) throw notFound(String(input.Name));
      return { Parameter: answered(parameter, input) };
    }),
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
    GetParametersByPath: asked(
      'GetParametersByPath',
      ({ Path = '' }) => arnOf(String(Path)),
      (input) => {
        const path = String(input.Path ?? '');
        if (!path.startsWith('/')) {
          throw new AwsError('ValidationException', 'The parameter path must begin with a slash "/".');
        }
        const folder = path.endsWith('/') ? path : `${path}/`;
        const below = parameters.all().filter(({ name }) => {
          return name.startsWith(folder) && (input.Recursive === true || !name.slice(folder.length).includes('/'));
        });
        const shown = below.map((parameter) => answered(parameter, input));
        return paged('Parameters', shown, input, { ...listing, most: 10 });
      },
    ),
    PutParameter: asked('PutParameter', named, (input) => ({
      Version: parameters.put(input).version,
      Tier: 'Standard',
    })),
    DescribeParameters: asked('DescribeParameters', '*', (input) =>
      paged('Parameters', parameters.all().map(described), input, { ...listing, most: 50 }),
    ),
  };
  return createService('SSM', operations, unserved, members);
}

const unserved = {
  DescribeParameters: ['Filters', 'ParameterFilters', 'Shared'],
  GetParametersByPath: ['ParameterFilters'],
  PutParameter: ['AllowedPattern', 'Policies', 'Tags'],
};

const members: Shape = {
  Names: ['text'],
  ...each('text', 'DataType', 'Description', 'KeyId', 'Name', 'NextToken', 'Path', 'Tier', 'Type', 'Value'),
  ...each('boolean', 'Overwrite', 'Recursive', 'WithDecryption'),
  MaxResults: 'number',
};

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

const listing = { limit: 'MaxResults', token: 'NextToken', code: 'ValidationException' };

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
