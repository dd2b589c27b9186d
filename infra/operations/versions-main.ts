import { runCommand } from './run-command.ts';
import { defaultMarginMinutes, versionsCommand } from './versions-command.ts';

const usage = `npm run versions -- [list]              which versions of the steps there are, and what needs them
npm run versions -- prune [--apply]    removes those that no saga can name any more

  --apply               without it, \`prune\` only tells what it would remove
  --margin-minutes N    how long ago the last saga of a version has to have ended (default: ${defaultMarginMinutes})
  --help                this text`;

const config = {
  allowPositionals: true,
  options: { apply: { type: 'boolean', default: false }, 'margin-minutes': { type: 'string' } },
} as const;

await runCommand('versions', usage, config, async (parsed) => {
  if (!(await versionsCommand(parsed))) process.exitCode = 1;
});
