import { isObject, isSame, type Json, type JsonObject, parsedObject } from '../json.ts';
import { type Change, type Reading, UnreadableError } from './change.ts';
import { identityOf } from './identities.ts';
import { settingsOf } from './read-settings.ts';

/** What Terraform itself reads of a resource, and no provider sees. */
const ofTerraform = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection']);

/**
 * Reads the difference of two synthesized files, without Terraform: references stay as they are written, and whether a
 * resource is replaced is told by the attributes that make its identity.
 * @param before text of the file before; undefined where there was none
 * @throws UnreadableError where a text is no synthesized file
 */
export function readStacks(before: string | undefined, after: string): Reading {
  const oldFile = before === undefined ? undefined : fileOf(before, 'the file before');
  const freshFile = fileOf(after, 'the file after');
  const old = oldFile === undefined ? new Map<string, Configured>() : resourcesOf(oldFile);
  return {
    changes: changesOf(old, resourcesOf(freshFile)),
    settings: oldFile === undefined ? [] : changesOf(settingsOf(oldFile), settingsOf(freshFile)),
    drift: [],
    isFirst: old.size === 0,
    // Both sides have the same form already: references as they are written.
    templateOf: () => undefined,
    valueOf: () => undefined,
  };
}

interface Configured {
  readonly type: string;
  readonly values: JsonObject;
}

function fileOf(text: string, which: string): JsonObject {
  const file = parsedObject(text);
  if (file !== undefined && isObject(file.resource)) return file;
  throw new UnreadableError(`${which} is no synthesized file: it has no "resource"`);
}

function resourcesOf({ resource }: JsonObject): Map<string, Configured> {
  const resources = new Map<string, Configured>();
  for (const [type, named] of Object.entries(resource as JsonObject)) {
    for (const [name, values] of Object.entries(isObject(named) ? named : {})) {
      if (!isObject(values)) continue;
      const seen = Object.fromEntries(Object.entries(values).filter(([attribute]) => !ofTerraform.has(attribute)));
      resources.set(`${type}.${name}`, { type, values: seen });
    }
  }
  return resources;
}

function changesOf(old: ReadonlyMap<string, Configured>, fresh: ReadonlyMap<string, Configured>): Change[] {
  const addresses = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return addresses.map((address) => changeOf(address, old.get(address), fresh.get(address)));
}

function changeOf(address: string, before: Configured | undefined, after: Configured | undefined): Change {
  const { type } = (after ?? before) as Configured;
  const replacedFor = before && after ? changedIdentity(type, before.values, after.values) : [];
  return {
    address,
    type,
    action: actionOf(before?.values, after?.values, replacedFor),
    before: before?.values,
    after: after?.values,
    unknown: {},
    replacedFor,
  };
}

function actionOf(before: Json | undefined, after: Json | undefined, replacedFor: readonly string[]): Change['action'] {
  if (before === undefined) return 'create';
  if (after === undefined) return 'delete';
  if (replacedFor.length > 0) return 'replace';
  return isSame(before, after) ? 'no-op' : 'update';
}

const changedIdentity = (type: string, before: JsonObject, after: JsonObject): string[] =>
  identityOf(type).filter((attribute) => !isSame(before[attribute], after[attribute]));
