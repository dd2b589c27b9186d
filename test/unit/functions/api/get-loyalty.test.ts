import '#test/support/lambda-environment.ts';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { accountToRead } from '#functions/loyalty/loyalty-policy.ts';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import { GetCommand } from '#functions/shared/aws/document-commands.ts';
import { LoyaltyAnswer } from '#schema/http/loyalty.ts';
import { keys } from '#schema/table.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';

const { handler } = await import('#functions/api/get-loyalty.ts');

outputOfEachTest();
afterEach(() => {
  jest.restoreAllMocks();
});

/** A table with these points by customer. */
function aTable(points: Record<string, number>): void {
  jest.spyOn(DocumentClient.prototype, 'send').mockImplementation(async (command: unknown) => {
    const { Key } = (command as GetCommand).input;
    const [found] = Object.entries(points).filter(([customer]) => keys.loyaltyAccount(customer).pk === Key?.pk);
    return command instanceof GetCommand && found ? { Item: { points: found[1] } } : {};
  });
}

async function ask(sub: string, query?: Record<string, string>, groups?: string) {
  const event = {
    routeKey: 'GET /loyalty',
    rawPath: '/loyalty',
    rawQueryString: new URLSearchParams(query).toString(),
    requestContext: {
      http: { method: 'GET' },
      authorizer: { jwt: { claims: { sub, ...(groups && { 'cognito:groups': groups }) } } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body } = await handler(event, aContext());
  return { statusCode, ...JSON.parse(String(body)) };
}

describe('accountToRead', () => {
  const alice = { sub: 'alice', isAdmin: false };
  const admin = { sub: 'admin', isAdmin: true };
  it.each([
    [alice, undefined, 'alice'],
    [alice, 'alice', 'alice'],
    [alice, 'bob', undefined],
    [admin, undefined, 'admin'],
    [admin, 'bob', 'bob'],
  ])('lets %j who names %s read the account of %s', (caller, customer, account) => {
    expect(accountToRead(caller, customer)).toBe(account);
  });
});

describe('GET /loyalty', () => {
  it('answers the caller’s own points in the form of its schema', async () => {
    aTable({ alice: 50_001, bob: 7 });
    const { statusCode, ...answer } = await ask('alice');
    expect(statusCode).toBe(200);
    expect(answer).toEqual({ customer: 'alice', points: 50_001, level: 'silver', remainingPoints: 49_999 });
    expect(LoyaltyAnswer.parse(answer)).toEqual(answer);
  });

  it('answers an Admin for any customer', async () => {
    aTable({ alice: 50_001 });
    expect(await ask('root', { customer: 'alice' }, '[Admin]')).toMatchObject({ statusCode: 200, points: 50_001 });
  });

  it('refuses anybody else who names another customer, and reads nothing', async () => {
    aTable({ alice: 50_001 });
    expect((await ask('bob', { customer: 'alice' })).statusCode).toBe(403);
    expect(DocumentClient.prototype.send).not.toHaveBeenCalled();
  });

  it('names a parameter that is wrong', async () => {
    expect(await ask('alice', { customer: '' })).toMatchObject({
      statusCode: 400,
      field: 'customer',
      detail: 'Query parameter "customer" must have at least 1 character',
    });
  });
});
