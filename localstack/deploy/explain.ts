import { relative } from 'node:path';
import { DeployError } from './deploy-error.ts';
import type { Diagnostic } from './progress.ts';

interface Explanation {
  readonly when: RegExp;
  readonly message: string;
  readonly advice: string;
}

/** Terraform's own words for what goes wrong most, and what to do about it; first match counts. */
const explanations: readonly Explanation[] = [
  {
    when: /Unsupported Terraform Core version/,
    message: 'This Terraform is too old for the stack.',
    advice: 'install Terraform 1.10 or later (https://developer.hashicorp.com/terraform/install)',
  },
  {
    when: /no available releases match|did not find any versions|does not match configured version constraint|Failed to resolve provider packages/i,
    message: 'Terraform finds no AWS provider of a version that the stack admits.',
    advice:
      'let Terraform reach its registry (unset TF_CLI_CONFIG_FILE), or add the hashicorp/aws of infra/terraform.lock.hcl to the plugin mirror that TF_CLI_CONFIG_FILE names',
  },
  {
    when: /Failed to (query available provider packages|install provider)|Could not (retrieve|query)/i,
    message: 'Terraform cannot get the AWS provider.',
    advice:
      "connect to Terraform's registry, or name a configuration with a plugin mirror in TF_CLI_CONFIG_FILE (see provider_installation in Terraform's documentation)",
  },
  {
    when: /Error acquiring the state lock/,
    message: 'Another deploy or destroy to this target is running, or one was killed.',
    advice: 'wait for it; if none runs, delete the .terraform.tfstate.lock.info in the folder named above',
  },
  {
    when: /connection refused|ECONNREFUSED|no such host|connection reset by peer|EOF$/m,
    message: 'The target stopped answering.',
    advice: 'look into its log, start it again, and deploy again',
  },
  {
    when: /StatusCode: 501|not yet been emulated|not included in your current license plan/,
    message: 'The target does not have an AWS service that the stack needs.',
    advice: 'deploy to a target that has it: MiniStack, or a licensed LocalStack',
  },
  {
    when: /AlreadyExists|ResourceInUseException|ResourceConflictException|QueueNameExists/,
    message: 'The target has resources of this stack that the state here does not know of.',
    advice: 'destroy them from where they were deployed, or start the target anew: emulators forget all when stopped',
  },
];

/** The error for a Terraform command that failed; its own words stay in the message. */
export function terraformError(command: string, folder: string, output: string): DeployError {
  const explanation = explanations.find(({ when }) => when.test(output));
  // What went well before is of no interest.
  const own = output.slice(Math.max(0, output.search(/^.{0,4}Error: /m))).trim();
  return new DeployError(
    `terraform ${command} failed in ${relative(process.cwd(), folder) || '.'}${explanation ? `. ${explanation.message}` : ''}\n\n${own}`,
    explanation?.advice ?? 'see what Terraform says above; npm run destroy:local starts over',
  );
}

export function textOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ summary, detail, address }) => [address === undefined ? summary : `${address}: ${summary}`, detail ?? ''])
    .map((lines) => lines.filter(Boolean).join('\n'))
    .join('\n');
}
