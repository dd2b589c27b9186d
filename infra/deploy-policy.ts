import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { physicalName, stageConfig } from './config.ts';
import { githubTrust } from './deploy-policy/github-trust.ts';
import { type Purpose, policiesOf } from './deploy-policy/policies.ts';
import { principalTrust } from './deploy-policy/principal-trust.ts';
import { smokePolicyOf } from './deploy-policy/smoke-policy.ts';
import type { SynthesizedStack } from './deploy-policy/stack-scope.ts';
import { versionsPolicyOf } from './deploy-policy/versions-policy.ts';
import { runCommand, UsageError } from './operations/run-command.ts';
import { outputFolder, stackFile } from './paths.ts';

const usage = `npm run -s deploy:policy -- --account ID [options]

Prints the IAM policies that a role needs to deploy the synthesized stack of STAGE, and to plan it, as JSON by policy name.

  --account ID           the AWS account, for instance 123456789012
  --github OWNER/REPO    adds the roles' trust policies for GitHub Actions
  --principal ARN        adds trust policies for this user or role of IAM instead
  --out FOLDER           writes a file for each policy instead
  --help                 this text`;

const config = {
  options: {
    account: { type: 'string' },
    github: { type: 'string' },
    principal: { type: 'string' },
    out: { type: 'string' },
  },
} as const;

/** Documents by name: `booking-saga-dev-deploy-1`, and on where one policy is too small, `…-deploy-trust`, `…-versions`, `…-smoke`. */
export function deployDocuments(
  stack: SynthesizedStack,
  parameters: {
    readonly account: string;
    readonly stage: string;
    readonly github?: string | undefined;
    readonly principal?: string | undefined;
  },
): Record<string, object> {
  const { account, stage, github, principal } = parameters;
  const documents: [string, object][] = (['deploy', 'plan'] satisfies Purpose[]).flatMap((purpose) => {
    const name = `${stack['//'].metadata.stackName}-${purpose}`;
    const policies = policiesOf(stack, account, purpose);
    const numbered = policies.map((policy, index): [string, object] => [`${name}-${index + 1}`, policy]);
    if (principal) return [...numbered, [`${name}-trust`, principalTrust(principal)]];
    if (!github) return numbered;
    return [...numbered, [`${name}-trust`, githubTrust({ repository: github, account, stage, purpose })]];
  });
  documents.push([`${stack['//'].metadata.stackName}-versions`, versionsPolicyOf(stack, account, stage)]);
  const smoke = smokePolicyOf(stack, account);
  return Object.fromEntries(smoke ? [...documents, [`${stack['//'].metadata.stackName}-smoke`, smoke]] : documents);
}

if (import.meta.main) {
  await runCommand('deploy:policy', usage, config, ({ values }) => {
    const { account, github, principal, out } = values;
    if (github && principal) throw new UsageError('--github and --principal are each for a role of its own: give one');
    if (!account) {
      throw new UsageError(
        '--account is missing; `aws sts get-caller-identity --query Account --output text` tells it',
      );
    }
    const stage = stageConfig();
    const file = stackFile(physicalName(stage), outputFolder());
    const stack = JSON.parse(readFileSync(file, 'utf8')) as SynthesizedStack;
    const documents = deployDocuments(stack, { account, github, principal, stage: stage.stage });
    if (!out) {
      console.log(JSON.stringify(documents, null, 2));
      return;
    }
    mkdirSync(out, { recursive: true });
    for (const [name, document] of Object.entries(documents)) {
      const path = join(out, `${name}.json`);
      writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
      console.log(path);
    }
  });
}
