import {
  CognitoIdentityProviderClient,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect } from '@jest/globals';
import { smoke } from '#infra/operations/smoke.ts';
import { asSmokeCustomer } from '#infra/operations/smoke-customer.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

/** The steps of a whole run, the last of which is a cancelled booking. */
const wholeRun = 8;

describe('the smoke test', () => {
  itNeeds('all')('given a deployed stage and a customer, then a holiday is booked and cancelled', async () => {
    const { token } = await customerOf(target, 'smoke');
    const steps: string[] = [];
    await smoke({ apiUrl: target.apiUrl, token, print: (line) => void steps.push(line) });

    expect(steps).toHaveLength(wholeRun);
  });

  itNeeds('Cognito API')('given a user pool, then its customer is made for the run and gone afterwards', async () => {
    const options = {
      endpoint: target.awsUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    const cognito = new CognitoIdentityProviderClient(options);
    const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    const userPoolId = UserPools.find(({ Name }) => Name === 'booking-saga-local')?.Id ?? '';
    const { UserPoolClients = [] } = await cognito.send(
      new ListUserPoolClientsCommand({ UserPoolId: userPoolId, MaxResults: 60 }),
    );
    const clientId = UserPoolClients.find(({ ClientName }) => ClientName?.startsWith('booking-saga'))?.ClientId ?? '';
    const steps: string[] = [];
    await asSmokeCustomer(
      { userPoolId, clientId },
      (token) => smoke({ apiUrl: target.apiUrl, token, print: (line) => void steps.push(line) }),
      cognito,
    );

    expect(steps).toHaveLength(wholeRun);
  });
});
