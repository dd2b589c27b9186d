import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { productionSettings } from '#test/infra/support/production.ts';
import { type Json, synthesize } from '#test/infra/support/synthesized.ts';
import { terraformIn } from '../terraform.ts';
import { stateAfter } from './prior-state.ts';

/** How many of these there are says nothing, and each makes a plan longer. */
const kept = 3;
const reduced = ['aws_cloudwatch_metric_alarm', 'aws_apigatewayv2_route', 'aws_lambda_permission'];
const unneeded = ['aws_cloudwatch_dashboard', 'aws_cognito_user_pool_domain', 'aws_dynamodb_table_item'];

/** The stack of prod, as Terraform can plan it without AWS. */
export function planableStack(stepFunctionsEndpoint = ''): { readonly config: Json; readonly assets: string } {
  const { text, folder } = synthesize(productionSettings);
  const account = productionSettings.AWS_ACCOUNT_ID;
  const config = JSON.parse(text.replaceAll(/\$\{data\.aws_caller_identity\.[A-Za-z0-9_]+\.account_id\}/g, account));
  delete config.data;
  delete config.output;
  delete config.terraform.backend;
  const { allowed_account_ids: _, ...provider } = config.provider.aws[0];
  // The provider has Step Functions look at each definition that it plans.
  const endpoints = [{ sfn: stepFunctionsEndpoint }];
  const offline = {
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
  };
  config.provider.aws = [
    { ...provider, region: 'eu-west-1', access_key: 'test', secret_key: 'test', ...offline, endpoints },
  ];
  for (const type of unneeded) delete config.resource[type];
  for (const type of reduced) {
    const resources: Record<string, Json> = config.resource[type];
    const isGuarded = ({ authorization_type }: Json): boolean => authorization_type === 'JWT';
    const names = Object.keys(resources).sort(
      (a, b) => Number(isGuarded(resources[b])) - Number(isGuarded(resources[a])),
    );
    for (const name of names.slice(kept)) delete resources[name];
  }
  const resources = Object.values<Json>(config.resource).flatMap((ofType) => Object.values<Json>(ofType));
  for (const resource of resources) {
    // Of what was left out.
    delete resource.depends_on;
    delete resource.route_settings;
  }
  return { config, assets: join(folder, 'assets') };
}

/** The text of that stack after a change. */
export function textAfter(config: Json, change: (config: Json) => void): string {
  const changed = structuredClone(config);
  change(changed);
  return JSON.stringify(changed);
}

/** Terraform over that stack in a folder, with the state that an apply of it would have left. */
export async function plannedStack(folder: string, environment: NodeJS.ProcessEnv) {
  const stepFunctions = await startApprovingServer();
  const { config, assets } = planableStack(stepFunctions.url);
  const terraform = terraformIn(folder, environment);
  symlinkSync(assets, join(folder, 'assets'));
  const plan = async (text: string): Promise<string> => {
    writeFileSync(join(folder, 'cdk.tf.json'), text);
    await terraform('plan', '-refresh=false', '-input=false', '-lock=false', '-out=plan');
    return terraform('show', '-json', 'plan');
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(config));
  await terraform('init', '-input=false');
  const first = await plan(JSON.stringify(config));
  writeFileSync(join(folder, 'terraform.tfstate'), JSON.stringify(stateAfter(JSON.parse(first), config)));
  return {
    first,
    close: stepFunctions.close,
    /** The plan of this change to the stack that was applied. */
    after: (change: (config: Json) => void): Promise<string> => plan(textAfter(config, change)),
  };
}

/** Finds no fault with any definition, as ValidateStateMachineDefinition answers it. */
async function startApprovingServer(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ result: 'OK', diagnostics: [] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
