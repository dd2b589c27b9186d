import { relative } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { addressOf, callableApiUrl, type DeployTarget, inspectTarget } from '../targets.ts';
import { adoptItems } from './adopt-items.ts';
import { DeployError } from './deploy-error.ts';
import { hasForgotten, openDeployedTable } from './deployed-table.ts';
import { knownDifferences } from './known-differences.ts';
import { type Difference, differencesOf, judge, summaryOf, type TerraformPlan } from './plan-differences.ts';
import { openTerraform, type Terraform } from './terraform.ts';
import { type Deployment, openWorkspace, projectRoot } from './workspace.ts';

export type Print = (line: string) => void;

/**
 * Brings the stack to the target, and checks that nothing but known differences is left to change. Safe to run again.
 * Throws DeployError.
 */
export async function deploy(targetName: string | undefined, print: Print): Promise<Deployment> {
  const target = await inspectTarget(addressOf(targetName));
  const workspace = openWorkspace(target);
  workspace.assertOwnState(target.endpoint);
  const terraform = await openTerraform(workspace.stackFolder, projectRoot);

  print(`Deploying to ${target.title} at ${target.endpoint}${target.httpApi ? '' : ', which has no HTTP API'}`);
  await workspace.synthesize(target);
  workspace.noteEndpoint(target.endpoint);
  print(`Synthesized to ${relative(projectRoot, workspace.stackFolder)}`);
  await terraform.init();
  if (workspace.hasState && (await hasForgotten(target.endpoint, await terraform.outputs()))) {
    print('The target has forgotten what was deployed before, as emulators do when they stop: all is made anew.');
    workspace.dropState();
  }
  print('Planning …');
  const { plan } = await planWithAdoption(terraform, target.endpoint, print);
  const wanted = differencesOf(plan);
  const changes = resourcesIn(wanted);
  if (judge(wanted, target.kind, knownDifferences).unknown.length === 0) {
    print('Nothing to change.');
    report(wanted, target, print);
  } else {
    print(`Applying ${changes} changes …`);
    await applyWithAdoption(terraform, target.endpoint, changes, print);
    print('Checking that nothing is left to change …');
    report(differencesOf(await terraform.plan()), target, print);
  }

  const outputs = await terraform.outputs();
  const deployment: Deployment = {
    target: target.name,
    kind: target.kind,
    endpoint: target.endpoint,
    apiUrl: outputs.api_url === undefined ? undefined : callableApiUrl(outputs.api_url, target),
    outputs,
  };
  workspace.writeDeployment(deployment);
  return deployment;
}

/**
 * That Terraform would change nothing but known differences of what is deployed, after it was in use as well: seats that were
 * taken, say, are none. Throws DeployError.
 */
export async function assertNoDrift(targetName: string, print: Print): Promise<void> {
  const target = await inspectTarget(addressOf(targetName));
  const terraform = await openTerraform(openWorkspace(target).stackFolder, projectRoot);
  report(differencesOf(await terraform.plan()), target, print);
}

/** Plans; where the table has items that the plan would make, takes them into the state and plans anew. */
async function planWithAdoption(
  terraform: Terraform,
  endpoint: string,
  print: Print,
): Promise<{ readonly plan: TerraformPlan; readonly adopted: number }> {
  const plan = await terraform.plan();
  const adopted = await adoptItems(plan, {
    async hasItem(tableName, key) {
      const table = openDeployedTable(endpoint, tableName);
      try {
        return await table.hasItem(key as Record<string, AttributeValue>);
      } finally {
        table.close();
      }
    },
    adopt: (address, attributes) => terraform.adopt(address, attributes),
  });
  if (adopted.length === 0) return { plan, adopted: 0 };
  print(`Kept ${adopted.length} flights that the table has already.`);
  return { plan: await terraform.plan(), adopted: adopted.length };
}

/**
 * Applies; where that fails and the table has items that the state lacks, takes them into the state and applies the rest. A put
 * whose answer was lost leaves such an item: the provider sends it again and is refused.
 */
async function applyWithAdoption(terraform: Terraform, endpoint: string, changes: number, print: Print): Promise<void> {
  try {
    await terraform.apply(changes, print);
  } catch (error) {
    // A plan that fails, too, has the same cause and must not take this error's place.
    const rest = await planWithAdoption(terraform, endpoint, print).catch(() => undefined);
    if (rest === undefined || rest.adopted === 0) throw error;
    print('Applying the rest …');
    await terraform.apply(resourcesIn(differencesOf(rest.plan)), print);
  }
}

function resourcesIn(differences: readonly Difference[]): number {
  return new Set(differences.map(({ address }) => address)).size;
}

/** Known differences are told, others fail the deploy. */
function report(left: readonly Difference[], target: DeployTarget, print: Print): void {
  const { known, unknown } = judge(left, target.kind, knownDifferences);
  for (const line of summaryOf(known)) print(`  known difference: ${line}`);
  if (unknown.length === 0) return;
  throw new DeployError(
    `Terraform still wants to make changes beyond the known differences of ${target.title}:\n  ${summaryOf(unknown).join('\n  ')}`,
    'mend the stack; or, where the target does not tell the attribute back, add it with the reason to localstack/deploy/known-differences.ts',
  );
}
