import listValidation from 'dynalite/validations/listTagsOfResource.js';
import tagValidation from 'dynalite/validations/tagResource.js';
import untagValidation from 'dynalite/validations/untagResource.js';
import { validated } from './actions.ts';
import { type Store, within } from './store.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Promise<Record<string, unknown>>;

const prefixOf = (arn: unknown, store: Store): string =>
  `tag-${store.table(String(arn).split('/').at(-1) ?? '').TableName}~`;

export async function tag(input: Input, store: Store): Output {
  const request = validated(tagValidation, input, store);
  const prefix = prefixOf(request.ResourceArn, store);
  const tags = request.Tags as { Key: string; Value: string }[];
  await store.commit(tags.map(({ Key, Value }) => ({ type: 'put', key: prefix + Key, value: Value })));
  return {};
}

export async function untag(input: Input, store: Store): Output {
  const request = validated(untagValidation, input, store);
  const prefix = prefixOf(request.ResourceArn, store);
  await store.commit((request.TagKeys as string[]).map((key) => ({ type: 'del', key: prefix + key })));
  return {};
}

export async function listTags(input: Input, store: Store): Output {
  const prefix = prefixOf(validated(listValidation, input, store).ResourceArn, store);
  const Tags: { Key: string; Value: unknown }[] = [];
  for await (const [key, Value] of store.level.iterator(within(prefix)))
    Tags.push({ Key: key.slice(prefix.length), Value });
  return { Tags };
}
