/** `npm run -s token -- --sub alice [--group Admin]`: prints a token that local clouds take, and nothing else. */
import { loadStack } from '#embedded/index.ts';
import { localIssuerOf } from '../issuer.ts';
import { readOptions, UsageError, usage } from './options.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const stack = loadStack(`cdktf.out/stacks/booking-saga-${process.env.STAGE || 'local'}/cdk.tf.json`);
  const issuer = await localIssuerOf(stack);
  if (issuer === undefined) throw new Error('the stack has no JWT authorizer, so no route asks for a token');
  console.log(await issuer.sign(options));
} catch (error) {
  if (error instanceof UsageError && error.message === '') console.log(usage);
  else {
    console.error(`token: ${error instanceof Error ? error.message : error}`);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
