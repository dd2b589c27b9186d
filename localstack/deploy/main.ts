/** `npm run deploy:local` and `npm run destroy:local`. */
import { runCommand } from '#infra/operations/run-command.ts';
import { deploy } from './deploy.ts';
import { destroy } from './destroy.ts';
import type { Deployment } from './workspace.ts';

const usage = `npm run deploy:local -- --target localstack|ministack|<endpoint>

  --target    localstack and ministack are at AWS_ENDPOINT_URL, or on port AWS_PORT, or on port 4566
  --help      this text
  STAGE       local (default) or dev`;

const destroyUsage = `npm run destroy:local -- --target localstack|ministack|<endpoint> [--forget]

  --target    as with deploy:local
  --forget    only drop the state, for a target that is gone
  --help      this text
  STAGE       local (default) or dev`;

const target = { type: 'string' } as const;

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

const print = (line: string): void => console.log(line);
/** The scripts of package.json say which of the two it is. */
const [command, ...args] = process.argv.slice(2);

if (command === 'destroy') {
  const options = { target, forget: { type: 'boolean', default: false } } as const;
  await runCommand('destroy:local', destroyUsage, { args, options }, ({ values }) =>
    destroy(values.target, values.forget, print),
  );
} else {
  await runCommand('deploy:local', usage, { args, options: { target } }, async ({ values }) => {
    const began = performance.now();
    const deployment = await deploy(values.target, print);
    console.log(summary(deployment, (performance.now() - began) / 1000));
  });
}
