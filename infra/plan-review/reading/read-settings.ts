import { at, blockOf, isList, isObject, type JsonObject } from '../json.ts';

/** Never shown in a report. */
const secrets = new Set(['access_key', 'secret_key', 'token']);

/** Settings of a synthesized file beside its resources, by address: where Terraform looks for them, and what it remembers. */
export function settingsOf(file: JsonObject): Map<string, { readonly type: string; readonly values: JsonObject }> {
  const settings = new Map<string, { readonly type: string; readonly values: JsonObject }>();
  for (const [name, written] of Object.entries(objectAt(file, ['provider']))) {
    for (const block of isList(written) ? written : [written]) {
      if (!isObject(block)) continue;
      const { alias, ...values } = block;
      const address = typeof alias === 'string' ? `provider.${name}.${alias}` : `provider.${name}`;
      settings.set(address, { type: 'provider', values: withoutSecrets(values) });
    }
  }
  // Without one, Terraform keeps the state in the stack's folder.
  const [kind = 'local', values] = Object.entries(objectAt(file, ['terraform', 'backend']))[0] ?? [];
  settings.set('terraform.backend', {
    type: 'backend',
    values: { ...withoutSecrets(blockOf(values) ?? {}), type: kind },
  });
  const { required_version, required_providers } = objectAt(file, ['terraform']);
  settings.set('terraform', { type: 'terraform', values: { required_version, required_providers } });
  return settings;
}

const withoutSecrets = (values: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(values).filter(([attribute]) => !secrets.has(attribute)));

function objectAt(file: JsonObject, path: readonly string[]): JsonObject {
  const value = at(file, path);
  return isObject(value) ? value : {};
}
