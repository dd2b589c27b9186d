import type { Print } from './deploy.ts';
import { DeployError } from './deploy-error.ts';
import type { Terraform } from './terraform.ts';

/** Terraform types that are no more than a part of another resource: a target drops them with their owner. */
const goWithOwner: ReadonlySet<string> = new Set([
  // Provider 5.100 empties the attribute and waits until it is told no more, and the queue waits for that. LocalStack 4.14
  // tells it as "" for ever. https://github.com/localstack/localstack/pull/11385 mended the same of RedrivePolicy only.
  'aws_sqs_queue_redrive_allow_policy',
]);

/** Whether the resource at this address goes with the one that it belongs to. */
export const goesWithOwner = (address: string): boolean => goWithOwner.has(address.slice(0, address.indexOf('.')));

/**
 * Removes all that the state tells of. Were it to stop half-way, the next deploy would make anew what was only forgotten.
 * Throws DeployError where something is left.
 */
export async function removeResources(
  terraform: Pick<Terraform, 'resources' | 'forget' | 'destroy'>,
  targetTitle: string,
  print: Print,
): Promise<void> {
  const resources = await terraform.resources();
  const withOwner = resources.filter(goesWithOwner);
  const note = withOwner.length > 0 ? ` (${withOwner.length} of them with what they belong to)` : '';
  print(`Removing ${resources.length} resources from ${targetTitle}${note} …`);
  if (withOwner.length > 0) await terraform.forget(withOwner);
  await terraform.destroy(resources.length - withOwner.length, print);
  const left = await terraform.resources();
  if (left.length > 0) {
    throw new DeployError(`${left.length} resources are left:\n  ${left.join('\n  ')}`, 'run it again');
  }
}
