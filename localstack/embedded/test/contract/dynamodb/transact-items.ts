import { keyOf, valuesOf } from './context.ts';
import { type Plain, wireItem } from './values.ts';

export const put = (item: Record<string, Plain>, more: Record<string, unknown> = {}) => ({
  Put: { Item: wireItem(item), ...more },
});
export const update = (pk: string, UpdateExpression: string, values?: Record<string, Plain>, more = {}) => ({
  Update: { Key: keyOf(pk), UpdateExpression, ...valuesOf(values), ...more },
});
export const remove = (pk: string, more: Record<string, unknown> = {}) => ({ Delete: { Key: keyOf(pk), ...more } });
export const check = (pk: string, ConditionExpression: string, values?: Record<string, Plain>, more = {}) => ({
  ConditionCheck: { Key: keyOf(pk), ConditionExpression, ...valuesOf(values), ...more },
});
export const NEW = { ConditionExpression: 'attribute_not_exists(pk)' };
export const id = () => crypto.randomUUID();
export const codesOf = (reasons: unknown) => (reasons as { Code: string }[]).map(({ Code }) => Code);
