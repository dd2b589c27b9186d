/**
 * `npm run test:fuzz:graphql -- [--seed N] [--cases N] [--api URL]`: operations generated from the schema, valid and not,
 * deep, with hostile values, by a customer and an Admin, against a local cloud of its own or that of `--api`. None may
 * give a 5xx, an unexpected error, or one that tells of the inside.
 */
import { randomUUID } from 'node:crypto';
import { buildSchema } from 'graphql';
import { loadStack } from '#embedded/index.ts';
import { wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { demoFlights } from '#schema/demo-flights.ts';
import { localIssuerOf } from '../../localstack/issuer.ts';
import { loadTextModules } from '../simulation/world/text-modules.ts';
import { startEmbeddedProcess } from '../support/e2e/embedded-process.ts';
import { complaintOf, kindsOf } from './graphql-answer.ts';
import { OperationWriter, seededRandom } from './graphql-operations.ts';

const usage = `npm run test:fuzz:graphql -- [options]    operations generated from the schema, against a local cloud of its own

  --seed N     the same operations again (default: 1)
  --cases N    how many (default: 2000)
  --api URL    a local cloud that runs already
  --help       this text`;

const config = {
  options: {
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '2000' },
    api: { type: 'string' },
  },
} as const;

const concurrency = 8;
/** Enough to mend by. */
const shownComplaints = 10;

await runCommand('test:fuzz:graphql', usage, config, async ({ values }) => {
  const [seed, caseCount] = [wholeNumberOf('seed', values.seed), wholeNumberOf('cases', values.cases, 1)];
  const cloud = values.api === undefined ? await startEmbeddedProcess(['--retry-scale', '0.01']) : undefined;
  try {
    const apiUrl = values.api ?? cloud?.apiUrl ?? '';
    const isFine = await fuzz({ apiUrl, seed, caseCount });
    if (!isFine) process.exitCode = 1;
  } finally {
    await cloud?.stop();
  }
});

type Post = (token: string, body: string) => Promise<{ readonly status: number; readonly text: string }>;

function postTo(apiUrl: string): Post {
  return async (token, body) => {
    const response = await fetch(`${apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
}

/** Fresh bookings for the operations to meet; they need not succeed. */
async function someBookings(post: Post, token: string): Promise<string[]> {
  const query = 'mutation ($input: CreateBookingInput!) { processBooking(input: $input) { id } }';
  return Promise.all(
    demoFlights.map(async ({ id: bookingOutboundFlightId }) => {
      const id = randomUUID();
      await post(
        token,
        JSON.stringify({ query, variables: { input: { id, paymentToken: id, bookingOutboundFlightId } } }),
      );
      return id;
    }),
  );
}

interface Fuzz {
  readonly apiUrl: string;
  readonly seed: number;
  readonly caseCount: number;
}

async function fuzz({ apiUrl, seed, caseCount }: Fuzz): Promise<boolean> {
  const post = postTo(apiUrl);
  const issuer = await localIssuerOf(loadStack('cdktf.out/stacks/booking-saga-local/cdk.tf.json'));
  if (issuer === undefined) throw new Error('The stack has no JWT authorizer');
  const [customer, admin] = [
    await issuer.sign({ sub: 'fuzz' }),
    await issuer.sign({ sub: 'fuzz-admin', groups: ['Admin'] }),
  ];
  const bookings = await someBookings(post, customer);
  loadTextModules();
  const schema = buildSchema((await import('#schema/graphql/sdl.ts')).sdl);
  const texts = [
    ...bookings,
    ...demoFlights.map(({ id }) => id),
    'fuzz',
    'LGW',
    'DUB',
    'MAD',
    '2021-07-10',
    'CONFIRMED',
    'CANCEL',
    'EUR',
  ];
  const random = seededRandom(seed);
  const writer = new OperationWriter(schema, random, texts);
  const requests = Array.from({ length: caseCount }, () => {
    const token = random(3) === 0 ? admin : customer;
    return { token, body: JSON.stringify(writer.write()) };
  });

  const statuses = new Map<number, number>();
  const kinds = new Map<string, number>();
  const complaints: string[] = [];
  const queue = requests.values();
  const work = async (): Promise<void> => {
    for (const { token, body } of queue) {
      const { status, text } = await post(token, body);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const complaint = complaintOf(status, text);
      if (complaint === undefined) for (const kind of kindsOf(text)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      else complaints.push(`${complaint}\n  request: ${body}\n  answer: ${text.slice(0, 1000)}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  for (const complaint of complaints.slice(0, shownComplaints)) console.error(complaint);
  const counts = [...statuses].sort().map(([status, count]) => `${count} times ${status}`);
  console.log(
    `\nGraphQL: ${caseCount} operations, seed ${seed}, ${counts.join(', ')}, ${complaints.length} failures; answers with`,
  );
  for (const [kind, count] of [...kinds].sort(([, one], [, other]) => other - one)) console.log(`  ${kind}: ${count}`);
  return complaints.length === 0;
}
