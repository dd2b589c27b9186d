import type { Iam } from './iam/index.ts';
import type { StackResource } from './types.ts';

/** AWS's own host of a queue URL, which nothing answers to here, while the SDK follows the URL. */
const queueHost = /^https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com(?=\/)/;

/** What the local cloud adds to a function's own variables: its role's credentials, and where AWS is. */
export function environmentOf(
  fn: StackResource,
  { iam, awsUrl }: { iam: Pick<Iam, 'credentialsFor'>; awsUrl: string },
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = iam.credentialsFor(String(fn.attributes.role));
  const own = Object.entries<string>(fn.attributes.environment?.variables ?? {});
  return {
    ...Object.fromEntries(
      own.filter(([, value]) => queueHost.test(value)).map(([name, url]) => [name, url.replace(queueHost, awsUrl)]),
    ),
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}
