import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Deployment, openWorkspace } from '../../../localstack/deploy/workspace.ts';

const workspace = openWorkspace({ name: `unit-test-${randomUUID()}` }, 'local');
const writeState = (): void => writeFileSync(join(workspace.stackFolder, 'booking-saga-local.tfstate'), '{}');
afterEach(() => workspace.remove());

describe('workspace of a target', () => {
  it('given a state of another endpoint, when deployed to, then the error says how to get rid of it', () => {
    workspace.noteEndpoint('http://127.0.0.1:4566');
    writeState();

    expect(() => workspace.assertOwnState('http://127.0.0.1:4566')).not.toThrow();
    expect(() => workspace.assertOwnState('http://127.0.0.1:1234')).toThrow(
      /is of http:\/\/127\.0\.0\.1:4566, not of http:\/\/127\.0\.0\.1:1234/,
    );
  });

  it('given no state, when another endpoint is used, then nothing is wrong', () => {
    workspace.noteEndpoint('http://127.0.0.1:4566');
    expect([workspace.hasState, workspace.endpoint]).toEqual([false, 'http://127.0.0.1:4566']);
    expect(() => workspace.assertOwnState('http://127.0.0.1:1234')).not.toThrow();
  });

  it('given a deployment, when the state is dropped, then both are forgotten', () => {
    const deployment: Deployment = {
      target: 'localstack',
      kind: 'localstack',
      endpoint: 'http://127.0.0.1:4566',
      apiUrl: undefined,
      outputs: { table_name: 'bookings' },
    };
    workspace.noteEndpoint(deployment.endpoint);
    writeState();
    workspace.writeDeployment(deployment);
    expect(workspace.readDeployment()).toEqual(deployment);

    workspace.dropState();

    expect([workspace.hasState, workspace.readDeployment()]).toEqual([false, undefined]);
    expect(existsSync(workspace.stackFolder)).toBe(true);
  });
});
