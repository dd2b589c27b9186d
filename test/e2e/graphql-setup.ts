import type { Customer } from '#test/support/e2e/customers.ts';
import { graphQlData, graphQlError } from '#test/support/e2e/graphql.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { target } from './three-customers.ts';

export const ask = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlData(target, customer, query, variables);

export const errorOf = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlError(target, customer, query, variables);
