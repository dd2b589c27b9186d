import { relative } from 'node:path';
import { addressOf, inspectTarget } from '../targets.ts';
import type { Print } from './deploy.ts';
import { DeployError } from './deploy-error.ts';
import { hasForgotten } from './deployed-table.ts';
import { removeResources } from './remove-resources.ts';
import { openTerraform } from './terraform.ts';
import { openWorkspace, projectRoot } from './workspace.ts';

/**
 * Removes all that a deploy made, and its folder. With `forget` only the folder, for a target that is gone. Throws
 * DeployError.
 */
export async function destroy(targetName: string | undefined, forget: boolean, print: Print): Promise<void> {
  const address = addressOf(targetName);
  const workspace = openWorkspace(address);
  const folder = relative(projectRoot, workspace.stackFolder);
  if (!workspace.hasState) {
    print(`Nothing was deployed to ${address.name}: ${folder} has no state.`);
    workspace.remove();
    return;
  }
  if (!forget) {
    workspace.assertOwnState(address.endpoint);
    const target = await inspectTarget(address).catch((error: unknown) => {
      if (!(error instanceof DeployError)) throw error;
      throw new DeployError(error.message, `${error.advice}. If the target is gone for good, add --forget`);
    });
    const terraform = await openTerraform(workspace.stackFolder, projectRoot);
    await terraform.init();
    if (await hasForgotten(target.endpoint, await terraform.outputs())) {
      print('The target has forgotten what was deployed, as emulators do when they stop.');
      workspace.remove();
      return;
    }
    await removeResources(terraform, `${target.title} at ${target.endpoint}`, print);
  }
  workspace.remove();
  print(`Removed ${folder}.`);
}
