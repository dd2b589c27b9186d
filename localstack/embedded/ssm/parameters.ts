import { naming } from '../resource.ts';
import type { Store } from '../store/contract.ts';
import { AwsError, type Environment, type StackResource } from '../types.ts';

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly version: number;
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

export interface Parameters {
  /** By name, by `name:version` for the present version, or by ARN. */
  find(nameOrArn: string): Parameter | undefined;
  /** Sorted by name. */
  all(): Parameter[];
  /** Takes PutParameter's input. */
  put(input: Record<string, unknown>): Parameter;
  arnOf(nameOrArn: string): string;
}

const types = ['String', 'StringList', 'SecureString'];

/** Of the standard tier. */
const mostCharacters = 4096;

/** Words of members that change nothing here: what Intelligent-Tiering takes for a value of this size is the standard tier. */
const served: Readonly<Record<string, readonly string[]>> = {
  DataType: ['text'],
  KeyId: ['alias/aws/ssm'],
  Tier: ['Standard', 'Intelligent-Tiering'],
};

const mostLevels = 15;

const invalid = (message: string) => new AwsError('ValidationException', message);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
function checkName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || !/^[\w./-]+$/.test(name)) {
    throw invalid(`Parameter name ${name}: only a-zA-Z0-9_.-/ are allowed.`);
  }
  if (/^\/aws(\/|$)/i.test(name)) {
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  const [, prefix] = /^\/?(aws|ssm)/i.exec(name) ?? [];
  if (prefix !== undefined) throw invalid(`Parameter name: can't be prefixed with "${prefix}" (case-insensitive).`);
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.');
  if (name.split('/').length - 1 > mostLevels) {
    const message = `A parameter's name can have at most ${mostLevels} levels.`;
    throw new AwsError('HierarchyLevelLimitExceededException', message);
  }
}

/** Those of the stack are at each start as its file says; others outlive the process that made them. */
export function createParameters(
  resources: readonly StackResource[],
  environment: Environment,
  store: Store,
): Parameters {
  const parameters = new Map<string, Parameter>();
  const made = store.collection<Parameter>('parameters');
  const prefix = `arn:aws:ssm:${environment.region}:${environment.accountId}:parameter`;

  /** `/a/b` and `c` have the ARNs `…:parameter/a/b` and `…:parameter/c`. */
  function nameOf(nameOrArn: string): string {
    const [name = '', version] = nameOrArn.replace(`${prefix}/`, '/').split(':');
    const known = parameters.get(name) ?? parameters.get(name.slice(1));
    if (version !== undefined && Number(version) !== known?.version) return nameOrArn;
    return nameOrArn.startsWith('arn:') && known ? known.name : name;
  }
  const arnOf = (nameOrArn: string) => {
    if (nameOrArn.startsWith('arn:')) return nameOrArn;
    const name = nameOrArn.split(':')[0] ?? '';
    return `${prefix}${name.startsWith('/') ? '' : '/'}${name}`;
  };

  function put(input: Record<string, unknown>): Parameter {
    const { Name: name, Value: value, Type: type, Overwrite, Description: description } = input;
    const known = parameters.get(String(name));
    if (known && Overwrite !== true) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const kind = String(type ?? known?.type ?? '');
    if (!types.includes(kind)) throw invalid(`Type is one of ${types.join(', ')}, not "${kind}".`);
    checkName(name);
    if (typeof value !== 'string' || value === '') throw invalid(`Parameter ${name} has no value.`);
    if (value.length > mostCharacters) {
      throw invalid(`Standard tier parameters support a maximum parameter value of ${mostCharacters} characters.`);
    }
    for (const [member, words] of Object.entries(served)) {
      const word = input[member] ?? words[0];
      if (words.includes(String(word))) continue;
      throw invalid(`${member} ${word} is not served by the local cloud, only ${words.join(' and ')}.`);
    }
    if (input.KeyId !== undefined && kind !== 'SecureString')
      throw invalid(`KeyId is not for a parameter of type ${kind}.`);
    const parameter = {
      name,
      type: kind,
      value,
      description: description === undefined ? known?.description : String(description),
      version: (known?.version ?? 0) + 1,
      arn: arnOf(name),
      modifiedMs: Date.now(),
    };
    parameters.set(name, parameter);
    return parameter;
  }

  for (const resource of resources) {
    const { name, type, description, value, insecure_value: insecure } = resource.attributes;
    const input = {
      Name: name,
      Type: type,
      Value: value ?? insecure,
      ...(description && { Description: description }),
    };
    naming(resource, () => put(input));
  }
  const ofStack = new Set(parameters.keys());
  for (const [name, parameter] of made.entries()) if (!ofStack.has(name)) parameters.set(name, parameter);

  return {
    find: (nameOrArn) => parameters.get(nameOf(nameOrArn)),
    all: () => [...parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    put(input) {
      const parameter = put(input);
      if (!ofStack.has(parameter.name)) made.put(parameter.name, parameter);
      return parameter;
    },
    arnOf,
  };
}
