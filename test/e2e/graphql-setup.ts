import { beforeAll } from '@jest/globals';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { graphQlData, graphQlError } from '#test/support/e2e/graphql.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

export const target = openSuite(openTarget);

export let alice: Customer;

export let bob: Customer;

export let admin: Customer;

beforeAll(async () => {
  [alice, bob, admin] = await Promise.all([
    customerOf(target, 'alice'),
    customerOf(target, 'bob'),
    customerOf(target, 'carol', { admin: true }),
  ]);
});

export const ask = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlData(target, customer, query, variables);

export const errorOf = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlError(target, customer, query, variables);
