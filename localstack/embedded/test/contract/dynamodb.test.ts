import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concurrencyContract } from './dynamodb/concurrency.ts';
import { conditionCases, conditionItem, refusedConditions } from './dynamodb/conditions.ts';
import { Context, keyOf, outcome, valuesOf } from './dynamodb/context.ts';
import { differential } from './dynamodb/differential.ts';
import { queryContract } from './dynamodb/queries.ts';
import { sparseIndexContract } from './dynamodb/sparse-indexes.ts';
import { createContractTable, embeddedSubject, type Subject } from './dynamodb/subject.ts';
import { transactionLimits } from './dynamodb/transaction-limits.ts';
import { transactionContract } from './dynamodb/transactions.ts';
import { updateCases } from './dynamodb/updates.ts';
import { settled, wireItem } from './dynamodb/values.ts';
import { writeContract } from './dynamodb/writes.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';

const local = await startDynamoDbLocal();

describe('the embedded DynamoDB', () => contract(embeddedSubject));

if ('reason' in local) {
  describe.skip(`Amazon's DynamoDB Local (not run: ${local.reason})`, () => compared(embeddedSubject));
} else {
  afterAll(local.close);
  // Its start takes longer than most that is asked of it.
  const shared = { ...local, close: async () => undefined };
  describe(local.name, () => compared(async () => shared));
}

function compared(start: () => Promise<Subject>): void {
  contract(start);
  describe('random requests', () => differential(start));
}

/** Every case holds for Amazon's DynamoDB Local and for ours. */
function contract(start: () => Promise<Subject>): void {
  let current: Context;
  const context = () => current;
  beforeAll(async () => {
    current = new Context(await start(), `contract-${crypto.randomUUID()}`);
    await createContractTable(current.subject, current.table);
  });
  afterAll(async () => current.subject.close());

  describe('a condition', () => {
    it.each(conditionCases)('$condition $values → $holds', async ({ condition, values, holds }) => {
      const pk = crypto.randomUUID();
      await current.put({ pk, sk: 'A', ...conditionItem });

      const deleted = current.call('DeleteItem', {
        Key: keyOf(pk),
        ConditionExpression: condition,
        ...valuesOf(values),
      });

      await expect(outcome(deleted)).resolves.toBe(holds ? 'done' : 'ConditionalCheckFailedException');
    });

    it.each(refusedConditions)('$condition is refused', async ({ condition, values }) => {
      const deleted = current.call('DeleteItem', {
        Key: keyOf(crypto.randomUUID()),
        ConditionExpression: condition,
        ...valuesOf(values),
      });

      await expect(outcome(deleted)).resolves.toBe('ValidationException');
    });
  });

  describe('an update', () => {
    it.each(updateCases)('$update on $before → $after', async ({ update, before, values, after }) => {
      const pk = crypto.randomUUID();
      if (before !== undefined) await current.put({ pk, sk: 'A', ...before });

      const updated = current.call('UpdateItem', {
        Key: keyOf(pk),
        UpdateExpression: update,
        ReturnValues: 'ALL_NEW',
        ...valuesOf(values),
      });

      if (after === undefined) {
        await expect(outcome(updated)).resolves.toBe('ValidationException');
      } else {
        const expected = settled(wireItem({ pk, sk: 'A', ...after }));
        expect(settled((await updated).Attributes)).toEqual(expected);
        expect(settled(await current.get(pk))).toEqual(expected);
      }
    });
  });

  describe('a query', () => queryContract(context));
  describe('a query of a sparse index', () => sparseIndexContract(context));
  describe('a transaction', () => transactionContract(context));
  describe('the limits and tokens of transactions', () => transactionLimits(context));
  describe('a write', () => writeContract(context));
  describe('many at once', () => concurrencyContract(context));
}
