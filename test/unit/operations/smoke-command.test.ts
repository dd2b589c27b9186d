import { describe, expect, it } from '@jest/globals';
import { UsageError } from '#infra/operations/run-command.ts';
import { type SmokeValues, smokeCommand } from '#infra/operations/smoke-command.ts';
import { jsonFiles } from '#test/support/json-files.ts';

const outputsFile = jsonFiles();

const api_url = { value: 'https://stage.example' };
const withPool = { api_url, user_pool_id: { value: 'pool' }, user_pool_client_id: { value: 'client' } };

/** What is asked of which stage, for whom. */
async function smoked(values: SmokeValues) {
  const tried: object[] = [];
  const customers: object[] = [];
  const printed: string[] = [];
  await smokeCommand(values, {
    print: (line) => void printed.push(line),
    smoke: async ({ apiUrl, token, print }) => {
      tried.push({ apiUrl, token });
      print?.('ok');
    },
    asCustomer: async (pool, work) => {
      customers.push(pool);
      await work('token of the customer');
    },
  });
  expect(printed).toEqual(['ok']);
  return { tried, customers };
}

describe('the smoke test on the command line', () => {
  it('given a user pool, then a customer of it books', async () => {
    expect(await smoked({ outputs: outputsFile('pool', withPool) })).toEqual({
      tried: [{ apiUrl: 'https://stage.example', token: 'token of the customer' }],
      customers: [{ userPoolId: 'pool', clientId: 'client' }],
    });
  });

  it('given a token, then its customer books, at the address that --api-url names', async () => {
    const outputs = outputsFile('pool-and-token', withPool);

    expect(await smoked({ outputs, token: 'mine', 'api-url': 'http://other.example' })).toEqual({
      tried: [{ apiUrl: 'http://other.example', token: 'mine' }],
      customers: [],
    });
  });

  it('given --read-only, then nothing is booked, although there is a user pool', async () => {
    expect(await smoked({ outputs: outputsFile('read-only', withPool), 'read-only': true })).toEqual({
      tried: [{ apiUrl: 'https://stage.example', token: undefined }],
      customers: [],
    });
  });

  it.each<[string, SmokeValues, string]>([
    ['nothing', {}, 'name the stage: --api-url URL, or --outputs FILE'],
    ['outputs without an address', { outputs: outputsFile('none', {}) }, 'name the stage: --api-url URL'],
    [
      'an address without a scheme',
      { 'api-url': 'stage.example' },
      'must be a URL such as https://example.org, not "st',
    ],
    [
      'an address without a host',
      { 'api-url': 'https://' },
      'must be a URL such as https://example.org, not "https://"',
    ],
    ['a token to read', { 'read-only': true, token: 't' }, '--token has no effect with --read-only'],
    ['no customer', { 'api-url': 'https://stage.example' }, 'whose booking shall it be? Give --token, or --outputs'],
    [
      'half a user pool',
      { outputs: outputsFile('half', { api_url, user_pool_id: { value: 'pool' } }) },
      'whose booking shall it be?',
    ],
  ])('given %s, then it is refused as a wrong use', async (_, values, message) => {
    const refused = smoked(values);

    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  it.each([
    ['a list', []],
    ['nothing', null],
    ['a text', 'https://stage.example'],
  ])('given %s in place of outputs, then the file is named', async (_, outputs) => {
    await expect(smoked({ outputs: outputsFile('wrong', outputs) })).rejects.toThrow(
      /wrong\.json is not what `terraform output -json` prints: an object of outputs$/,
    );
  });
});
