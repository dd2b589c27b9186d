/** What a synthesized file says, as far as a policy depends on it. */
export interface SynthesizedStack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly provider: { readonly aws: readonly { readonly region: string }[] };
  readonly terraform: {
    readonly backend: { readonly s3?: { readonly bucket: string; readonly key: string }; readonly local?: unknown };
  };
  readonly '//': { readonly metadata: { readonly stackName: string } };
}

/** The stack in one account: where its resources are and what they are called. */
export interface Scope {
  readonly stackName: string;
  readonly region: string;
  readonly account: string;
  /**
   * What the resources of a type are called. All names that begin with the stack's become one pattern, so that a release
   * may add and remove resources with an unchanged policy; names in a folder (`/dev/service/x`) become their folder.
   */
  patterns(type: string, attribute: string): string[];
  /** Service principals that the stack's roles trust: the ones that the deployer passes roles to. */
  readonly trustedServices: readonly string[];
  readonly stateBackend: { readonly bucket: string; readonly key: string } | undefined;
}

export function scopeOf(stack: SynthesizedStack, account: string): Scope {
  if (!/^\d{12}$/.test(account)) throw new Error(`An AWS account ID has 12 digits, "${account}" has not`);
  const { stackName } = stack['//'].metadata;
  const region = stack.provider.aws[0]?.region;
  if (!region) throw new Error(`Stack ${stackName} has no region in its provider`);
  return {
    stackName,
    region,
    account,
    patterns: (type, attribute) => patternsOf(namesOf(stack, type, attribute), stackName),
    trustedServices: [...new Set(trustPoliciesOf(stack).flatMap(servicesOf))].sort(),
    stateBackend: stack.terraform.backend.s3,
  };
}

function namesOf(stack: SynthesizedStack, type: string, attribute: string): string[] {
  return Object.entries(stack.resource[type] ?? {}).map(([id, resource]) => {
    const name = resource[attribute];
    if (typeof name !== 'string' || name.includes('${')) {
      throw new Error(
        `${type}.${id} has no literal ${attribute}: its ARN is not known before it exists, so give it a name or the type another resource in infra/deploy-policy/permissions.ts`,
      );
    }
    return name;
  });
}

/** They may refer to other resources; the services in them are written out. */
function trustPoliciesOf(stack: SynthesizedStack): string[] {
  return Object.values(stack.resource.aws_iam_role ?? {}).map(({ assume_role_policy: policy }) => String(policy));
}

function patternsOf(names: readonly string[], stackName: string): string[] {
  const patterns = new Set<string>();
  const foreign: string[] = [];
  for (const name of names) {
    const end = name.indexOf(stackName) + stackName.length;
    if (!name.includes(stackName)) foreign.push(name);
    else if (end === name.length) patterns.add(name);
    else if (name[end] === '-') patterns.add(`${name.slice(0, end)}-*`);
    else throw new Error(`"${name}" goes on after the stack's name ${stackName} other than with "-": rename it`);
  }
  if (foreign.length > 0) for (const pattern of foldersOf(foreign)) patterns.add(pattern);
  return [...patterns].sort();
}

/** The deepest folder that holds all of the names; names outside folders stay as they are. */
function foldersOf(names: readonly string[]): string[] {
  const inFolders = names.filter((name) => name.startsWith('/'));
  const others = names.filter((name) => !name.startsWith('/'));
  const [first = [], ...rest] = inFolders.map((name) => name.split('/').slice(0, -1));
  const differs = first.findIndex((part, position) => rest.some((folders) => folders[position] !== part));
  const common = (differs === -1 ? first : first.slice(0, differs)).join('/');
  if (inFolders.length > 0 && common === '') {
    throw new Error(`${inFolders.join(' and ')} have no folder in common: a policy for both would hold for every name`);
  }
  return inFolders.length > 0 ? [...others, `${common}/*`] : others;
}

function servicesOf(trustPolicy: string): string[] {
  const { Statement = [] } = JSON.parse(trustPolicy) as {
    Statement?: { Principal?: { Service?: string | string[] } }[];
  };
  return Statement.flatMap(({ Principal }) => Principal?.Service ?? []);
}
