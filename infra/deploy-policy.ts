/**
 * Prints the IAM policies that a role needs to deploy the synthesized stack of `STAGE`, and to plan it, as JSON by policy name.
 *
 *   npm run -s deploy:policy -- --account 123456789012 [--github owner/repository] [--out folder]
 *
 * `--github` adds the roles' trust policies for GitHub Actions; `--out` writes one file each instead.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { physicalName, stageConfig } from './config.ts';
import { githubTrust } from './deploy-policy/github-trust.ts';
import { type Purpose, policiesOf } from './deploy-policy/policies.ts';
import { smokePolicyOf } from './deploy-policy/smoke-policy.ts';
import type { SynthesizedStack } from './deploy-policy/stack-scope.ts';
import { versionsPolicyOf } from './deploy-policy/versions-policy.ts';
import { outputFolder, stackFile } from './paths.ts';

const options = { account: { type: 'string' }, github: { type: 'string' }, out: { type: 'string' } } as const;

/** Documents by name: `booking-saga-dev-deploy-1`, and on where one policy is too small, `…-deploy-trust`, `…-versions`, `…-smoke`. */
export function deployDocuments(
  stack: SynthesizedStack,
  parameters: { readonly account: string; readonly stage: string; readonly github?: string | undefined },
): Record<string, object> {
  const { account, stage, github } = parameters;
  const documents: [string, object][] = (['deploy', 'plan'] satisfies Purpose[]).flatMap((purpose) => {
    const name = `${stack['//'].metadata.stackName}-${purpose}`;
    const policies = policiesOf(stack, account, purpose);
    const numbered = policies.map((policy, index): [string, object] => [`${name}-${index + 1}`, policy]);
    if (!github) return numbered;
    return [...numbered, [`${name}-trust`, githubTrust({ repository: github, account, stage, purpose })]];
  });
  documents.push([`${stack['//'].metadata.stackName}-versions`, versionsPolicyOf(stack, account, stage)]);
  const smoke = smokePolicyOf(stack, account);
  return Object.fromEntries(smoke ? [...documents, [`${stack['//'].metadata.stackName}-smoke`, smoke]] : documents);
}

function main(): void {
  const { values } = parseArgs({ options });
  const { account, github, out } = values;
  if (!account) {
    throw new Error('--account is missing; `aws sts get-caller-identity --query Account --output text` tells it');
  }
  const config = stageConfig();
  const file = stackFile(physicalName(config), outputFolder());
  const stack = JSON.parse(readFileSync(file, 'utf8')) as SynthesizedStack;
  const documents = deployDocuments(stack, { account, github, stage: config.stage });
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
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    console.error(`deploy:policy: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
