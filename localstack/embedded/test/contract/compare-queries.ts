/** Prints the kinds of differences, with an example each. Ends with 1 where one of them is not among those that `query-differences.ts` explains. */
import { argumentsOf } from '../arguments.ts';
import { compareQueries } from './dynamodb/compared-queries.ts';
import { embeddedSubject } from './dynamodb/subject.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';

/** Answers are one kind, errors one by their words without names and values. */
const kindOf = (answer: string): string =>
  answer.startsWith('{')
    ? 'answers'
    : answer.replace(
        /(: |\[)[\w.:, ]*(ByOwner|ByRank|ByShard|note|parts|pk|sk|holder|slot|phase|grade|:\w)\b.*/,
        '$1…',
      );

const usage = `node test/contract/compare-queries.ts [options]    sends random Query requests to this DynamoDB and to Amazon's DynamoDB Local

  --seed N        the same requests again (default: 1)
  --requests N    how many (default: 2000)
  --help          this text`;

const values = argumentsOf('compare-queries', usage, {
  seed: { type: 'string', default: '1' },
  requests: { type: 'string', default: '2000' },
});
const local = await startDynamoDbLocal();
if ('reason' in local) throw new Error(local.reason);
const ours = await embeddedSubject();
try {
  const { answered, differences } = await compareQueries(ours, local, Number(values.seed), Number(values.requests));
  console.log(`${values.requests} requests, ${answered} of them answered; ${differences.length} differ`);
  const kinds = Map.groupBy(
    differences,
    ({ reason, ours, theirs }) => reason ?? `UNEXPLAINED ${kindOf(ours)} | ${kindOf(theirs)}`,
  );
  for (const [kind, all] of [...kinds].sort(([, one], [, other]) => other.length - one.length)) {
    console.log(
      `\n${all.length}  ${kind}\n    ${JSON.stringify(all[0]?.input)}\n    ours: ${all[0]?.ours}\n    Local: ${all[0]?.theirs}`,
    );
  }
  if (differences.some(({ reason }) => reason === undefined)) process.exitCode = 1;
} finally {
  await ours.close();
  await local.close();
}
