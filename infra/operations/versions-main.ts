import { physicalName, stageAndRegion } from '../config.ts';
import { sagaFunctions } from '../saga-functions.ts';
import { awsVersions } from './aws-versions.ts';
import { numberOf, refuseUnread } from './option-values.ts';
import { runCommand, UsageError } from './run-command.ts';
import { stageClients } from './stage-clients.ts';
import { stateMachineArnOf } from './state-machine-arn.ts';
import { inspect, prune, report } from './versions.ts';

const defaultMarginMinutes = 60;

const usage = `npm run versions -- [list]              which versions of the steps there are, and what needs them
npm run versions -- prune [--apply]    removes those that no saga can name any more

  --apply               without it, \`prune\` only tells what it would remove
  --margin-minutes N    how long ago the last saga of a version has to have ended (default: ${defaultMarginMinutes})
  --help                this text`;

const config = {
  allowPositionals: true,
  options: { apply: { type: 'boolean', default: false }, 'margin-minutes': { type: 'string' } },
} as const;

await runCommand('versions', usage, config, async ({ values, positionals }) => {
  const [command = 'list', ...more] = positionals;
  if (!['list', 'prune'].includes(command) || more.length > 0)
    throw new UsageError(`"${positionals.join(' ')}" is no command`);
  if (command === 'list') refuseUnread(values, 'list', ['margin-minutes']);
  const marginMinutes = numberOf('margin-minutes', values['margin-minutes'] ?? `${defaultMarginMinutes}`);

  const stage = stageAndRegion();
  const clients = stageClients(stage);
  const versions = awsVersions(clients, await stateMachineArnOf(clients, stage));
  const judged = await inspect(versions, {
    functionNames: sagaFunctions.filter(({ role }) => role === 'step').map((each) => physicalName(stage, each.name)),
    marginSeconds: marginMinutes * 60,
  });
  for (const line of report(judged)) console.log(line);

  const ready = judged.filter(({ keep }) => keep === undefined).length;
  if (command === 'list') return;
  if (!values.apply) {
    console.log(`${ready} versions may go; nothing was removed without --apply`);
    return;
  }
  const { removed, left } = await prune(versions, judged);
  console.log(`${removed} versions removed`);
  for (const reason of left) console.error(reason);
  if (left.length > 0) process.exitCode = 1;
});
