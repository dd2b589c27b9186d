/** `npm run deploy:local` and `npm run destroy:local`. */
import { parseArgs } from 'node:util';
import { deploy } from './deploy.ts';
import { DeployError, fail } from './deploy-error.ts';
import { destroy } from './destroy.ts';
import type { Deployment } from './workspace.ts';

const usage = `npm run deploy:local -- --target localstack|ministack|<endpoint>
npm run destroy:local -- --target localstack|ministack|<endpoint> [--forget]

  --target    localstack and ministack are at AWS_ENDPOINT_URL, or on port AWS_PORT, or on port 4566
  --forget    only drop the state, for a target that is gone
  STAGE       local (default) or dev`;

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { target: { type: 'string' }, forget: { type: 'boolean', default: false }, help: { type: 'boolean' } },
    });
  } catch (error) {
    throw new DeployError((error as Error).message, `use it so:\n\n${usage}`);
  }
}

function summary({ apiUrl, endpoint, target, outputs }: Deployment, seconds: number): string {
  const url = apiUrl ?? 'http://127.0.0.1:4000';
  const gateway = `none here; start the embedded gateway in front: AWS_ENDPOINT_URL=${endpoint} npm run gateway -- --target ${target}`;
  return `
Deployed in ${seconds.toFixed(0)} s.

  API URL         ${apiUrl ?? gateway}
  AWS endpoint    ${endpoint}
  table           ${outputs.table_name}
  state machine   ${outputs.state_machine_arn}
  dead letters    ${outputs.dead_letter_queue_url}

  curl '${url}/?runType=success&tripID=t1'
`;
}

try {
  const { values, positionals } = read(process.argv.slice(2));
  const [command] = positionals;
  const print = (line: string): void => console.log(line);
  if (values.help) console.log(usage);
  else if (command === 'destroy') await destroy(values.target, values.forget, print);
  else {
    const began = performance.now();
    const deployment = await deploy(values.target, print);
    console.log(summary(deployment, (performance.now() - began) / 1000));
  }
} catch (error) {
  fail(error);
}
