import type { Json } from '#test/infra/support/synthesized.ts';

/** The first resource of a type with such an attribute. */
export function pick(resources: Json, type: string, wanted: (values: Json) => boolean = () => true): Json {
  const found = Object.values<Json>(resources[type] ?? {}).find(wanted);
  if (found === undefined) throw new Error(`No ${type}`);
  return found;
}

/** Whether the text is anywhere in the resource. */
export const named = (part: string) => (values: Json) => JSON.stringify(values).includes(part);
