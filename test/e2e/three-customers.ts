import { beforeAll } from '@jest/globals';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
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
