import type { Json } from '../json.ts';
import { AwsError } from '../types.ts';

/** SQS names its errors without the ending that SNS gives them. */
interface BatchKind {
  readonly errorEnding: '' | 'Exception';
  readonly entryName: string;
}

const mostEntries = 10;

/** The entries of a batch of SQS or SNS. @throws AwsError for none, too many, and ids that are malformed or not distinct */
export function batchEntries(given: unknown, { errorEnding, entryName }: BatchKind): Json[] {
  const entries = (Array.isArray(given) ? given : []) as Json[];
  const refuse = (code: string, message: string): never => {
    throw new AwsError(`${code}${errorEnding}`, message);
  };
  if (entries.length === 0) refuse('EmptyBatchRequest', `There should be at least one ${entryName} in the request.`);
  if (entries.length > mostEntries) {
    refuse(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const entry of entries) {
    const id = String(entry.Id);
    if (!/^[\w-]{1,80}$/.test(id)) {
      refuse(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (ids.has(id)) refuse('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return entries;
}

/** Runs each entry alone: one that AWS would refuse is told as failed. Other errors pass. */
export function eachEntry<Result>(entries: readonly Json[], run: (entry: Json) => Result) {
  const done: { readonly entry: Json; readonly result: Result }[] = [];
  const Failed: Json[] = [];
  for (const entry of entries) {
    try {
      done.push({ entry, result: run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { done, Failed };
}
