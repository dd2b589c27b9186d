import { runCommand } from './run-command.ts';
import { smokeCommand } from './smoke-command.ts';

const usage = `npm run smoke -- [options]    asks a deployed stage for what it has to be able to do

  --outputs FILE   what \`terraform output -json\` prints: with its user pool a customer is signed up, and taken away again
  --api-url URL    the API's address, instead of the one in FILE
  --token TOKEN    books for the customer of this token
  --read-only      books nothing
  --help           this text`;

const config = {
  options: {
    outputs: { type: 'string' },
    'api-url': { type: 'string' },
    token: { type: 'string' },
    'read-only': { type: 'boolean', default: false },
  },
} as const;

await runCommand('smoke', usage, config, ({ values }) => smokeCommand(values));
