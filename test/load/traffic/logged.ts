import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Target } from '#test/support/e2e/target.ts';
import type { Reply } from '#test/support/kill-rounds/client.ts';

/** Of the gateway, and of the functions that a load asks for. */
const groups = [
  '/aws/vendedlogs/http-api/booking-saga-local',
  ...['bookings', 'create-charge', 'start-booking'].map((name) => `/aws/lambda/booking-saga-local-${name}`),
];
const mostLetters = 1_500;

/** The answer of a server error with what the target's logs say about it: the answer itself hides its cause. */
export async function loggedError({ awsUrl }: Target, { status, text, requestId }: Reply): Promise<string> {
  const client = new CloudWatchLogsClient({
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const filterPattern = `"${requestId}"`;
    const found = await Promise.all(
      groups.map((logGroupName) => client.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))),
    );
    const lines = found.flatMap(({ events = [] }) => events.map(({ message = '' }) => message.trim()));
    return [`${status} ${text}`, ...lines.filter(tellsMore)].join('\n  ').slice(0, mostLetters);
  } catch (error) {
    return `${status} ${text}; its logs cannot be read: ${error}`;
  } finally {
    client.destroy();
  }
}

/** Those of the gateway, and errors. */
const tellsMore = (line: string): boolean => line.includes('"routeKey"') || /"level":"(WARN|ERROR)"/.test(line);
