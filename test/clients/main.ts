/** `npm run test:clients`: generates clients from the served OpenAPI document, and books and cancels with each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { type RunningProcess, startEmbeddedProcess } from '../support/e2e/embedded-process.ts';
import { type Client, type ClientName, clients, type Service } from './clients.ts';
import { workFolder } from './tools.ts';

const names = Object.keys(clients) as ClientName[];

const usage = `npm run test:clients -- [CLIENT…]    books and cancels with generated clients, or with those that are named

${names.map((name) => `  ${name.padEnd(18)} ${clients[name].about}`).join('\n')}

  --help             this text`;

await runCommand('test:clients', usage, { allowPositionals: true, options: {} }, async ({ positionals }) => {
  const unknown = positionals.filter((name) => !names.includes(name as ClientName));
  if (unknown.length > 0) throw new UsageError(`there is no client ${unknown.join(', ')}`);
  const cloud = await startEmbeddedProcess(['--retry-scale', '0.01']);
  try {
    const service = await serviceOf(cloud);
    const wanted = names.filter((name) => positionals.length === 0 || positionals.includes(name));
    for (const name of wanted) await tell(name, clients[name], service);
  } finally {
    await cloud.stop();
  }
});

async function serviceOf({ apiUrl, awsUrl }: RunningProcess): Promise<Service> {
  const { token } = (await (await fetch(`${awsUrl}/_local/token?sub=clients`)).json()) as { token: string };
  mkdirSync(workFolder, { recursive: true });
  const document = join(workFolder, 'openapi.json');
  writeFileSync(document, await (await fetch(`${apiUrl}/openapi.json`)).text());
  return { apiUrl, awsUrl, token, document };
}

/** The others run all the same. */
async function tell(name: string, client: Client, service: Service): Promise<void> {
  try {
    await client.use(service);
    console.log(`${name} books and cancels: ${client.about}`);
  } catch (error) {
    console.error(`${name} FAILED: ${client.about}\n${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
