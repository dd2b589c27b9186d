/** The part of Terraform's state that is read and written here. https://developer.hashicorp.com/terraform/internals/json-format */
export interface TerraformState {
  readonly serial: number;
  readonly resources: readonly { readonly provider: string }[];
}

/** The state with one resource more, as it is at the target: the next refresh reads the rest. Throws for an address in a module or with an index. */
export function withResource<State extends TerraformState>(
  state: State,
  address: string,
  attributes: Readonly<Record<string, string>>,
): State {
  const [, type, name] = /^(aws_\w+)\.(\w+)$/.exec(address) ?? [];
  const provider = state.resources[0]?.provider;
  if (type === undefined || name === undefined || provider === undefined) {
    throw new Error(`${address} can't be put into the state: it is no resource of a stack that is deployed already`);
  }
  const instances = [{ schema_version: 0, attributes, sensitive_attributes: [] }];
  return {
    ...state,
    serial: state.serial + 1,
    resources: [...state.resources, { mode: 'managed', type, name, provider, instances }],
  };
}
