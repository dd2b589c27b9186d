/** `npm run -s token -- --sub alice [--group Admin]`: prints a token that local clouds take, and nothing else. */
import { loadStack } from '#embedded/index.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { localIssuerOf } from '../issuer.ts';
import { config, optionsOf, usage } from './options.ts';

await runCommand('token', usage, config, async ({ values }) => {
  const options = optionsOf(values);
  const stack = loadStack(`cdktf.out/stacks/booking-saga-${process.env.STAGE || 'local'}/cdk.tf.json`, {
    synthesizeCommand: 'npm run synth',
  });
  const issuer = await localIssuerOf(stack);
  if (issuer === undefined) throw new Error('the stack has no JWT authorizer, so no route asks for a token');
  console.log(await issuer.sign(options));
});
