import { afterAll, beforeAll } from '@jest/globals';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { graphQlData, graphQlError } from '#test/support/e2e/graphql.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

export let target: Target;

export let alice: Customer;

export let admin: Customer;

beforeAll(async () => {
  target = await openTarget();
  [alice, admin] = await Promise.all([customerOf(target, 'alice'), customerOf(target, 'carol', { admin: true })]);
});

afterAll(() => target.close());

export const ask = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlData(target, customer, query, variables);

export const errorOf = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlError(target, customer, query, variables);
