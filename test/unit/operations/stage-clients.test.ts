import { describe, expect, it } from '@jest/globals';
import { stateMachineParameter } from '#infra/config.ts';
import { stageClients } from '#infra/operations/stage-clients.ts';
import { stateMachineArnOf } from '#infra/operations/state-machine-arn.ts';
import { clientsWith } from './dlq/clients-setup.ts';

/** Where the clients of a stage send to, and as whom. */
async function targetOf(stage: 'local' | 'dev', environment: NodeJS.ProcessEnv) {
  const { sqs, ...others } = stageClients({ stage, region: 'eu-west-1' }, environment);
  const endpointOf = async ({ config }: { config: typeof sqs.config }) => {
    const endpoint = await config.endpoint?.();
    return endpoint && `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}`;
  };
  const all = await Promise.all([sqs, ...Object.values(others)].map((client) => endpointOf(client as typeof sqs)));
  expect(new Set(all).size).toBe(1);
  return { region: await sqs.config.region(), endpoint: all[0], sqs };
}

describe('the clients of a stage', () => {
  it.each([
    ['nothing else', {}, 'http://127.0.0.1:4566'],
    ['AWS_PORT', { AWS_PORT: '5000' }, 'http://127.0.0.1:5000'],
    ['AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: 'http://cloud.example:81', AWS_PORT: '5000' }, 'http://cloud.example:81'],
  ])('given stage local and %s, then all ask the local cloud', async (_, environment, endpoint) => {
    const { sqs, ...target } = await targetOf('local', environment);

    expect(target).toEqual({ region: 'eu-west-1', endpoint });
    expect(await sqs.config.credentials()).toMatchObject({ accessKeyId: 'test' });
  });

  it('given another stage, then all ask AWS itself, whatever the port of the local cloud is', async () => {
    const { region, endpoint } = await targetOf('dev', { AWS_PORT: '5000' });

    expect([region, endpoint]).toEqual(['eu-west-1', undefined]);
  });
});

describe('the ARN of the state machine', () => {
  it('is the one that the stack has published', async () => {
    const { clients, sent } = clientsWith(() => ({ Parameter: { Value: 'arn:of-the-machine' } }));

    expect(await stateMachineArnOf(clients, { stage: 'dev' })).toBe('arn:of-the-machine');
    expect(sent).toEqual([
      { operation: 'GetParameterCommand', input: { Name: stateMachineParameter({ stage: 'dev' }) } },
    ]);
  });

  it.each([{}, { Parameter: {} }])('given the answer %j, then the parameter is named', async (answer) => {
    await expect(stateMachineArnOf(clientsWith(() => answer).clients, { stage: 'dev' })).rejects.toThrow(
      /^the parameter \S+ has no value$/,
    );
  });
});
