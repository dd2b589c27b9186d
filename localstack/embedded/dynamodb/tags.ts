import listValidation from 'dynalite/validations/listTagsOfResource.js';
import tagValidation from 'dynalite/validations/tagResource.js';
import untagValidation from 'dynalite/validations/untagResource.js';
import { validated } from './actions.ts';
import { validationError } from './errors.ts';
import { type Store, within } from './store.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Promise<Record<string, unknown>>;

/** The library looks for an account where there is none, given what is no ARN. */
function checked(validation: Parameters<typeof validated>[0], input: Input, store: Store) {
  const { ResourceArn: arn } = input;
  if (typeof arn === 'string' && !/^arn:aws:dynamodb:[^:]+:\d+:table\/[^/]{3,}$/.test(arn)) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  return validated(validation, input, store);
}

const prefixOf = (arn: unknown, store: Store): string =>
  `tag-${store.table(String(arn).split('/').at(-1) ?? '').TableName}~`;

export async function tag(input: Input, store: Store): Output {
  const request = checked(tagValidation, input, store);
  const prefix = prefixOf(request.ResourceArn, store);
  const tags = request.Tags as { Key: string; Value: string }[];
  await store.commit(tags.map(({ Key, Value }) => ({ type: 'put', key: prefix + Key, value: Value })));
  return {};
}

export async function untag(input: Input, store: Store): Output {
  const request = checked(untagValidation, input, store);
  const prefix = prefixOf(request.ResourceArn, store);
  await store.commit((request.TagKeys as string[]).map((key) => ({ type: 'del', key: prefix + key })));
  return {};
}

export async function listTags(input: Input, store: Store): Output {
  const prefix = prefixOf(checked(listValidation, input, store).ResourceArn, store);
  const Tags: { Key: string; Value: unknown }[] = [];
  for await (const [key, Value] of store.level.iterator(within(prefix)))
    Tags.push({ Key: key.slice(prefix.length), Value });
  return { Tags };
}
